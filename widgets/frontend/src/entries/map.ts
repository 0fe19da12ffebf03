import { mount } from "../panels/map.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("map", mount);

import { mount } from "../panels/collect.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("collect", mount);

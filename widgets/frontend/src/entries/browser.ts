import { mount } from "../panels/browse.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("browser", mount);

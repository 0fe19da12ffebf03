import { mount } from "../panels/quality.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("quality", mount);

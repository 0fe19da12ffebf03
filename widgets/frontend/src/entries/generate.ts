import { mount } from "../panels/generate.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("generate", mount);

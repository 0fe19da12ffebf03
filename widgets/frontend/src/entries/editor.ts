import { mount } from "../panels/editor.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("editor", mount);

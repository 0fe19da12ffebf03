import { mount } from "../panels/tags.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("tags", mount);

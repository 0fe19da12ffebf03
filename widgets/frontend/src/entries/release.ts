import { mount } from "../panels/release.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("release", mount);

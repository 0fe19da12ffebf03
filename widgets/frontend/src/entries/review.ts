import { mount } from "../panels/review.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf("review", mount);

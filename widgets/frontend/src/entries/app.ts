import { mount as browse } from "../panels/browse.ts";
import { mount as collect } from "../panels/collect.ts";
import { mount as generate } from "../panels/generate.ts";
import { mount as quality } from "../panels/quality.ts";
import { mount as release } from "../panels/release.ts";
import { shellOf } from "../shell.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf(
  "app",
  shellOf(
    [
      { tab: "collect", label: "Collect", mount: collect },
      { tab: "browse", label: "Browse", mount: browse },
      { tab: "generate", label: "Generate", mount: generate },
      { tab: "quality", label: "Quality", mount: quality },
      { tab: "release", label: "Release", mount: release },
    ],
    "browse",
  ),
);

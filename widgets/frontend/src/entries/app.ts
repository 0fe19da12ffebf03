import { mount as browse } from "../panels/browse.ts";
import { mount as collect } from "../panels/collect.ts";
import { mount as generate } from "../panels/generate.ts";
import { mount as map } from "../panels/map.ts";
import { mount as quality } from "../panels/quality.ts";
import { mount as release } from "../panels/release.ts";
import { mount as review } from "../panels/review.ts";
import { key } from "../core/i18n.ts";
import { shellOf } from "../shell.ts";
import { widgetOf } from "../core/widget.ts";

export default widgetOf(
  "app",
  shellOf(
    [
      { tab: "collect", label: key("Collect"), mount: collect },
      { tab: "browse", label: key("Browse"), mount: browse },
      { tab: "review", label: key("Review"), mount: review },
      { tab: "generate", label: key("Generate"), mount: generate },
      { tab: "map", label: key("Map"), mount: map },
      { tab: "quality", label: key("Quality"), mount: quality },
      { tab: "release", label: key("Release"), mount: release },
    ],
    "browse",
  ),
);

// What the strip above the editor says: somebody saved meanwhile, typed text was found again, or it was thrown away.
import { t } from "../core/i18n.ts";
import type { Sample } from "../core/nouns.ts";
import { ago } from "../text/when.ts";
import type { Copy } from "./keep.ts";
import { strip } from "./strip.ts";

export function savedMeanwhile(sample: Sample, see: () => void): HTMLElement {
  return strip(t("Somebody saved this conversation meanwhile, as revision {n}.", { n: sample.revision }), [[t("See both"), see]]);
}

/** `fresh` takes the saved text. */
export function typedBefore(sample: Sample, copy: Copy, see: () => void, fresh: () => void): HTMLElement {
  const when = ago(copy.at);
  const anew: [string, () => void] = [t("Start from the saved text"), fresh];
  if (copy.base === sample.revision) return strip(t("Here is what you typed {when} and did not save.", { when }), [anew]);
  return strip(t("Here is what you typed {when}. Meanwhile revision {n} was saved: you will see both.", { when, n: sample.revision }), [
    [t("See both"), see],
    anew,
  ]);
}

export function thrownAway(back: () => void): HTMLElement {
  return strip(t("What you typed was thrown away."), [[t("Take it back"), back]]);
}

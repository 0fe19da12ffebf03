// What a bulk answer would do, in words; the first conversations as they are; what the sample check told.
import { h, isolated } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import type { Row, Scheme } from "../core/nouns.ts";
import { inWords } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { remark } from "../work/parts.ts";
import { sureness, type Estimate } from "./check.ts";
import type { BulkPlan } from "./types.ts";

/** "120 have this answer of yours already": one line for each count that is not 0. */
export function planLines(plan: BulkPlan, scheme: Scheme, replace: boolean): string[] {
  const lines: string[] = [];
  const { same, differ, others } = plan;
  if (same > 0) lines.push(tn("{n} has this answer of yours already.", "{n} have this answer of yours already.", same));
  if (differ > 0 && scheme.kind === "multi")
    lines.push(tn("{n} has other choices of yours: this one is added.", "{n} have other choices of yours: this one is added.", differ));
  else if (differ > 0 && replace)
    lines.push(tn("{n} other answer of yours is replaced.", "{n} other answers of yours are replaced.", differ));
  else if (differ > 0)
    lines.push(tn("{n} keeps another answer of yours.", "{n} keep another answer of yours.", differ));
  if (others > 0)
    lines.push(tn("{n} has an answer of somebody else, which stays.", "{n} have answers of other people, which stay.", others));
  return lines;
}

export function planView(plan: BulkPlan, scheme: Scheme, replace: boolean, words: string): HTMLElement {
  const none = plan.changes === 0;
  return h(
    "div",
    { class: "wb-bulk-plan" },
    h(
      "p",
      { class: "wb-bulk-count", role: "status" },
      none
        ? t("Nothing would change")
        : tn("{n} conversation gets", "{n} conversations get", plan.changes),
      none ? null : " ",
      none ? null : h("b", {}, isolated(words)),
    ),
    h("ul", { class: "wb-bulk-lines" }, ...planLines(plan, scheme, replace).map((text) => h("li", {}, text))),
    scheme.suggestion === "after_answer"
      ? remark("warn", t("This question is meant to be answered one by one, after reading. One answer for all is a guess."))
      : null,
  );
}

/** The first conversations as they are now, with the answer of mine or of others that each has. */
export function firstRows(rows: Row[], total: number, scheme: Scheme): HTMLElement {
  return h(
    "div",
    { class: "wb-bulk-first" },
    h("h4", {}, rows.length === total ? t("These are they") : t("The first of them, as they are")),
    h("ul", {}, ...rows.map((row) => h("li", { class: "wb-bulk-row" }, line(row.title || row.preview, "wb-grow wb-clip"), answerOf(row, scheme)))),
  );
}

function answerOf(row: Row, scheme: Scheme): HTMLElement {
  const tag = row.tags.find((item) => item.scheme === scheme.name);
  if (!tag) return h("span", { class: "wb-quiet" }, t("no answer yet"));
  return h("span", { class: tag.mine ? "wb-chip wb-chip-accent" : "wb-chip" }, isolated(said(inWords(scheme, tag.value))));
}

/** The estimate in words and as a bar: the share that fits, and between which ends the whole probably lies. */
export function estimateView(estimate: Estimate, leftOut: number): HTMLElement | null {
  const judged = estimate.fits + estimate.misses;
  if (judged + estimate.unsure === 0) return null;
  const sure = sureness(estimate);
  const tone = sure === "good" ? "good" : sure === "fair" ? "info" : "warn";
  return remark(
    tone,
    h("strong", {}, tn("{n} of {judged} fits", "{n} of {judged} fit", estimate.fits, { judged: inDigits(judged) })),
    estimate.interval ? bar(estimate.precision ?? 0, estimate.interval) : null,
    h("p", { title: t("Such a range holds in 95 of 100 samples (Wilson interval).") }, rangeWords(estimate)),
    leftOut > 0
      ? h("p", {}, tn("The one that does not fit is left out.", "The {n} that do not fit are left out.", leftOut))
      : null,
    estimate.unsure > 0
      ? h("p", { class: "wb-quiet" }, tn("{n} of which you could not say is not counted.", "{n} of which you could not say are not counted.", estimate.unsure))
      : null,
  );
}

export function rangeWords(estimate: Estimate): string {
  if (!estimate.interval) return t("Nothing is known yet: of none could you say.");
  const [low, high] = estimate.interval.map((share) => Math.round(share * 100)) as [number, number];
  const range = t("Among all of them, probably {low} to {high} of 100 fit.", { low, high });
  const word = {
    good: t("That is a good sign."),
    fair: t("Look at more to be surer."),
    poor: t("That is not enough to rely on: look at more, or narrow the search."),
    unknown: "",
  }[sureness(estimate)];
  return `${range} ${word}`.trim();
}

function bar(share: number, [low, high]: [number, number]): HTMLElement {
  const percent = (value: number): string => `${value * 100}%`;
  return h(
    "div",
    { class: "wb-range", "aria-hidden": "true" },
    h("span", { class: "wb-range-band", style: { left: percent(low), width: percent(high - low) } }),
    h("span", { class: "wb-range-dot", style: { left: percent(share) } }),
  );
}

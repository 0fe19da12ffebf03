// Figures of a review in words.
import { inDecimals, inDigits, t, tn } from "../core/i18n.ts";
import { round } from "./rounding.ts";
import type { About, FlipNumbers, Report } from "./types.ts";

export function percentWords(value: number | null | undefined): string {
  return value === null || value === undefined ? t("not known yet") : t("{n} %", { n: round(value) });
}

export function duration(minutes: number): string {
  if (minutes < 1) return t("under a minute");
  if (minutes < 90) return tn("{n} minute", "{n} minutes", Math.round(minutes));
  return tn("{n} hour", "{n} hours", Math.round(minutes / 60));
}

/** What suggestions are worth, measured against people. */
export function reportWords(report: Report): string {
  if (!report.measured) return t("Not measured: too few answers are alike.");
  const right = report.percent ?? 0;
  const branch = report.branch ?? right;
  const always = report.always ?? 0;
  const values = { right: round(right), branch: round(branch), always: round(always), n: inDigits(report.measured) };
  if (branch <= always)
    return t(
      "Do not rely on them: right in {right} % of {n} tested answers, no better than always the most frequent one.",
      values,
    );
  if (branch > right)
    return t(
      "Tested on {n} answers: the right top branch in {branch} %, exactly right in {right} %; always the most frequent answer: {always} %.",
      values,
    );
  return t("Tested on {n} answers: right in {right} %; always the most frequent answer: {always} %.", values);
}

/** How suggestions change what people answer. */
export function flipWords(flips: FlipNumbers): string[] {
  const lines: string[] = [];
  if (flips.rate !== null && flips.policy === "after_answer")
    lines.push(
      tn("{n} of {all} answers was changed after the others' were shown.", "{n} of {all} answers were changed after the others' were shown.", flips.flips, { all: inDigits(flips.revealed) }),
    );
  if (flips.pull !== null && flips.policy === "after_answer")
    lines.push(
      tn("{n} of {all} that differed from the machine's became it.", "{n} of {all} that differed from the machine's became it.", flips.pulled, { all: inDigits(flips.differed) }),
    );
  if (flips.suggested > 0 && flips.policy === "prefill")
    lines.push(
      tn("{n} of {all} answers was as suggested.", "{n} of {all} answers were as suggested.", flips.as_suggested, { all: inDigits(flips.suggested) }),
    );
  return lines;
}

export function aboutWords(about: About): string[] {
  const lines: string[] = [];
  const { agreement, again } = about;
  if (agreement.units > 0)
    lines.push(
      tn(
        "People agree in {percent} % of the pairs of answers on {n} conversation.",
        "People agree in {percent} % of the pairs of answers on {n} conversations.",
        agreement.units,
        { percent: round(agreement.percent ?? 0) },
      ) + (agreement.alpha === null ? "" : ` ${t("Krippendorff's alpha {n}.", { n: inDecimals(agreement.alpha, 2) })}`),
    );
  if (again.pairs > 0)
    lines.push(
      tn("You agree with yourself in {percent} % of {n} repeat.", "You agree with yourself in {percent} % of {n} repeats.", again.pairs, { percent: round(again.percent ?? 0) }),
    );
  return [...lines, ...flipWords(about.flips)];
}

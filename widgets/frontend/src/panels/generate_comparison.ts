// What a model's comparisons of candidates are worth: whether it finds the better one, and whether the place decides.
import { key, percent, t, tn } from "../core/i18n.ts";

/** What one run of comparisons is worth (widgets/_judge.py). Rates are [number, of]. */
export interface Compared {
  run: string;
  model: string;
  state: string;
  pairs: number;
  decided: number;
  hits: [number, number];
  hits_range: [number, number] | null;
  flips: [number, number];
  flips_range: [number, number] | null;
  /** Of the verdicts that name one, the share of those for the one shown first. */
  first: number | null;
  distrust: "" | "few" | "chance" | "flips";
}

const WHY: Record<string, string> = {
  few: key("too few test pairs"),
  chance: key("it may find the better one no more often than a coin"),
  flips: key("its verdict changes with the order too often"),
};

/** Why it is not to be relied on; "" where it may be. */
export function distrustInWords(found: Pick<Compared, "distrust">): string {
  return found.distrust ? t("do not rely on it: {why}", { why: t(WHY[found.distrust]!) }) : "";
}

/** "m: found the better of two in 9 of 10 test pairs (60 % to 98 %), 1 of 16 verdicts changed with the order (1 % to 28 %)." */
export function comparisonInWords(found: Compared): string {
  const [hits, tested] = found.hits;
  const [flips, asked] = found.flips;
  const parts = [
    tested ? t("found the better of two in {n} of {all} test pairs {range}", { n: hits, all: tested, range: rangeOf(found.hits_range) }) : t("no test pair was asked about"),
    asked ? tn("{n} of {all} verdicts changed with the order {range}", "{n} of {all} verdicts changed with the order {range}", flips, { all: asked, range: rangeOf(found.flips_range) }) : "",
    found.first !== null ? t("the one shown first preferred in {share}", { share: percent(found.first) }) : "",
  ];
  return t("{who}: {what}.", { who: found.model, what: parts.filter(Boolean).join(", ") });
}

function rangeOf(range: [number, number] | null): string {
  return range ? t("({low} to {high})", { low: percent(range[0]), high: percent(range[1]) }) : "";
}

// What a model thinks of a draft, said as a machine's opinion, with how many planted mistakes it caught.
import { h } from "../core/dom.ts";
import { key, percent, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";

/** What one run of a judge is worth (widgets/_judge.py). Rates are [number, of]. */
export interface Trust {
  run: string;
  model: string;
  state: string;
  /** Of the questions it was asked; those of version 1 did not show what a draft was made from. */
  version?: string;
  drafts: number;
  flagged: number;
  caught: [number, number];
  caught_range: [number, number] | null;
  alarms: [number, number];
  alarms_range: [number, number] | null;
  people: [number, number];
  length: number | null;
  least: number;
  reliable: boolean;
}

export interface Opinion {
  scores: Record<string, number>;
  reason: string;
  /** By a mark that the test conversations measure. */
  flagged: boolean;
  /** By the mark for the promise, which they do not. */
  off_promise?: boolean;
  trust: Trust;
}

const SCALES: Record<string, string> = { natural: key("natural"), right: key("right"), promise: key("as promised") };

/** So far from 0, marks follow length more than anything else. */
const MUCH = 0.5;

export function opinionView(opinion: Opinion | null | undefined): HTMLElement | null {
  if (!opinion) return null;
  const { trust } = opinion;
  const marks = Object.entries(opinion.scores).map(([scale, mark]) => h("span", { class: "wb-opinion-mark" }, `${t(SCALES[scale] ?? scale)} `, h("strong", { class: "wb-numbers" }, t("{n} of 5", { n: mark }))));
  const said = trust.reliable ? (opinion.flagged ? t("worth a look") : t("nothing found")) : t("do not rely on it");
  return h(
    "section",
    { class: `wb-opinion${trust.reliable ? "" : " wb-opinion-doubt"}`, "aria-label": t("A machine's opinion"), data: { reliable: trust.reliable ? "yes" : "no" } },
    h("div", { class: "wb-wrap" }, h("span", { class: "wb-chip wb-chip-violet" }, t("A machine's opinion")), h("span", { class: trust.reliable && opinion.flagged ? "wb-chip wb-chip-warn" : "wb-chip" }, said), trust.reliable && opinion.off_promise ? offPromise() : null, ...marks),
    opinion.reason ? line(opinion.reason, "wb-opinion-reason") : null,
    h("p", { class: "wb-help" }, trustInWords(trust)),
  );
}

/** A low mark for the promise, shown apart: nothing says how far that can be relied on. */
export function offPromise(): HTMLElement {
  return h("span", { class: "wb-chip", title: t("a machine thinks that it is not what it was made for; no test conversation says how well it tells that") }, t("perhaps not as promised: not measured"));
}

/** "caught 7 of 10 planted mistakes (40 to 89 %), 2 false alarms in 10": what the opinions of a run are worth. */
export function trustInWords(trust: Trust): string {
  const [caught, planted] = trust.caught;
  const [alarms, good] = trust.alarms;
  const range = trust.caught_range ? t("({low} to {high})", { low: percent(trust.caught_range[0]), high: percent(trust.caught_range[1]) }) : "";
  const parts = [
    planted ? [tn("caught {n} of {all} planted mistakes", "caught {n} of {all} planted mistakes", caught, { all: planted }), range].filter(Boolean).join(" ") : t("no planted mistake was asked about"),
    good ? tn("{n} false alarm in {all}", "{n} false alarms in {all}", alarms, { all: good }) : "",
    trust.people[1] ? t("as people decided in {n} of {all}", { n: trust.people[0], all: trust.people[1] }) : "",
    trust.version === "1" ? t("asked without what the drafts were made from") : "",
    trust.length !== null && Math.abs(trust.length) >= MUCH ? (trust.length > 0 ? t("longer ones get better marks") : t("shorter ones get better marks")) : "",
  ];
  return t("{who}: {what}.", { who: trust.model, what: parts.filter(Boolean).join(", ") });
}

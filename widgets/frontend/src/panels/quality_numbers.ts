// The numbers that matter, as tiles: how much, how much of it was looked at by people, how far from real text.
import { h } from "../core/dom.ts";
import { inDigits, labelled, percent, t, tn } from "../core/i18n.ts";
import { questionName } from "../text/names.ts";
import { stat } from "../work/parts.ts";
import type { Report } from "./quality_types.ts";

export interface Tile {
  value: string;
  label: string;
  tone: string;
  title: string;
}

export function tiles(report: Report): Tile[] {
  const { summary } = report;
  const tagged = Object.entries(summary.tagged ?? {}).sort((a, b) => b[1] - a[1]);
  const most = tagged[0];
  const problems = report.checks.reduce((sum, check) => sum + check.severities.problem, 0);
  const personal = report.personal.reduce((sum, kind) => sum + kind.found, 0);
  const whole = (n: number): string => inDigits(n);
  const share = (n: number): string => (summary.samples === 0 ? percent(0) : n > 0 && n / summary.samples < 0.01 ? `< ${percent(0.01)}` : percent(n / summary.samples));
  return [
    { value: whole(summary.samples), label: t("conversations"), tone: "", title: tn("{n} turn", "{n} turns", summary.turns) },
    { value: most ? share(most[1]) : percent(0), label: most ? t("answered for {scheme}", { scheme: questionName(most[0]) }) : t("tagged by people"), tone: "", title: tagged.map(([scheme, n]) => labelled(questionName(scheme), `${whole(n)} (${share(n)})`)).join("\n") || t("Nobody has tagged these yet") },
    { value: share(summary.synthetic), label: t("synthetic"), tone: summary.synthetic > 0 ? "violet" : "", title: tn("{n} of {all} was generated", "{n} of {all} were generated", summary.synthetic, { all: whole(summary.samples) }) },
    { value: whole(summary.deepest), label: t("deepest generation"), tone: summary.deepest > 2 ? "warn" : "", title: t("How many steps the farthest conversation is away from real text; 0 is real") },
    { value: whole(Object.keys(summary.languages ?? {}).length), label: t("languages"), tone: "", title: Object.entries(summary.languages ?? {}).map(([name, n]) => labelled(name, whole(n))).join("\n") },
    { value: whole(problems), label: t("problems in checks"), tone: problems > 0 ? "bad" : "good", title: t("Findings of the checks that are graver than a warning") },
    { value: whole(personal), label: t("personal data"), tone: personal > 0 ? "warn" : "good", title: t("E-mail addresses, phone numbers, cards, ids that the rules found") },
  ];
}

export function numbers(report: Report): HTMLElement {
  return h("div", { class: "wb-stats", role: "group", "aria-label": t("The numbers that matter") }, ...tiles(report).map((tile) => stat(tile.value, tile.label, tile.tone, tile.title)));
}

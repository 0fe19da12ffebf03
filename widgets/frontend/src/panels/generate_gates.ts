// The gates of a run as a table: how many drafts passed each, and what people made of those that did not.
import { h, type Child } from "../core/dom.ts";
import { inDigits, key, said, t } from "../core/i18n.ts";
import type { Became, Cell, Fate, GateYield, RunYield, Verdict } from "./yield_types.ts";

const VERDICTS: [Verdict, string][] = [
  ["passed", key("Passed")],
  ["unsure", key("Unsure")],
  ["failed", key("Failed")],
];
const FATES: [Fate, string][] = [
  ["accepted", key("accepted")],
  ["rejected", key("rejected")],
  ["undecided", key("to decide")],
];

/** A count's own name: which gate, verdict and fate. */
export function nameOf(cell: Cell): string {
  return `${cell.gate} ${cell.verdict} ${cell.fate}`;
}

/** Every count that is not nought opens its drafts. */
export function gateTable(given: RunYield, open: (cell: Cell) => void): HTMLElement {
  const heads = [t("Gate"), ...VERDICTS.map(([, name]) => t(name)), t("What became of those that did not pass")];
  return h(
    "div",
    { class: "wb-table-box wb-yield-box", tabindex: 0, role: "region", "aria-label": t("Gates") },
    h(
      "table",
      { class: "wb-table wb-yield-table" },
      h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...given.gates.map((gate) => row(gate, given.made, open))),
      h("tfoot", {}, row(given.everything, given.made, open)),
    ),
  );
}

function row(gate: GateYield, made: number, open: (cell: Cell) => void): HTMLElement {
  const title = gate.gate ? said(gate.title) : t("All gates");
  const cell = (verdict: Verdict, fate: Fate | "", drafts: number): Cell => ({ gate: gate.gate, title, verdict, fate, drafts });
  return h(
    "tr",
    { data: { gate: gate.gate } },
    h("th", { scope: "row", class: "wb-yield-gate" }, h("strong", {}, title), h("span", { class: "wb-quiet" }, gate.gate ? said(gate.explanation) : t("A draft counts by the worst that any of them said"))),
    ...VERDICTS.map(([verdict]) => {
      const became = gate[verdict];
      return h("td", {}, count(became.drafts, `wb-yield-${verdict}`, () => open(cell(verdict, "", became.drafts)), nameOf(cell(verdict, "", 0)), t("Open these drafts")), verdict === "passed" ? bar(gate, made) : null);
    }),
    h("td", {}, ...fates(gate, cell, open)),
  );
}

/** Of what did not pass: "2 accepted, 1 rejected, 3 to decide", each a way to them. */
function fates(gate: GateYield, cell: (verdict: Verdict, fate: Fate, drafts: number) => Cell, open: (cell: Cell) => void): Child[] {
  const parts: HTMLElement[] = [];
  for (const verdict of ["unsure", "failed"] as const) {
    for (const [fate, name] of FATES) {
      const n = gate[verdict][fate];
      if (n === 0) continue;
      const which = cell(verdict, fate, n);
      const both = gate.unsure[fate] > 0 && gate.failed[fate] > 0;
      const label = both ? `${t(name)} (${t(verdict === "unsure" ? key("unsure") : key("failed"))})` : t(name);
      parts.push(h("span", { class: "wb-yield-fate" }, count(n, "", () => open(which), nameOf(which), t("Open these drafts")), ` ${label}`));
    }
  }
  return parts.length > 0 ? [h("span", { class: "wb-wrap" }, ...parts)] : [h("span", { class: "wb-quiet" }, "–")];
}

function count(n: number, tone: string, open: () => void, name: string, title: string): HTMLElement {
  if (n === 0) return h("span", { class: "wb-yield-none wb-numbers" }, "0");
  return h("button", { class: `wb-link wb-numbers wb-yield-count ${tone}`, data: { cell: name }, title, on: { click: open } }, inDigits(n));
}

/** The three shares as a bar; the numbers beside it say the same. */
function bar(gate: GateYield, made: number): HTMLElement | null {
  if (made === 0) return null;
  const part = (became: Became, name: Verdict): HTMLElement => h("i", { class: `wb-yield-${name}`, style: { width: `${(100 * became.drafts) / made}%` } });
  return h("span", { class: "wb-yield-bar", "aria-hidden": "true" }, ...VERDICTS.map(([verdict]) => part(gate[verdict], verdict)));
}

// The grid of a run that fills gaps as a heat map: each cell before and after, its target, and why it stayed short.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { line } from "../text/body.ts";
import { price } from "./generate_estimate.ts";
import type { GapCell, Gaps } from "./yield_types.ts";

export interface GapsView {
  element: HTMLElement;
  keys(): Shortcut[];
  focus(): void;
}

/** The first axis goes down, the second across; each combination of the others has a table of its own. */
export function gapsView(ctx: Ctx, gaps: Gaps): GapsView {
  const told = h("p", { class: "wb-help wb-gaps-told" });
  const open = (cell: GapCell): void => ctx.navigate("browse", { query: cell.query });
  const box = h("div", { class: "wb-gaps-box", role: "region", "aria-label": t("Grid"), tabindex: -1 }, ...tables(gaps, open, (cell) => fill(told, line(sentence(cell, gaps.ended)))));
  fill(told, t("The fuller the colour, the nearer a cell is to its target. Enter shows in Browse what a cell has."));
  const all = [...box.querySelectorAll<HTMLElement>("[data-gap]")];
  let at = all[0];
  at?.setAttribute("tabindex", "0");
  box.addEventListener("focusin", (event) => {
    const now = event.target as HTMLElement;
    if (!now.dataset["gap"]) return;
    at?.setAttribute("tabindex", "-1");
    now.setAttribute("tabindex", "0");
    at = now;
  });
  const focus = (): void => at?.focus({ preventScroll: true });
  const go = (down: number, across: number) => (): boolean => step(all, down, across);
  return {
    element: h("div", { class: "wb-gaps" }, box, told),
    focus,
    keys: () => [
      { keys: ["ArrowDown", "j"], label: t("Cell below"), fixed: true, run: go(1, 0) },
      { keys: ["ArrowUp", "k"], label: t("Cell above"), fixed: true, run: go(-1, 0) },
      { keys: ["ArrowRight"], label: t("Next cell"), fixed: true, run: go(0, 1) },
      { keys: ["ArrowLeft"], label: t("Cell before"), fixed: true, run: go(0, -1) },
    ],
  };
}

/** The figures over the grid, and `more` of the run; a price that is not known is called that. */
export function gapFacts(gaps: Gaps, more: [string, string][] = []): HTMLElement {
  const each = gaps.filled === 0 ? t("no cell filled yet") : price(gaps.each);
  const short = gaps.cells.filter((cell) => cell.short > 0).length;
  const shown: [string, string][] = [
    [t("cells in all"), inDigits(gaps.cells.length)],
    [t("were short before"), inDigits(gaps.wanting)],
    [t("filled by the run"), inDigits(gaps.filled)],
    [t("still short"), inDigits(short)],
    [t("cost per filled cell"), each],
    ...more,
  ];
  return h("div", { class: "wb-yield-facts" }, ...shown.map(([name, value]) => h("div", { class: "wb-yield-fact" }, h("b", { class: "wb-numbers" }, value), h("span", {}, name))));
}

function tables(gaps: Gaps, open: (cell: GapCell) => void, tell: (cell: GapCell) => void): HTMLElement[] {
  const [down, across, ...others] = gaps.axes;
  const groups = new Map<string, GapCell[]>();
  for (const cell of gaps.cells) {
    const name = others.map((axis) => `${said(axis.name)}: ${cell.cell[axis.name]}`).join(" · ");
    const group = groups.get(name);
    if (group) group.push(cell);
    else groups.set(name, [cell]);
  }
  let row = 0;
  return [...groups].map(([name, cells]) => {
    const columns = across?.values ?? [""];
    const at = (below: string, beside: string): GapCell | undefined => cells.find((cell) => cell.cell[down!.name] === below && (!across || cell.cell[across.name] === beside));
    const rows = (down?.values ?? []).map((below) => {
      row += 1;
      return h("tr", {}, h("th", { scope: "row" }, line(below)), ...columns.map((beside, column) => place(at(below, beside), `${row} ${column}`, open, tell)));
    });
    const corner = [down, across].flatMap((axis) => (axis ? [said(axis.name)] : [])).join(" / ");
    const head = h("tr", {}, h("th", { scope: "col" }, line(corner)), ...columns.map((value) => h("th", { scope: "col" }, across ? line(value) : t("in the cell"))));
    return h("table", { class: "wb-table wb-gaps-table" }, name ? h("caption", {}, line(name)) : null, h("thead", {}, head), h("tbody", {}, ...rows));
  });
}

function place(cell: GapCell | undefined, at: string, open: (cell: GapCell) => void, tell: (cell: GapCell) => void): HTMLElement {
  if (!cell) return h("td", {}, "–");
  const share = Math.min(1, cell.target > 0 ? cell.after / cell.target : 1);
  const whole = sentence(cell, "");
  const button = h(
    "button",
    { class: "wb-gap", tabindex: -1, data: { gap: at }, "aria-label": whole, title: whole, on: { click: () => open(cell), focus: () => tell(cell), mouseenter: () => tell(cell) } },
    h("span", { class: "wb-numbers" }, h("b", {}, `${inDigits(cell.before)} → ${inDigits(cell.after)}`), ` / ${inDigits(cell.target)}`),
    h("span", { class: "wb-gap-why" }, inShort(cell)),
  );
  return h("td", { class: cell.short > 0 ? "wb-gap-short" : "", style: { "--wb-gap-share": share.toFixed(3) } }, button);
}

/** What stands in the cell: full, or how much is missing and the first reason for it. */
function inShort(cell: GapCell): string {
  if (cell.short > 0) return `${tn("{n} short", "{n} short", cell.short)} · ${reasons(cell)[0]}`;
  return cell.before < cell.target ? t("filled") : t("had enough");
}

/** A cell as a sentence, with everything that keeps it short. */
export function sentence(cell: GapCell, ended: string): string {
  const kind = Object.entries(cell.cell).map(([axis, value]) => `${said(axis)} ${value}`).join(", ");
  const counts = t("{kind}: {before} before, {after} now, {target} wanted", { kind, before: inDigits(cell.before), after: inDigits(cell.after), target: inDigits(cell.target) });
  const why = cell.short > 0 ? [tn("{n} short", "{n} short", cell.short), ...reasons(cell), ...(cell.written === 0 && ended ? [said(ended)] : [])] : [inShort(cell)];
  return [counts, ...why].join(" · ");
}

function reasons(cell: GapCell): string[] {
  const found: string[] = [];
  const outside = cell.written - cell.inside;
  if (cell.undecided > 0) found.push(tn("{n} to decide", "{n} to decide", cell.undecided));
  if (cell.rejected > 0) found.push(tn("{n} rejected", "{n} rejected", cell.rejected));
  if (outside > 0) found.push(tn("{n} lies outside the cell", "{n} lie outside the cell", outside));
  if (found.length === 0) found.push(cell.written > 0 ? t("too few were written") : t("nothing was written for it"));
  return found;
}

/** To the next cell in a direction, from table to table; the first one where none has the focus. */
function step(cells: HTMLElement[], down: number, across: number): boolean {
  const now = (document.activeElement as HTMLElement | null)?.dataset["gap"];
  const [row, column] = (now ?? "").split(" ").map(Number);
  const next = now === undefined ? cells[0] : cells.find((cell) => cell.dataset["gap"] === `${row! + down} ${column! + across}`);
  next?.focus();
  return next !== undefined || now !== undefined;
}

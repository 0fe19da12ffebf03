// The grid of a run that fills gaps as a heat map: each cell before and after, its target, and why it stayed short.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { price } from "./generate_estimate.ts";
import { gridView, kindOf, type GridView } from "./generate_grid.ts";
import type { GapCell, Gaps } from "./yield_types.ts";

export function gapsView(ctx: Ctx, gaps: Gaps): GridView {
  return gridView(ctx, gaps, {
    share: (cell) => (cell.target > 0 ? cell.after / cell.target : 1),
    numbers: (cell) => [h("b", {}, `${inDigits(cell.before)} → ${inDigits(cell.after)}`), ` / ${inDigits(cell.target)}`],
    short: inShort,
    whole: (cell) => sentence(cell, gaps.ended),
  });
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

/** What stands in the cell: full, or how much is missing and the first reason for it. */
function inShort(cell: GapCell): string {
  if (cell.short > 0) return `${tn("{n} short", "{n} short", cell.short)} · ${reasons(cell)[0]}`;
  return cell.before < cell.target ? t("filled") : t("had enough");
}

/** A cell as a sentence, with everything that keeps it short. */
export function sentence(cell: GapCell, ended: string): string {
  const kind = kindOf(cell);
  const counts = t("{kind}: {before} before, {after} now, {target} wanted", { kind, before: inDigits(cell.before), after: inDigits(cell.after), target: inDigits(cell.target) });
  const why = cell.short > 0 ? [tn("{n} short", "{n} short", cell.short), ...reasons(cell), ...(cell.written === 0 && ended ? [said(ended)] : [])] : [inShort(cell)];
  return [counts, ...why].join(" · ");
}

function reasons(cell: GapCell): string[] {
  const outside = cell.written - cell.inside;
  const found: string[] = [];
  if (cell.coming > 0) found.push(tn("{n} to come", "{n} to come", cell.coming));
  if (cell.lost > 0) found.push(tn("{n} came to nothing", "{n} came to nothing", cell.lost));
  if (cell.undecided > 0) found.push(tn("{n} to decide", "{n} to decide", cell.undecided));
  if (cell.waiting > 0) found.push(tn("{n} accepted and to be answered", "{n} accepted and to be answered", cell.waiting));
  if (cell.elsewhere > 0) found.push(tn("{n} accepted and elsewhere", "{n} accepted and elsewhere", cell.elsewhere));
  if (cell.rejected > 0) found.push(tn("{n} rejected", "{n} rejected", cell.rejected));
  if (outside > 0) found.push(tn("{n} lies outside the cell", "{n} lie outside the cell", outside));
  if (found.length === 0) found.push(cell.written > 0 ? t("too few were written") : t("nothing was written for it"));
  return found;
}

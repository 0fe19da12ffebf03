// On the form of the recipe that fills gaps: the grid as the selection fills it now, and what a run would write for it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { inSentences } from "../core/notice.ts";
import { line } from "../text/body.ts";
import { settled } from "../work/parts.ts";
import { whole } from "../work/whole.ts";
import { gridView, kindOf, type GridView, type Saying } from "./generate_grid.ts";
import type { PlannedCell, PlannedGaps } from "./yield_types.ts";

export interface GapsBefore {
  element: HTMLElement;
  now(): void;
  later(): void;
  close(): void;
}

/** `args` is what the run would be asked for; null while a field cannot be read. Old counts stay until new ones come. */
export function gapsBefore(ctx: Ctx, args: () => Record<string, unknown> | null): GapsBefore {
  const stage = h("div", { class: "wb-stack-tight" });
  const element = h("section", { class: "wb-gaps-before", "aria-label": t("What the selection has, cell by cell") }, stage);
  let view: GridView | null = null;
  const unbind = bindKeys(stage, () => (view?.element.contains(document.activeElement) ? view.keys() : []));
  const show = (...shown: (HTMLElement | null)[]): void => {
    element.removeAttribute("aria-busy");
    fill(stage, ...shown);
  };
  const draw = (gaps: PlannedGaps): void => {
    const place = view?.element.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["gap"] : undefined;
    view = gridView(ctx, gaps, SAYING);
    show(h("p", { class: "wb-help", role: "status" }, summary(gaps)), view.element, ...gaps.notes.map((note) => h("p", { class: "wb-help" }, line(said(note)))));
    if (place) stage.querySelector<HTMLElement>(`[data-gap="${place}"]`)?.focus({ preventScroll: true });
  };
  const tell = (error: unknown): void => {
    view = null;
    show(h("p", { class: "wb-problem", role: "alert" }, line(inSentences(error))));
  };
  const working = whole<Record<string, unknown>, PlannedGaps>(ctx, {
    ask: "generate.gaps",
    read: "generate.counted",
    alike: () => true,
    inView: () => element.isConnected,
    slow: () => {},
    found: draw,
    failed: tell,
  });
  const ask = (): void => {
    const wanted = args();
    if (!wanted) {
      working.drop();
      return show(h("p", { class: "wb-quiet" }, t("The grid is counted when all fields can be read.")));
    }
    element.setAttribute("aria-busy", "true");
    if (!view) fill(stage, loading(t("Counting the cells")));
    working.ask(wanted);
  };
  const later = settled(ask, 300);
  return { element, now: ask, later, close: () => (later.stop(), working.close(), unbind()) };
}

const SAYING: Saying<PlannedCell> = {
  share: (cell) => (cell.target > 0 ? cell.before / cell.target : 1),
  numbers: (cell) => [h("b", {}, inDigits(cell.before)), ` / ${inDigits(cell.target)}`],
  short: (cell) => (cell.short === 0 ? t("enough") : cell.planned > 0 ? `+${inDigits(cell.planned)}` : t("nothing planned")),
  whole: plannedInWords,
};

/** A cell as a sentence: what it has, lacks and would get. */
export function plannedInWords(cell: PlannedCell): string {
  const counts = t("{kind}: {before} there, {target} wanted", { kind: kindOf(cell), before: inDigits(cell.before), target: inDigits(cell.target) });
  if (cell.short === 0) return `${counts} · ${t("enough")}`;
  return [counts, tn("{n} short", "{n} short", cell.short), tn("{n} would be written", "{n} would be written", cell.planned)].join(" · ");
}

function summary(gaps: PlannedGaps): string {
  if (gaps.selected === 0) return t("No conversation is selected, and each one is written after an example: change the query.");
  if (gaps.wanting === 0) return t("Every cell has as many as it should: a run would write nothing.");
  return [
    tn("{n} of {all} cells is short", "{n} of {all} cells are short", gaps.wanting, { all: inDigits(gaps.cells.length) }),
    tn("{n} conversation is missing", "{n} conversations are missing", gaps.lacking),
    tn("{n} would be written", "{n} would be written", gaps.planned),
  ].join(" · ");
}

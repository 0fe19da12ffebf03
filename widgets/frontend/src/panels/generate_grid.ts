// A grid of cells as a heat map that is walked by keys: each cell with its numbers, and the way to what it holds.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { labelled, said, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { line } from "../text/body.ts";
import type { Grid, GridCell } from "./yield_types.ts";

export interface GridView {
  element: HTMLElement;
  keys(): Shortcut[];
  focus(): void;
}

/** What is said of a cell: its numbers, what stands under them, all of it as a sentence; and the share of its target. */
export interface Saying<C extends GridCell> {
  share(cell: C): number;
  numbers(cell: C): Child[];
  short(cell: C): string;
  whole(cell: C): string;
}

/** The first axis goes down, the second across; each combination of the others has a table of its own. */
export function gridView<C extends GridCell>(ctx: Ctx, grid: Grid<C>, saying: Saying<C>): GridView {
  const told = h("p", { class: "wb-help wb-gaps-told" });
  const open = (cell: C): void => void (cell.query && ctx.navigate("browse", { query: cell.query }));
  const tell = (cell: C): void => fill(told, line(saying.whole(cell)));
  const box = h("div", { class: "wb-gaps-box", role: "region", "aria-label": t("Grid"), tabindex: -1 }, ...tables(grid, (cell, at) => place(cell, at, saying, open, tell)));
  fill(told, t("The fuller the colour, the nearer a cell is to its target. Enter shows in Browse what a cell has."));
  const whose = asked(grid.questions);
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
  const go = (down: number, across: number) => (): boolean => step(all, down, across);
  return {
    element: h("div", { class: "wb-gaps" }, box, told, whose ? h("p", { class: "wb-help" }, whose) : null),
    focus: () => at?.focus({ preventScroll: true }),
    keys: () => [
      { keys: ["ArrowDown", "j"], label: t("Cell below"), fixed: true, run: go(1, 0) },
      { keys: ["ArrowUp", "k"], label: t("Cell above"), fixed: true, run: go(-1, 0) },
      { keys: ["ArrowRight"], label: t("Next cell"), fixed: true, run: go(0, 1) },
      { keys: ["ArrowLeft"], label: t("Cell before"), fixed: true, run: go(0, -1) },
    ],
  };
}

/** The kind of a cell in words: "language fr, length short". */
export function kindOf(cell: Pick<GridCell, "cell">): string {
  return Object.entries(cell.cell).map(([axis, value]) => `${said(axis)} ${value}`).join(", ");
}

/** That what people have to say is theirs to say; "" for a grid of what can be read off a conversation. */
function asked(questions: readonly string[]): string {
  return questions.length > 0 ? t("For {questions} an answer counts when a person has given it.", { questions: questions.map((one) => said(one)).join(", ") }) : "";
}

function tables<C extends GridCell>(grid: Grid<C>, draw: (cell: C, at: string) => HTMLElement): HTMLElement[] {
  const [down, across, ...others] = grid.axes;
  const groups = new Map<string, C[]>();
  for (const cell of grid.cells) {
    const name = others.map((axis) => labelled(said(axis.name), cell.cell[axis.name])).join(" · ");
    const group = groups.get(name);
    if (group) group.push(cell);
    else groups.set(name, [cell]);
  }
  let row = 0;
  return [...groups].map(([name, cells]) => {
    const columns = across?.values ?? [""];
    const at = (below: string, beside: string): C | undefined => cells.find((cell) => cell.cell[down!.name] === below && (!across || cell.cell[across.name] === beside));
    const rows = (down?.values ?? []).map((below) => {
      row += 1;
      const place = (beside: string, column: number): HTMLElement => {
        const cell = at(below, beside);
        return cell ? draw(cell, `${row} ${column}`) : h("td", {}, "–");
      };
      return h("tr", {}, h("th", { scope: "row" }, line(below)), ...columns.map(place));
    });
    const corner = [down, across].flatMap((axis) => (axis ? [said(axis.name)] : [])).join(" / ");
    const head = h("tr", {}, h("th", { scope: "col" }, line(corner)), ...columns.map((value) => h("th", { scope: "col" }, across ? line(value) : t("in the cell"))));
    return h("table", { class: "wb-table wb-gaps-table" }, name ? h("caption", {}, line(name)) : null, h("thead", {}, head), h("tbody", {}, ...rows));
  });
}

function place<C extends GridCell>(cell: C, at: string, saying: Saying<C>, open: (cell: C) => void, tell: (cell: C) => void): HTMLElement {
  const whole = saying.whole(cell);
  const button = h(
    "button",
    { class: "wb-gap", tabindex: -1, data: { gap: at }, "aria-label": whole, title: whole, on: { click: () => open(cell), focus: () => tell(cell), mouseenter: () => tell(cell) } },
    h("span", { class: "wb-numbers" }, ...saying.numbers(cell)),
    h("span", { class: "wb-gap-why" }, saying.short(cell)),
  );
  return h("td", { class: cell.short > 0 ? "wb-gap-short" : "", style: { "--wb-gap-share": String(Math.min(1, saying.share(cell))) } }, button);
}

/** To the next cell in a direction, from table to table; the first one where none has the focus. */
function step(cells: HTMLElement[], down: number, across: number): boolean {
  const now = (document.activeElement as HTMLElement | null)?.dataset["gap"];
  const [row, column] = (now ?? "").split(" ").map(Number);
  const next = now === undefined ? cells[0] : cells.find((cell) => cell.dataset["gap"] === `${row! + down} ${column! + across}`);
  next?.focus();
  return next !== undefined || now !== undefined;
}

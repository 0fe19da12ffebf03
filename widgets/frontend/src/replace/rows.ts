// What a rule would change, one conversation after the other; each can be taken out by its tick.
import { fill, h, type Child } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { roleName } from "../edit/turnform.ts";

export interface RowsOptions<Row> {
  /** Class names of the list and of one row. */
  list: string;
  row: string;
  /** Whether the keys can stand in the list itself. */
  focusable?: boolean;
  /** What a tick says, where its label does not say it. */
  tick?: string;
  title: (row: Row) => Child[];
  places: (row: Row) => Child[];
  onChange: () => void;
  onMore: (offset: number) => void;
}

export class TickedRows<Row extends { id: string }> {
  readonly element: HTMLElement;
  /** Ids that are not to be changed. */
  readonly without = new Set<string>();
  /** The rows that are shown so far. */
  rows: Row[] = [];

  constructor(private readonly options: RowsOptions<Row>) {
    this.element = h("div", { class: options.list, role: "group", tabindex: options.focusable ? 0 : undefined, "aria-label": t("What would change") });
  }

  /** Begin anew; `out` are not ticked at first. */
  clear(out: string[] = []): void {
    this.rows = [];
    this.without.clear();
    out.forEach((id) => this.without.add(id));
    fill(this.element);
  }

  add(rows: Row[], found: number): void {
    this.rows.push(...rows);
    this.element.querySelector(".wb-replace-more")?.remove();
    this.element.append(...rows.map((row) => this.row(row)));
    const left = found - this.rows.length;
    if (left > 0) this.element.append(this.more(left));
  }

  /** The tick of the next (1) or the one before (-1) gets the keys. */
  move(by: number): void {
    const boxes = [...this.element.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    const at = boxes.indexOf(document.activeElement as HTMLInputElement);
    const next = boxes[Math.min(Math.max(at + by, 0), boxes.length - 1)];
    next?.focus({ preventScroll: true });
    next?.closest("article")?.scrollIntoView({ block: "nearest" });
  }

  private more(left: number): HTMLElement {
    const offset = this.rows.length;
    return h(
      "button",
      { class: "wb-button wb-button-small wb-replace-more", on: { click: () => this.options.onMore(offset) } },
      tn("Show more ({n} not shown)", "Show more ({n} not shown)", left),
    );
  }

  private row(row: Row): HTMLElement {
    const { tick, title, places, onChange } = this.options;
    const box = h("input", { type: "checkbox", "aria-label": tick });
    box.checked = !this.without.has(row.id);
    const element = h("article", { class: this.options.row, data: { fit: row.id } }, h("label", { class: "wb-check wb-replace-title" }, box, ...title(row)), ...places(row));
    const mark = (): void => void element.classList.toggle("wb-replace-out", !box.checked);
    mark();
    box.addEventListener("change", () => {
      if (box.checked) this.without.delete(row.id);
      else this.without.add(row.id);
      mark();
      onChange();
    });
    return element;
  }
}

/** One changed place: in which turn, and the words before and after. */
export function placeView(turn: number, role: string, words: HTMLElement): HTMLElement {
  return h("div", { class: "wb-replace-place" }, h("span", { class: "wb-quiet wb-replace-where" }, `${turn} ${roleName(role)}`), words);
}

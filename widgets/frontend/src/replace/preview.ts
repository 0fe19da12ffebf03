// What would change, place by place; each conversation can be taken out.
import { fill, h } from "../core/dom.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { roleName } from "../edit/turnform.ts";
import { line, plain } from "../text/body.ts";

export interface Place {
  turn: number;
  role: string;
  before: string;
  found: string;
  by: string;
  after: string;
}

export interface FoundRow {
  id: string;
  title: string;
  stale: boolean;
  hits: number;
  places: Place[];
}

export class Preview {
  readonly element = h("div", { class: "wb-replace-list", role: "group", "aria-label": t("What would change") });
  /** Ids that were taken out. */
  readonly without = new Set<string>();
  private rows: FoundRow[] = [];

  constructor(
    private readonly onChange: () => void,
    private readonly onMore: (offset: number) => void,
  ) {}

  clear(): void {
    this.rows = [];
    this.without.clear();
    fill(this.element);
  }

  /** How many places were taken out with their conversations, as far as they are shown. */
  get hitsOut(): number {
    return this.rows.filter((row) => this.without.has(row.id)).reduce((sum, row) => sum + row.hits, 0);
  }

  add(rows: FoundRow[], found: number): void {
    this.rows.push(...rows);
    this.element.querySelector(".wb-replace-more")?.remove();
    this.element.append(...rows.map((row) => this.row(row)));
    const left = found - this.rows.length;
    if (left > 0) this.element.append(this.more(left));
  }

  private more(left: number): HTMLElement {
    const offset = this.rows.length;
    return h(
      "button",
      { class: "wb-button wb-button-small wb-replace-more", on: { click: () => this.onMore(offset) } },
      t("Show more ({n} not shown)", { n: inDigits(left) }),
    );
  }

  private row(row: FoundRow): HTMLElement {
    const box = h("input", { type: "checkbox", "aria-label": t("Replace in this conversation") });
    box.checked = true;
    const element = h(
      "article",
      { class: "wb-replace-row" },
      h(
        "label",
        { class: "wb-check wb-replace-title" },
        box,
        line(row.title),
        h("span", { class: "wb-quiet wb-numbers" }, tn("{n} place", "{n} places", row.hits)),
        row.stale ? h("span", { class: "wb-chip wb-chip-warn" }, t("saved by somebody since")) : null,
      ),
      ...row.places.map(placeView),
      row.hits > row.places.length
        ? h("p", { class: "wb-quiet" }, tn("and {n} more place here", "and {n} more places here", row.hits - row.places.length))
        : null,
    );
    box.addEventListener("change", () => {
      if (box.checked) this.without.delete(row.id);
      else this.without.add(row.id);
      element.classList.toggle("wb-replace-out", !box.checked);
      this.onChange();
    });
    return element;
  }
}

function placeView(place: Place): HTMLElement {
  return h(
    "div",
    { class: "wb-replace-place" },
    h("span", { class: "wb-quiet wb-replace-where" }, `${place.turn} ${roleName(place.role)}`),
    h(
      "div",
      { class: "wb-diff wb-text", dir: "auto" },
      ...plain(place.before),
      h("del", {}, ...plain(place.found)),
      place.by ? h("ins", {}, ...plain(place.by)) : null,
      ...plain(place.after),
    ),
  );
}

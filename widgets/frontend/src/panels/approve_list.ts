// The proposed items as a list, and above it the shelves they can be on: what is drawn, and which item is the open one.
import { fill, h } from "../core/dom.ts";
import { emptyState, loading } from "../core/empty.ts";
import { inDigits, t } from "../core/i18n.ts";
import { arrange, Rows } from "../core/rows.ts";
import { scrollTo } from "../core/scroll.ts";
import { uid } from "../work/parts.ts";
import { itemView } from "./approve_item.ts";
import * as a from "./approve_state.ts";
import type { Proposed, Shelf } from "./approve_types.ts";

export interface ProposalEvents {
  onOpen: (id: string) => void;
  onShelf: (shelf: Shelf) => void;
}

export class ProposalList {
  readonly element = h("div", { class: "wb-proposals", role: "group", tabindex: 0, "aria-label": t("What was proposed") });
  readonly shelves = h("div", { class: "wb-row wb-shelves", role: "group", "aria-label": t("Show") });
  private readonly ids = new Map<string, string>();
  private readonly rows = new Rows();
  private marked = "";

  constructor(private readonly on: ProposalEvents) {}

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Something else in the place of the items. */
  instead(element = loading()): void {
    this.marked = "";
    fill(this.element, element);
  }

  /** Whether an item is drawn. */
  get any(): boolean {
    return this.element.querySelector("[role=option]") !== null;
  }

  drawShelves(found: Proposed, shown: Shelf): void {
    const chip = (shelf: Shelf): HTMLElement =>
      h(
        "button",
        { class: "wb-button wb-button-quiet wb-button-small", "aria-pressed": String(shelf === shown), data: { shelf }, on: { click: () => this.on.onShelf(shelf) } },
        `${a.shelfName(shelf)} `,
        h("span", { class: "wb-numbers wb-quiet" }, inDigits(found.counts[shelf])),
      );
    const had = this.shelves.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["shelf"] : undefined;
    fill(this.shelves, ...a.SHELVES.filter((shelf) => shelf !== "used" || found.counts.used > 0).map(chip));
    if (had) this.shelves.querySelector<HTMLElement>(`[data-shelf=${had}]`)?.focus();
  }

  draw({ items, shelf }: a.Board, found: Proposed, running: boolean): void {
    const top = this.element.scrollTop;
    this.element.setAttribute("role", items.length === 0 ? "group" : "listbox");
    if (items.length === 0) return fill(this.element, emptyState(...a.nothingOn(shelf, found, running)));
    const rows = items.map((item) => ({ key: item.id, says: item, make: () => itemView(item, this.idOf(item.id), this.on.onOpen) }));
    const more = found.more ? h("p", { class: "wb-quiet wb-proposals-more", role: "presentation" }, a.moreInWords(items.length, found.counts[shelf])) : null;
    arrange(this.element, [...this.rows.of(rows), more]);
    this.element.scrollTop = top;
  }

  /** This item is the open one; "" for none. It is gone to when it is another one than before. */
  mark(item: string): void {
    const open = item ? this.idOf(item) : "";
    const go = open !== this.marked;
    this.marked = open;
    this.element.querySelectorAll<HTMLElement>("[role=option]").forEach((one) => {
      const on = one.id === open;
      if (one.getAttribute("aria-selected") === String(on)) return;
      one.setAttribute("aria-selected", String(on));
      if (on && go) scrollTo(this.element, one);
    });
    if (open) this.element.setAttribute("aria-activedescendant", open);
    else this.element.removeAttribute("aria-activedescendant");
  }

  /** An editor in the place of the items. */
  edit(editor: HTMLElement): void {
    this.instead(editor);
    this.element.setAttribute("role", "group");
    this.element.removeAttribute("aria-activedescendant");
  }

  private idOf(item: string): string {
    return this.ids.get(item) ?? (this.ids.set(item, uid("item")), this.ids.get(item)!);
  }
}

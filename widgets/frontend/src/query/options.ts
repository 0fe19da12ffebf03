// The list under the query bar: suggestions as options of a combobox.
import { KEEP_KEYS, fill, h } from "../core/dom.ts";
import { saidLabel, t } from "../core/i18n.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import type { Suggestion } from "./complete.ts";

export class Options {
  readonly element = h("div", {
    class: "wb-suggestions",
    role: "listbox",
    id: `wb-suggest-${Math.random().toString(36).slice(2)}`,
  });
  private found: Suggestion[] = [];
  at = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly onAccept: (item: Suggestion) => void,
    private readonly onRemove: (saved: string) => void = () => {},
  ) {
    this.element.hidden = true;
    input.setAttribute("aria-controls", this.element.id);
    input.setAttribute("aria-expanded", "false");
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** What the person has moved to; null when nothing yet. */
  get chosen(): Suggestion | null {
    return this.found[this.at] ?? null;
  }

  /** What Tab takes: the chosen one, else the first. */
  get nearest(): Suggestion | null {
    return this.found[Math.max(0, this.at)] ?? null;
  }

  show(found: Suggestion[]): void {
    this.found = found;
    this.at = -1;
    this.draw();
  }

  close(): void {
    this.show([]);
  }

  move(by: number): void {
    const count = this.found.length;
    this.at = this.at < 0 && by < 0 ? count - 1 : (this.at + by + count) % count;
    this.draw();
  }

  /** Move to that place, or to the last one before it. */
  choose(at: number): void {
    this.at = Math.min(at, this.found.length - 1);
    this.draw();
  }

  private draw(): void {
    this.element.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.open));
    fill(this.element, ...this.found.map((item, at) => this.option(item, at)));
    if (this.at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.element.id}-${this.at}`);
    const option = this.element.children[this.at];
    if (option) scrollTo(this.element, option);
  }

  private option(item: Suggestion, at: number): HTMLElement {
    const option = h(
      "div",
      {
        class: "wb-suggestion",
        role: "option",
        id: `${this.element.id}-${at}`,
        "aria-selected": String(at === this.at),
        on: { mousedown: (event) => (event.preventDefault(), this.onAccept(item)) },
      },
      h("code", {}, line(item.label)),
      item.help ? line(item.whole ? item.help : saidLabel(item.help), "wb-quiet") : null,
      item.saved === undefined ? null : this.removal(item.saved),
    );
    option.setAttribute(KEEP_KEYS, "true");
    return option;
  }

  /** For the mouse; an option may hold no button, and the Delete key does the same. */
  private removal(saved: string): HTMLElement {
    const remove = (event: Event): void => (event.preventDefault(), event.stopPropagation(), this.onRemove(saved));
    return h("span", { class: "wb-suggestion-remove", title: t("Remove this saved query (Delete)"), on: { mousedown: remove } }, h("kbd", {}, t("Del")), " ✕");
  }
}

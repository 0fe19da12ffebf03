// The query bar: completion while typing, recent and saved queries in an empty bar, a mistake marked at its place.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { icon } from "../core/icon.ts";
import type { Field } from "../core/nouns.ts";
import { beginnings, suggestions, type Saved, type Suggestion, type Value } from "./complete.ts";
import { mistakeWords, underline } from "./mistake.ts";
import { Options } from "./options.ts";

export interface QueryBarOptions {
  /** `meant`: asked with Enter or a choice, not while still typing. */
  onQuery: (query: string, meant: boolean) => void;
  /** Leave the field and go back to the list. */
  onLeave: () => void;
  /** Keep the query under a name. */
  onSave: (query: string) => void;
  fields: () => Field[];
  values: (field: string) => Value[];
  recent: () => string[];
  saved: () => Saved[];
  /** The field has the focus: what is saved may have changed. */
  onFocus?: () => void;
  onRemove?: (saved: string) => void;
}

const PAUSE_MS = 400;

export class QueryBar {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly mistake = h("div", { class: "wb-query-mistake", role: "alert" });
  private readonly backdrop = h("div", { class: "wb-query-backdrop", "aria-hidden": "true" });
  private readonly list: Options;
  /** How many were offered last. */
  private offered = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: QueryBarOptions) {
    this.input = h("input", {
      class: "wb-query-input",
      type: "text",
      role: "combobox",
      spellcheck: "false",
      autocomplete: "off",
      placeholder: t('Search words, "a phrase", domain:health/*, naturalness>=4, ~"what it means"'),
      "aria-label": t("Query"),
      "aria-autocomplete": "list",
      data: { kept: "" },
      on: {
        input: () => this.typed(),
        focus: () => (this.suggest(), this.options.onFocus?.()),
        keydown: (event) => this.key(event),
        scroll: () => this.follow(),
        blur: () => setTimeout(() => this.list.close(), 150),
      },
    });
    this.list = new Options(this.input, (item) => this.accept(item), (saved) => this.options.onRemove?.(saved));
    this.element = h("div", { class: "wb-query" }, this.field(), this.mistake);
  }

  set(query: string): void {
    if (this.input.value !== query) this.input.value = query;
    this.element.toggleAttribute("data-filled", query.trim() !== "");
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** What is saved has changed: an empty bar that is in use shows it, with the same one chosen; a closed list stays so. */
  savedChanged(): void {
    const closed = !this.list.open && this.offered > 0;
    if (closed || document.activeElement !== this.input || this.input.value.trim()) return;
    const at = this.list.at;
    this.suggest();
    this.list.choose(at);
  }

  /** Show what is wrong, where; null when all is well. */
  complain(error: unknown): void {
    const text = this.input.value;
    this.input.classList.toggle("wb-invalid", error !== null);
    this.input.setAttribute("aria-invalid", String(error !== null));
    fill(this.mistake, ...(error === null ? [] : mistakeWords(error, text)));
    underline(this.backdrop, error, text);
    this.follow();
  }

  private field(): HTMLElement {
    const button = (label: string, name: string, drawn: SVGElement | string, run: () => void): HTMLElement =>
      h("button", { class: `wb-icon-button ${name}`, "aria-label": label, title: label, on: { click: run } }, drawn);
    return h(
      "div",
      { class: "wb-query-field" },
      this.backdrop,
      icon("search"),
      this.input,
      button(t("Save this query"), "wb-query-save", icon("star"), () => this.options.onSave(this.input.value.trim())),
      button(t("Clear the query"), "wb-query-clear", "✕", () => (this.run(""), this.input.focus())),
      h("kbd", { title: t("Focus the query") }, keyShown("browse", "search", "/")),
      this.list.element,
    );
  }

  private run(query: string): void {
    clearTimeout(this.timer);
    this.list.close();
    this.set(query);
    this.options.onQuery(query, true);
  }

  private typed(): void {
    clearTimeout(this.timer);
    fill(this.backdrop);
    this.element.toggleAttribute("data-filled", this.input.value.trim() !== "");
    this.timer = setTimeout(() => this.options.onQuery(this.input.value, false), PAUSE_MS);
    this.suggest();
  }

  private suggest(): void {
    const text = this.input.value;
    const found = text.trim()
      ? suggestions(text, this.input.selectionStart ?? 0, this.options.fields(), this.options.values)
      : beginnings(text, this.options.recent(), this.options.saved());
    this.offered = found.length;
    this.list.show(found);
  }

  private follow(): void {
    this.backdrop.scrollLeft = this.input.scrollLeft;
  }

  private accept(item: Suggestion): void {
    const text = this.input.value;
    const next = text.slice(0, item.start) + item.insert + text.slice(item.end);
    if (item.whole) return this.run(next);
    this.input.value = next;
    const caret = item.start + item.insert.length;
    this.input.setSelectionRange(caret, caret);
    this.typed();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || !this.handled(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private handled(event: KeyboardEvent): boolean {
    const { list } = this;
    if (event.key === "ArrowDown" && list.open) list.move(1);
    else if (event.key === "ArrowDown") this.options.onLeave();
    else if (event.key === "ArrowUp" && list.open) list.move(-1);
    else if (event.key === "Tab" && list.open && list.nearest && !event.shiftKey && !list.nearest.whole)
      this.accept(list.nearest);
    else if (event.key === "Delete" && list.open && list.chosen?.saved !== undefined) this.options.onRemove?.(list.chosen.saved);
    else if (event.key === "Enter") this.enter();
    else if (event.key === "Escape" && list.open) list.close();
    else if (event.key === "Escape") this.options.onLeave();
    else return false;
    return true;
  }

  private enter(): void {
    const item = this.list.open ? this.list.chosen : null;
    if (item) this.accept(item);
    else this.run(this.input.value.trim());
    if (!item || item.whole) this.options.onLeave();
  }
}

// The query bar: completion while typing, and a mistake shown at its place in the text.
import { said, t } from "../core/i18n.ts";
import { KEEP_KEYS, fill, h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import type { Field } from "../core/nouns.ts";
import { CommandError } from "../core/rpc.ts";
import { suggestions, type Suggestion } from "./complete.ts";

export interface QueryBarOptions {
  onQuery: (query: string) => void;
  /** Leave the field and go back to the list. */
  onLeave: () => void;
  fields: () => Field[];
  values: (field: string) => string[];
}

const PAUSE_MS = 400;

export class QueryBar {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly mistake = h("div", { class: "wb-query-mistake", role: "alert" });
  private readonly list = h("div", {
    class: "wb-suggestions",
    role: "listbox",
    id: `wb-suggest-${Math.random().toString(36).slice(2)}`,
  });
  private found: Suggestion[] = [];
  private chosen = -1;
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
      "aria-controls": this.list.id,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      on: {
        input: () => this.typed(),
        keydown: (event) => this.key(event),
        blur: () => setTimeout(() => this.close(), 150),
      },
    });
    this.list.hidden = true;
    const clear = h(
      "button",
      { class: "wb-icon-button wb-query-clear", "aria-label": t("Clear the query"), on: { click: () => this.run("") } },
      "✕",
    );
    this.element = h(
      "div",
      { class: "wb-query" },
      h(
        "div",
        { class: "wb-query-field" },
        icon("search"),
        this.input,
        clear,
        h("kbd", { title: t("Focus the query") }, "/"),
        this.list,
      ),
      this.mistake,
    );
  }

  set(query: string): void {
    if (this.input.value !== query) this.input.value = query;
    this.element.toggleAttribute("data-filled", query !== "");
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Show what is wrong, where; null when all is well. */
  complain(error: unknown): void {
    const place = error instanceof CommandError && typeof error.details.start === "number" ? error.details : null;
    this.input.classList.toggle("wb-invalid", error !== null);
    this.input.setAttribute("aria-invalid", String(error !== null));
    if (error === null) return fill(this.mistake);
    const words = error instanceof Error ? error.message : String(error);
    const hint = error instanceof CommandError ? error.hint : "";
    fill(
      this.mistake,
      place ? this.marked(Number(place.start), Number(place.end)) : null,
      h("span", {}, said(words)),
      hint ? h("span", { class: "wb-quiet" }, said(hint)) : null,
    );
  }

  close(): void {
    this.found = [];
    this.chosen = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  private marked(start: number, end: number): HTMLElement {
    const text = this.input.value;
    const bad = text.slice(start, Math.max(end, start + 1)) || " ";
    return h(
      "code",
      {},
      h("span", {}, text.slice(Math.max(0, start - 24), start)),
      h("em", {}, bad),
      h("span", {}, text.slice(end, end + 24)),
    );
  }

  private run(query: string): void {
    clearTimeout(this.timer);
    this.close();
    this.set(query);
    this.options.onQuery(query);
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.element.toggleAttribute("data-filled", this.input.value !== "");
    this.timer = setTimeout(() => this.options.onQuery(this.input.value), PAUSE_MS);
    this.found = suggestions(
      this.input.value,
      this.input.selectionStart ?? 0,
      this.options.fields(),
      this.options.values,
    );
    this.chosen = -1;
    this.draw();
  }

  private draw(): void {
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    fill(
      this.list,
      ...this.found.map((item, at) => {
        const option = h(
          "div",
          {
            class: "wb-suggestion",
            role: "option",
            id: `${this.list.id}-${at}`,
            "aria-selected": String(at === this.chosen),
            on: { mousedown: (event) => (event.preventDefault(), this.accept(item)) },
          },
          h("code", {}, item.label),
          h("span", { class: "wb-quiet" }, said(item.help)),
        );
        option.setAttribute(KEEP_KEYS, "true");
        return option;
      }),
    );
    if (this.chosen >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private accept(item: Suggestion): void {
    const text = this.input.value;
    this.input.value = text.slice(0, item.start) + item.insert + text.slice(item.end);
    const caret = item.start + item.insert.length;
    this.input.setSelectionRange(caret, caret);
    this.typed();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const item = this.found[Math.max(0, this.chosen)];
    if (event.key === "ArrowDown" && open) this.choose(1);
    else if (event.key === "ArrowDown") this.options.onLeave();
    else if (event.key === "ArrowUp" && open) this.choose(-1);
    else if (event.key === "Tab" && open && item && !event.shiftKey) this.accept(item);
    else if (event.key === "Enter") {
      if (open && this.chosen >= 0 && item) this.accept(item);
      else {
        this.run(this.input.value.trim());
        this.options.onLeave();
      }
    } else if (event.key === "Escape") {
      if (open) this.close();
      else this.options.onLeave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private choose(by: number): void {
    this.chosen = (this.chosen + by + this.found.length) % this.found.length;
    this.draw();
  }
}

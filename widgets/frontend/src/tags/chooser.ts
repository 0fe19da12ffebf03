// The keyboard chooser of one scheme: type to filter, arrows to move, Enter to answer.
import { KEEP_KEYS, fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { openOverlay, type Overlay } from "../core/overlay.ts";
import { scrollTo } from "../core/scroll.ts";
import { active } from "./assign.ts";
import { CANNOT_SAY, labelOf, titleOf, typed } from "./answers.ts";
import { filterChoices, type Found } from "./filter.ts";

export interface ChooserOptions {
  scheme: Scheme;
  current: TagValue | undefined;
  subject: string;
  onChoose: (value: TagValue | null) => void;
  /** Add a choice that is not there yet. */
  onAdd?: (value: string, label: string) => void;
  /** Values with a digit of their own, while nothing is typed. */
  quick?: string[];
}

const MOST = 200;

export function openChooser(root: HTMLElement, options: ChooserOptions): Overlay {
  return options.scheme.kind === "text" ? textChooser(root, options) : new Chooser(root, options).overlay;
}

function textChooser(root: HTMLElement, options: ChooserOptions): Overlay {
  const input = h("textarea", {
    class: "wb-textarea",
    data: { first: "" },
    "aria-label": titleOf(options.scheme),
    value: String(options.current ?? ""),
  });
  const save = (): void => {
    overlay.close();
    options.onChoose(input.value.trim() || null);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  const overlay: Overlay = openOverlay(root, titleOf(options.scheme), [
    ...heading(options),
    input,
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-quiet wb-grow" }, t("Enter saves, Shift+Enter starts a line")),
      h("button", { class: "wb-button wb-button-primary", on: { click: save } }, t("Save")),
    ),
  ]);
  return overlay;
}

function heading(options: ChooserOptions): HTMLElement[] {
  const { scheme, subject } = options;
  return [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, titleOf(scheme)),
      h("span", { class: "wb-chip" }, subject),
    ),
    ...(scheme.guideline ? [h("p", { class: "wb-help" }, said(scheme.guideline))] : []),
  ];
}

class Chooser {
  readonly overlay: Overlay;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private found: Found[] = [];
  private quick = 0;
  private at = 0;
  private picked: Set<string>;

  constructor(
    root: HTMLElement,
    private readonly options: ChooserOptions,
  ) {
    const { scheme, current } = options;
    this.picked = new Set(Array.isArray(current) ? current : current === undefined ? [] : [String(current)]);
    const id = `wb-choices-${Math.random().toString(36).slice(2)}`;
    this.list = h("div", { class: "wb-choices", role: "listbox", id, "aria-label": t("Choices") });
    this.input = h("input", {
      class: "wb-input",
      type: "text",
      data: { first: "" },
      placeholder: t("Type to find"),
      role: "combobox",
      "aria-controls": id,
      "aria-expanded": "true",
      "aria-label": t("Find in {what}", { what: titleOf(scheme) }),
      on: { input: () => this.filter(), keydown: (event) => this.key(event) },
    });
    this.overlay = openOverlay(root, titleOf(scheme), [
      ...heading(options),
      this.input,
      this.list,
      this.foot(),
    ]);
    this.filter();
  }

  private filter(): void {
    const all = filterChoices(active(this.options.scheme), this.input.value);
    const often = this.input.value ? [] : (this.options.quick ?? []);
    const quick = often.flatMap((value) => all.find((item) => item.choice.value === value) ?? []);
    this.quick = quick.length;
    this.found = [...quick, ...all].slice(0, MOST);
    const chosen = this.found.findIndex((item) => this.picked.has(item.choice.value));
    this.at = this.input.value ? 0 : Math.max(0, chosen);
    this.draw();
  }

  private draw(): void {
    const filtered = this.input.value !== "";
    fill(this.list, ...this.found.map((item, at) => this.option(item, at, filtered)), this.addition());
    const current = this.list.children[this.at];
    if (current) scrollTo(this.list, current);
    if (current?.id) this.input.setAttribute("aria-activedescendant", current.id);
  }

  private option(item: Found, at: number, filtered: boolean): HTMLElement {
    const often = at < this.quick;
    const whole = filtered || often;
    const label = whole ? item.path : labelOf([item.choice], item.choice.value);
    const option = h(
      "div",
      {
        class: at === this.quick && at > 0 ? "wb-choice wb-choice-all" : "wb-choice",
        role: "option",
        id: `${this.list.id}-${at}`,
        "aria-selected": String(at === this.at),
        data: { value: item.choice.value },
        style: { "padding-inline-start": `${10 + (whole ? 0 : item.depth * 18)}px` },
        on: {
          mousedown: (event) => (event.preventDefault(), this.pick(item)),
          mousemove: () => this.at !== at && ((this.at = at), this.mark()),
        },
      },
      often ? h("kbd", {}, at + 1) : null,
      h("span", { class: item.depth === 0 && !whole ? "wb-choice-top" : "" }, label),
      this.picked.has(item.choice.value) ? h("span", { class: "wb-choice-on" }, "✓") : null,
      item.choice.guideline ? h("span", { class: "wb-quiet wb-choice-help" }, said(item.choice.guideline)) : null,
    );
    option.setAttribute(KEEP_KEYS, "true");
    return option;
  }

  private mark(): void {
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
  }

  private addition(): HTMLElement | null {
    const value = this.input.value.trim();
    if (!this.options.onAdd || !value || this.found.some((item) => item.choice.value === value)) return null;
    return h(
      "button",
      { class: "wb-button wb-button-quiet wb-choice-add", on: { click: () => this.add(value) } },
      t("Add “{what}” as a new choice", { what: value }),
    );
  }

  private add(text: string): void {
    const value = text
      .toLowerCase()
      .split("/")
      .map((part) => part.trim().replace(/\s+/g, "-"))
      .join("/");
    this.overlay.close();
    this.options.onAdd?.(value, text.split("/").pop()!.trim());
  }

  private foot(): HTMLElement {
    const clear = (): void => {
      this.overlay.close();
      this.options.onChoose(null);
    };
    const unsure = (): void => this.unsure();
    return h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h(
        "span",
        { class: "wb-quiet wb-grow" },
        this.options.scheme.kind === "multi"
          ? t("Enter chooses or removes, Esc ends")
          : t("↑ ↓ move, Enter answers, Esc leaves"),
      ),
      h("button", { class: "wb-button wb-button-small wb-button-quiet", on: { click: unsure } }, t("Cannot say"), h("kbd", {}, "0")),
      this.picked.size > 0
        ? h("button", { class: "wb-button wb-button-small wb-button-quiet", on: { click: clear } }, t("Remove my answer"))
        : null,
    );
  }

  private unsure(): void {
    this.overlay.close();
    this.options.onChoose(CANNOT_SAY);
  }

  /** Digits answer at once as long as nothing is typed. */
  private digit(name: string): boolean {
    if (this.input.value || !/^[0-9]$/.test(name)) return false;
    const item = this.found[Number(name) - 1];
    if (name === "0") this.unsure();
    else if (item && Number(name) <= this.quick) this.pick(item);
    else return false;
    return true;
  }

  private pick(item: Found): void {
    const { scheme, onChoose } = this.options;
    if (scheme.kind !== "multi") {
      this.overlay.close();
      return onChoose(typed(scheme, item.choice.value));
    }
    if (!this.picked.delete(item.choice.value)) this.picked.add(item.choice.value);
    onChoose(this.picked.size ? [...this.picked].sort() : null);
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const item = this.found[this.at];
    if (step !== undefined) {
      this.at = Math.min(this.found.length - 1, Math.max(0, this.at + step));
      this.draw();
    } else if (event.key === "Enter" && item) this.pick(item);
    else if (!this.digit(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

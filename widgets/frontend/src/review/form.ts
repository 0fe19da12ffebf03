// Making a queue: which questions, about what, in which order, how many.
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import type { Scheme } from "../core/nouns.ts";
import { inSentences, inWords } from "../core/notice.ts";
import { button, field, newest, settled } from "../work/parts.ts";
import { ORDERS } from "./orders.ts";
import { checkField, countField, nameField, orderField, passesField, queryField, questionsField, USUAL, type Wish } from "./wish.ts";

export class Form {
  readonly element = h("form", { class: "wb-review-form", "aria-label": t("New queue") });
  private wish: Wish = USUAL;
  private schemes: Scheme[] = [];
  private readonly found = h("span", { class: "wb-help wb-numbers", role: "status" });
  private readonly mistake = h("p", { class: "wb-problem", role: "alert" });
  private readonly take = newest();
  private readonly count: { (): void; stop(): void };
  private busy = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly onMade: (id: string) => void,
  ) {
    this.count = settled(() => void this.look(), 250);
    // The browser's own way from Enter to "submit" presses the button with a mouse click of its making.
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || (event.target as HTMLElement).tagName !== "INPUT") return;
      event.preventDefault();
      event.stopPropagation();
      void this.make();
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.make();
    });
  }

  /** Whether a person has it before them, or had. */
  get drawn(): boolean {
    return this.element.hasChildNodes();
  }

  show(schemes: Scheme[], wish: Partial<Wish>): void {
    this.schemes = schemes;
    const had = { ...this.wish, ...wish };
    const known = had.schemes.filter((name) => schemes.some((scheme) => scheme.name === name));
    this.wish = { ...had, schemes: known.length > 0 ? known : schemes.slice(0, 1).map((scheme) => scheme.name) };
    this.draw();
    this.count();
  }

  async make(more: Partial<Wish> = {}): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    fill(this.mistake);
    const wish = { ...this.wish, ...more };
    try {
      const { id } = await this.ctx.call<{ id: string }>("review.make", { ...wish, seed: seed() });
      const { name: _name, query: _query, ...usual } = this.wish;
      this.ctx.remember("review.form", usual);
      this.onMade(id);
    } catch (error) {
      fill(this.mistake, inSentences(error));
    } finally {
      this.busy = false;
    }
  }

  /** The queue that Start would make, as a command: for the code drawer. */
  acts(): Act[] {
    if (this.wish.schemes.length === 0 || this.schemes.length === 0) return [];
    return [{ name: "review.make", args: { ...this.wish } }];
  }

  close(): void {
    this.count.stop();
  }

  private readonly set = (change: Partial<Wish>, redraw = false): void => {
    this.wish = { ...this.wish, ...change };
    if (redraw) this.draw();
    if (change.query !== undefined) this.count();
  };

  private draw(): void {
    const { wish, schemes, set } = this;
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.part;
    const order = ORDERS.find((item) => item.order === wish.order)!;
    const turns = schemes.some((scheme) => wish.schemes.includes(scheme.name) && scheme.on === "both");
    const plain = wish.order !== "again" && wish.order !== "settle";
    fill(
      this.element,
      h("h2", {}, t("New queue")),
      questionsField(wish, schemes, set),
      field(t("About which conversations"), queryField(wish, set), this.found),
      field(t("Order"), orderField(wish, set), t(order.help)),
      h("div", { class: "wb-pair" }, field(t("At most"), countField(wish, set)), field(t("Name"), nameField(wish, set))),
      wish.schemes.length > 1 ? passesField(wish, set) : null,
      turns && plain ? checkField(t("Ask about each turn where the question allows it"), wish.each_turn, "turns", (on) => set({ each_turn: on })) : null,
      this.mistake,
      h("div", { class: "wb-row" }, this.go(), h("span", { class: "wb-quiet" }, t("Enter starts"))),
    );
    if (focused) this.element.querySelector<HTMLElement>(`[data-part="${focused}"]`)?.focus();
  }

  private go(): HTMLElement {
    const start = button(t("Start"), () => {}, { tone: "primary", name: "start" });
    start.type = "submit";
    start.disabled = this.wish.schemes.length === 0;
    return start;
  }

  private async look(): Promise<void> {
    const ticket = this.take();
    try {
      const { count } = await this.ctx.call<{ count: number }>("review.count", { query: this.wish.query });
      if (!ticket.old()) fill(this.found, tn("{n} conversation found", "{n} conversations found", count));
    } catch (error) {
      if (!ticket.old()) fill(this.found, inWords(error).message);
    }
  }
}

function seed(): number {
  return Math.floor(Math.random() * 1_000_000_000);
}


// Before a queue is open: the queues one can go on with, a form for a new one, and what is known about each question.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { markReady } from "../core/ready.ts";
import { keepFocus } from "../core/refocus.ts";
import { arrange } from "../core/rows.ts";
import { line } from "../text/body.ts";
import { ago } from "../text/when.ts";
import { AboutCards } from "./cards.ts";
import { Form } from "./form.ts";
import { named } from "./named.ts";
import { orderLabel } from "./orders.ts";
import type { QueueLine, Start } from "./types.ts";
import type { Wish } from "./wish.ts";

export class StartPage {
  readonly element = h("div", { class: "wb-work wb-review-start" });
  private readonly main = h("div", { class: "wb-review-main" });
  private readonly aside = h("div", { class: "wb-review-aside" });
  readonly form: Form;
  private readonly cards: AboutCards;
  private queues: QueueLine[] = [];
  private readonly list = h("div", { class: "wb-review-queues" });

  constructor(
    private readonly ctx: Ctx,
    private readonly onQueue: (id: string) => void,
  ) {
    this.form = new Form(ctx, (id) => this.onOpen(id));
    this.main.append(this.form.element);
    this.cards = new AboutCards(ctx, (scheme, order) => void this.form.make({ schemes: [scheme], order, query: "", name: "" }));
  }

  async load(wish: Partial<Wish> = {}): Promise<void> {
    if (!this.element.hasChildNodes()) fill(this.element, loading());
    try {
      const start = await this.ctx.call<Start>("review.start");
      // What a person set in the form since it was drawn first is newer than what they made last.
      const usual = this.form.drawn ? {} : ((await this.ctx.recall<Partial<Wish>>("review.form").catch(() => null)) ?? {});
      this.queues = start.queues.map((queue) => named(queue, start.schemes));
      this.draw(start, { ...usual, ...wish });
      markReady(this.element);
    } catch (error) {
      fill(
        this.element,
        failed(error, () => void this.load(wish)),
      );
    }
  }

  shortcuts(): Shortcut[] {
    return this.queues.map((queue, at) => ({
      keys: [String(at + 1)],
      label: t("Go on with {what}", { what: queue.name }),
      run: () => this.onOpen(queue.id),
    }));
  }

  close(): void {
    this.form.close();
    this.cards.close();
  }

  private onOpen(id: string): void {
    this.cards.pause();
    this.onQueue(id);
  }

  private draw(start: Start, wish: Partial<Wish>): void {
    this.form.show(start.schemes, wish);
    this.drawList();
    const title = this.queues.length > 0 ? h("h3", {}, t("Go on with")) : null;
    arrange(this.aside, [title, this.list, h("h3", {}, t("How sure are the answers?")), this.cards.element]);
    arrange(this.element, [this.main, this.aside]);
    void this.cards.show(start.schemes);
  }

  private drawList(): void {
    keepFocus(this.list, () => fill(this.list, ...this.queues.map((queue, at) => this.queue(queue, at))));
  }

  private queue(queue: QueueLine, at: number): HTMLElement {
    const share = queue.total > 0 ? queue.done / queue.total : 0;
    const over = queue.done >= queue.total;
    return h(
      "div",
      { class: "wb-review-queue", data: { queue: queue.id } },
      h(
        "button",
        { class: "wb-review-open", data: { action: "open" }, on: { click: () => this.onOpen(queue.id) } },
        h("kbd", {}, at + 1),
        h(
          "span",
          { class: "wb-grow wb-review-queue-words" },
          h("strong", { class: "wb-clip" }, line(queue.name)),
          h(
            "span",
            { class: "wb-help" },
            `${t(orderLabel(queue.order))} · ${over ? t("all done") : t("{done} of {all}", { done: inDigits(queue.done), all: inDigits(queue.total) })} · ${ago(queue.at)}`,
            queue.author === this.ctx.author ? "" : ` · ${queue.author}`,
          ),
          h("span", { class: "wb-meter wb-meter-wide" }, h("span", { class: "wb-meter-fill", style: { width: `${share * 100}%` } })),
        ),
      ),
      h(
        "button",
        {
          class: "wb-icon-button",
          "aria-label": t("Take {what} off the list", { what: queue.name }),
          title: t("Take it off the list; its answers stay"),
          on: { click: () => void this.away(queue.id) },
        },
        "✕",
      ),
    );
  }

  private async away(id: string): Promise<void> {
    try {
      await this.ctx.call("review.away", { id });
      await this.load();
      this.ctx.notice(t("Off the list. Every answer stays."));
    } catch (error) {
      this.ctx.notice(error);
    }
  }
}

// The questions about what is open: the current one large with its guideline, choices and examples, the others as lines.
import { fill, h, type Child } from "../core/dom.ts";
import { said, t, tn } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { CANNOT_SAY, inFullWords, same, titleOf } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { adviceView, revealView, sidesView } from "./beside.ts";
import { chosen, givenBy, offersAll, type Offer } from "./choices.ts";
import type { Example, Order, Report } from "./types.ts";

/** One question as it stands. */
export interface Asking {
  scheme: Scheme;
  /** "turn 2", or "" for the whole conversation. */
  about: string;
  value: TagValue | undefined;
  offers: Offer[];
  /** Others' answers that may be seen. */
  others: Tag[];
  /** What a machine suggests, before an answer is given. */
  advice: Tag | undefined;
  report: Report | undefined;
  examples: Example[];
  /** Others' answers have just been shown: the person may stay or change. */
  revealed: boolean;
}

export interface QuestionOptions {
  onOffer: (offer: Offer) => void;
  onUnsure: () => void;
  onFind: () => void;
  onAdvice: () => void;
  onStep: (at: number) => void;
  onExamples: () => void;
  onExample: () => void;
}

export class Questions {
  readonly element = h("aside", { class: "wb-ask", "aria-label": t("Questions") });
  private readonly live = h("div", { class: "wb-spoken", role: "status", "aria-live": "polite" });
  private readonly body = h("div", { class: "wb-ask-body" });
  private drawn = "";

  constructor(private readonly options: QuestionOptions) {
    this.element.append(this.live, this.body);
  }

  /** `steady`: only because of what others did, so that nothing is scrolled. */
  show(asking: Asking[], current: number, order: Order, steady = false): void {
    const drawn = JSON.stringify([asking, current, order]);
    if (drawn === this.drawn) return; // the word that an answer is saved changes nothing that is seen
    this.drawn = drawn;
    // Where it is scrolled to stays; to read that here would have the browser lay out what is about to be replaced.
    fill(
      this.body,
      ...asking.map((one, at) => (at === current ? this.large(one, order) : this.small(one, at))),
    );
    const now = this.body.querySelector(".wb-ask-now");
    if (now && !steady) scrollTo(this.body, now);
  }

  say(text: string): void {
    this.live.textContent = text;
  }

  wait(): void {
    this.body.classList.add("wb-waiting");
  }

  ready(): void {
    this.body.classList.remove("wb-waiting");
  }

  private small(one: Asking, at: number): HTMLElement {
    return h(
      "button",
      { class: "wb-ask-line", data: { step: at }, on: { click: () => this.options.onStep(at) } },
      h("span", { class: "wb-ask-mark", "aria-hidden": "true" }, one.value === undefined ? "○" : "●"),
      h("span", { class: "wb-grow wb-clip" }, titleOf(one.scheme), one.about ? ` · ${one.about}` : ""),
      h(
        "span",
        { class: one.value === undefined ? "wb-quiet" : "wb-ask-given" },
        one.value === undefined ? t("open") : line(inFullWords(one.scheme, one.value)),
      ),
    );
  }

  private large(one: Asking, order: Order): HTMLElement {
    const { scheme } = one;
    return h(
      "section",
      { class: "wb-ask-now", "aria-label": titleOf(scheme), data: { scheme: scheme.name } },
      h(
        "div",
        { class: "wb-row" },
        h("h3", { class: "wb-grow" }, titleOf(scheme)),
        one.about ? h("span", { class: "wb-chip wb-chip-accent" }, one.about) : null,
        order === "again" ? h("span", { class: "wb-chip wb-chip-violet" }, t("asked again")) : null,
      ),
      one.revealed ? revealView(one) : scheme.guideline ? h("p", { class: "wb-ask-guideline" }, said(scheme.guideline)) : null,
      order === "settle" ? sidesView(one) : null,
      adviceView(one, this.options.onAdvice),
      h(
        "div",
        { class: "wb-offers", role: "group", "aria-label": t("Answers") },
        ...one.offers.map((offer) => this.offer(one, offer, order)),
        this.find(one),
        this.unsure(one),
      ),
      this.more(one),
    );
  }

  private offer(one: Asking, offer: Offer, order: Order): HTMLElement {
    const on = chosen(one.value, offer.value);
    const advised = one.value === undefined && one.advice !== undefined && same(one.advice.value, offer.value);
    const by = one.revealed || order === "settle" ? givenBy(one.others, offer.value) : [];
    const examples = one.examples.filter((example) => same(example.value, offer.value)).length;
    return h(
      "button",
      {
        class: `wb-offer${on ? " wb-offer-on" : advised ? " wb-offer-advised" : ""}`,
        "aria-pressed": String(on),
        "aria-keyshortcuts": offer.key,
        data: { value: String(offer.value) },
        on: { click: () => this.options.onOffer(offer) },
      },
      h("kbd", { "aria-hidden": "true" }, offer.key),
      h(
        "span",
        { class: "wb-grow" },
        h(
          "span",
          { class: "wb-offer-words" },
          offer.words,
          on ? h("span", { class: "wb-offer-tick", "aria-hidden": "true" }, " ✓") : null,
          ...by.map((who) => h("span", { class: "wb-chip" }, line(who))),
          examples > 0 ? h("span", { class: "wb-quiet" }, tn("{n} example", "{n} examples", examples)) : null,
        ),
        offer.guideline ? h("span", { class: "wb-offer-help" }, offer.guideline) : null,
      ),
    );
  }

  private find(one: Asking): HTMLElement | null {
    if (offersAll(one.scheme)) return null;
    const outside =
      one.value !== undefined && one.value !== CANNOT_SAY && !one.offers.some((offer) => chosen(one.value, offer.value));
    const text = one.scheme.kind === "text";
    return h(
      "button",
      {
        class: outside ? "wb-offer wb-offer-on" : "wb-offer",
        "aria-keyshortcuts": "/",
        on: { click: this.options.onFind },
      },
      h("kbd", { "aria-hidden": "true" }, "/"),
      h(
        "span",
        { class: "wb-grow wb-offer-words" },
        outside ? line(inFullWords(one.scheme, one.value!)) : text ? t("Write the answer") : t("Another one: type to find it"),
      ),
    );
  }

  private unsure(one: Asking): HTMLElement {
    const on = one.value === CANNOT_SAY;
    return h(
      "button",
      {
        class: on ? "wb-offer wb-offer-on" : "wb-offer",
        "aria-pressed": String(on),
        "aria-keyshortcuts": "0",
        title: t("Cannot say: an answer that stays out of averages and agreement"),
        on: { click: this.options.onUnsure },
      },
      h("kbd", { "aria-hidden": "true" }, "0"),
      h("span", { class: "wb-grow wb-offer-words" }, t("Cannot say")),
    );
  }

  private more(one: Asking): HTMLElement {
    const first = one.examples.at(-1);
    const shown: Child[] = first
      ? [
          h(
            "blockquote",
            { class: "wb-example" },
            h("strong", {}, line(inFullWords(one.scheme, first.value))),
            " ",
            line(first.text),
          ),
        ]
      : [];
    return h(
      "div",
      { class: "wb-ask-more" },
      ...shown,
      h(
        "div",
        { class: "wb-wrap" },
        one.examples.length > 0
          ? h(
              "button",
              { class: "wb-button wb-button-small wb-button-quiet", on: { click: this.options.onExamples } },
              t("Examples"),
              h("kbd", {}, keyShown("review", "see-all-examples", "v")),
            )
          : null,
        one.value !== undefined && one.value !== CANNOT_SAY
          ? h(
              "button",
              { class: "wb-button wb-button-small wb-button-quiet", on: { click: this.options.onExample } },
              t("Use as example for {what}", { what: inFullWords(one.scheme, one.value) }),
              h("kbd", {}, keyShown("review", "use-as-an-example", "x")),
            )
          : null,
      ),
    );
  }
}

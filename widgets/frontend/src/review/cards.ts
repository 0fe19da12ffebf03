// One card per question: how far people agree, with each other, with themselves and with suggestions, and what to do.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import type { Scheme } from "../core/nouns.ts";
import { keepFocus } from "../core/refocus.ts";
import { arrange } from "../core/rows.ts";
import { titleOf } from "../tags/answers.ts";
import { followJob } from "../work/jobs.ts";
import { button } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { aboutWords, reportWords } from "./numbers.ts";
import type { About, Order } from "./types.ts";

export class AboutCards {
  readonly element = h("div", { class: "wb-about" });
  private stops = new Map<string, () => void>();
  private readonly cards = new Map<string, HTMLElement>();
  /** The progress of suggesting, by question: it outlives its card drawn anew. */
  private readonly working = new Map<string, HTMLElement>();
  private shown = 0;

  constructor(
    private readonly ctx: Ctx,
    private readonly onStart: (scheme: string, order: Order) => void,
  ) {}

  /** One after the other, so that nothing else waits for the figures. */
  async show(schemes: Scheme[]): Promise<void> {
    const mine = ++this.shown;
    const cards = schemes.map((scheme) => this.card(scheme));
    arrange(this.element, cards);
    for (const [at, scheme] of schemes.entries()) {
      await this.fillCard(cards[at]!, scheme);
      if (mine !== this.shown) return;
    }
  }

  private card(scheme: Scheme): HTMLElement {
    const card = this.cards.get(scheme.name) ?? h("section", { class: "wb-about-card" }, h("h4", {}, titleOf(scheme)));
    this.cards.set(scheme.name, card);
    return card;
  }

  /** Ask for no more figures: something else has the person's attention. */
  pause(): void {
    this.shown += 1;
  }

  close(): void {
    this.shown += 1;
    for (const stop of this.stops.values()) stop();
  }

  private async fillCard(card: HTMLElement, scheme: Scheme): Promise<void> {
    try {
      const about = await this.ctx.call<About>("review.about", { scheme: scheme.name });
      const words = aboutWords(about);
      const parts = [
        h("h4", {}, titleOf(scheme), h("span", { class: "wb-quiet wb-numbers" }, ` ${tn("{n} answered", "{n} answered", about.answered)}`)),
        ...words.map((text) => h("p", { class: "wb-about-line" }, text)),
        ...(suggestible(scheme) ? [this.suggestions(card, scheme, about)] : []),
        about.disputed > 0
          ? button(
              tn("Settle {n} disagreement", "Settle {n} disagreements", about.disputed),
              () => this.onStart(scheme.name, "settle"),
              { small: true, name: `settle-${scheme.name}` },
            )
          : null,
        this.working.get(scheme.name),
      ];
      keepFocus(card, () => arrange(card, parts));
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private suggestions(card: HTMLElement, scheme: Scheme, about: About): HTMLElement {
    if (about.answered < about.fewest)
      return h(
        "p",
        { class: "wb-help" },
        t("Suggestions begin with {n} answered conversations.", { n: inDigits(about.fewest) }),
      );
    const report = about.suggestions;
    return h(
      "div",
      { class: "wb-about-suggest" },
      report
        ? h(
            "p",
            { class: "wb-about-line" },
            tn("{n} suggestion from the nearest answered conversations.", "{n} suggestions from the nearest answered conversations.", report.suggested),
            ` ${reportWords(report)}`,
          )
        : null,
      button(
        report ? t("Suggest again") : t("Suggest from the nearest answered conversations"),
        () => void this.suggest(card, scheme),
        { small: true, name: `suggest-${scheme.name}` },
      ),
    );
  }

  private async suggest(card: HTMLElement, scheme: Scheme): Promise<void> {
    try {
      const { job } = await this.ctx.call<{ job: string }>("review.suggest", { scheme: scheme.name });
      const view = progressView(this.ctx, t("Suggesting {what}", { what: titleOf(scheme) }), job);
      this.working.get(scheme.name)?.remove();
      this.working.set(scheme.name, view.element);
      card.append(view.element);
      this.stops.get(scheme.name)?.();
      const stop = followJob(this.ctx, job, {
        progress: view.update,
        end: (ended) => {
          if (ended.error) this.ctx.notice(ended.error);
          this.working.delete(scheme.name);
          void this.fillCard(card, scheme);
        },
        inView: () => card.isConnected,
      });
      this.stops.set(scheme.name, stop);
    } catch (error) {
      this.ctx.notice(error);
    }
  }
}

function suggestible(scheme: Scheme): boolean {
  return scheme.suggestion !== "never" && scheme.kind !== "text" && scheme.kind !== "multi" && scheme.on !== "turn";
}

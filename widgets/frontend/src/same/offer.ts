// After an edit was accepted: a quiet line that says in how many other drafts the same could be changed, with its key.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { followJob } from "../work/jobs.ts";
import { button, keyed } from "../work/parts.ts";
import { whatItDoes } from "./sentence.ts";
import { openSame } from "./sheet.ts";
import type { Correction, Offered } from "./types.ts";

export class SameOffer {
  readonly element = h("div", { class: "wb-same-offer", role: "status", hidden: true });
  private offered: Offered | null = null;
  private asked = 0;
  private stop: () => void = () => {};

  constructor(
    private readonly ctx: Ctx,
    private readonly onDone: () => void,
  ) {}

  /** Opens the sheet; null while there is nothing to offer. */
  get open(): (() => void) | null {
    const { offered } = this;
    return offered ? () => openSame(this.element, this.ctx, offered, () => (this.clear(), this.onDone())) : null;
  }

  /** Look whether the edit of this draft fits others; nothing is said where it does not. */
  async ask(edited: string): Promise<void> {
    this.clear();
    const asked = this.asked;
    try {
      const { job } = await this.ctx.call<{ job: string }>("repeat.offer", { id: edited });
      if (asked !== this.asked) return;
      this.stop = followJob(this.ctx, job, { inView: () => true, end: () => void this.heard(job, asked) });
    } catch {
      // An offer that cannot be made is none: the decision itself is saved.
    }
  }

  clear(): void {
    this.asked += 1;
    this.stop();
    this.offered = null;
    this.element.hidden = true;
    fill(this.element);
  }

  private async heard(job: string, asked: number): Promise<void> {
    const offered = await this.ctx.call<Offered>("repeat.offered", { job }).catch(() => null);
    if (asked !== this.asked || !offered) return;
    const best = fitting(offered);
    if (!best) return;
    this.offered = offered;
    const look = this.open!;
    fill(
      this.element,
      h("span", { class: "wb-grow" }, tn("The same change fits {n} other draft", "The same change fits {n} other drafts", best.drafts), h("span", { class: "wb-quiet" }, ` ${whatItDoes(best.rules[best.best]!)}`)),
      button(keyed(t("Look at them"), "f"), look, { small: true, name: "same-look" }),
      button("✕", () => this.clear(), { small: true, tone: "quiet", title: t("Not now"), name: "same-not" }),
    );
    this.element.hidden = false;
  }
}

/** The correction that fits most drafts; null when none fits any. */
export function fitting(offered: Offered): Correction | null {
  const best = offered.corrections.reduce<Correction | null>((most, one) => (one.drafts > (most?.drafts ?? 0) ? one : most), null);
  return best;
}

// After an edit: in how many other drafts the same could be changed. A quiet line in Generate, a remark in Browse.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { followJob } from "../work/jobs.ts";
import { button, keyed } from "../work/parts.ts";
import { whatItDoes } from "./sentence.ts";
import { openSame } from "./sheet.ts";
import type { Correction, Offered } from "./types.ts";

/** What an edit could be carried over to; null where that cannot be said. */
export async function offerOf(ctx: Ctx, edited: string, samples = false): Promise<Offered | null> {
  try {
    const { job } = await ctx.call<{ job: string }>("repeat.offer", { id: edited, samples });
    await new Promise<void>((done) => followJob(ctx, job, { inView: () => true, end: () => done() }));
    return await ctx.call<Offered>("repeat.offered", { job });
  } catch {
    return null; // an offer that cannot be made is none: the edit itself is saved
  }
}

/** The correction that fits most drafts; null when none fits any. */
export function fitting(offered: Offered): Correction | null {
  return offered.corrections.reduce<Correction | null>((most, one) => (one.fits > (most?.fits ?? 0) ? one : most), null);
}

export class SameOffer {
  readonly element = h("div", { class: "wb-same-offer", role: "status", hidden: true });
  private offered: Offered | null = null;
  private asked = 0;

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
    const { asked } = this;
    const offered = await offerOf(this.ctx, edited);
    const best = offered && fitting(offered);
    if (asked !== this.asked || !best) return;
    this.offered = offered;
    fill(
      this.element,
      h("span", { class: "wb-grow" }, tn("The same change fits {n} other draft", "The same change fits {n} other drafts", best.fits), h("span", { class: "wb-quiet" }, ` ${whatItDoes(best.rules[best.best]!)}`)),
      button(keyed(t("Look at them"), "f"), () => this.open?.(), { small: true, name: "same-look" }),
      button("✕", () => this.clear(), { small: true, tone: "quiet", title: t("Not now"), says: t("Not now"), name: "same-not" }),
    );
    this.element.hidden = false;
  }

  clear(): void {
    this.asked += 1;
    this.offered = null;
    this.element.hidden = true;
    fill(this.element);
  }
}

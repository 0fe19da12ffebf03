// What opens over the drafts: the candidates of a request side by side, a model's opinions, what a run gave.
import { openAsked } from "../asked/sheet.ts";
import type { Ctx } from "../core/ctx.ts";
import { openCompare } from "./generate_compare.ts";
import { requests } from "./generate_compare_order.ts";
import { openJudge } from "./generate_judge.ts";
import * as q from "./generate_queue.ts";
import type { Run } from "./generate_types.ts";
import { openYield } from "./generate_yield.ts";

/** What a window needs to know of the page behind it, and what it changes there. */
export interface Behind {
  element: HTMLElement;
  queue(): q.Queue;
  set(queue: q.Queue): void;
  decided(ids: string[]): void;
  ranked(ids: string[]): void;
  /** The candidates are no longer side by side. */
  compared(): void;
  /** Open one draft of a run in the queue, wherever it stands there. */
  decideOn(run: string, draft: string): void;
  lost(run: string): void;
  focus(): void;
  refresh(): void;
}

export class DecideWindows {
  private comparing: { close(): void } | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly behind: Behind,
  ) {}

  close(): void {
    this.comparing?.close();
  }

  /** The candidates of the open draft's request side by side, over the whole page. */
  compare(): void {
    const { behind } = this;
    const { open } = behind.queue();
    const groups = (): string[][] => requests(behind.queue().lines);
    if (!groups().some((ids) => ids.includes(open))) return this.ctx.notice(q.whyNoRank(behind.queue(), open));
    const page = behind.element.closest<HTMLElement>(".wb-generate-page") ?? behind.element;
    this.comparing = openCompare(this.ctx, page, open, {
      requests: groups,
      decided: (ids) => (behind.decided(ids), behind.set(q.decided(behind.queue(), ids))),
      ranked: (ranks) => (behind.ranked(Object.keys(ranks)), behind.set(q.ranked(behind.queue(), ranks))),
      closed: (id) => {
        this.comparing = null;
        behind.compared();
        behind.set(id ? q.opened(behind.queue(), id) : behind.queue());
        behind.focus();
      },
    });
  }

  judge(run: string | null): void {
    const { behind } = this;
    openJudge(this.ctx, behind.element, run, () => (behind.focus(), behind.refresh()));
  }

  /** What the model was asked for the open draft. */
  asked(): void {
    const { open } = this.behind.queue();
    if (open) openAsked(this.ctx, this.behind.element, open);
  }

  gave(run: Run | undefined): void {
    const { behind } = this;
    if (run) openYield(behind.element, this.ctx, run, { decide: behind.decideOn, lost: behind.lost });
  }
}

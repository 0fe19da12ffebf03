// What a person decides about drafts: each saved before the next draft opens, and taken back with one key.
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { labelled, said, t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { Saving } from "../work/saving.ts";
import { guaranteeLost, mayGoPlain } from "./generate_plain.ts";
import * as q from "./generate_queue.ts";
import { askReason } from "./generate_reject.ts";
import type { Finding } from "./generate_types.ts";

/** What a decision needs to know, and what it changes. */
export interface Board {
  element: HTMLElement;
  queue(): q.Queue;
  set(queue: q.Queue): void;
  /** These drafts are decided: what was kept of them is old. */
  decided(ids: string[]): void;
  /** The open draft stands elsewhere in the order now. */
  reordered(): void;
  refresh(): Promise<void>;
  /** Fill the queue up when few are left in it. */
  refill(): void;
}

export class Decisions {
  private readonly saving: Saving;
  private readonly made: string[] = [];

  constructor(
    private readonly ctx: Ctx,
    private readonly board: Board,
  ) {
    this.saving = new Saving(ctx, (busy) => this.turned(busy));
  }

  /** One decision is being saved. */
  get busy(): boolean {
    return this.saving.busy;
  }

  async accept(): Promise<void> {
    const { open, lines } = this.board.queue();
    const line = lines.find((item) => item.id === open);
    if (line) await this.decide([open], "draft.accept", { seen: { [open]: line.changed ?? 0 } });
  }

  /** `changed`: how often the draft had been changed when its editor opened. */
  acceptEdited(id: string, turns: Turn[], changed: number): Promise<boolean> {
    return this.decide([id], "draft.accept", { turns, seen: { [id]: changed } });
  }

  reject(): void {
    const id = this.board.queue().open;
    if (id) askReason(this.board.element, (reason) => void this.decide([id], "draft.reject", { reason }));
  }

  async rank(rank: number): Promise<void> {
    const queue = this.board.queue();
    const ranks = q.ranksWith(queue, queue.open, rank);
    if (!ranks) return this.ctx.notice(q.whyNoRank(queue, queue.open));
    try {
      await this.ctx.call("draft.rank", { ranks });
      this.board.reordered();
      this.board.set(q.ranked(this.board.queue(), ranks));
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  async undo(): Promise<void> {
    try {
      if (!(await takeStep(this.ctx, "undo"))) return;
      await this.board.refresh();
      const last = this.made.at(-1);
      if (last && this.board.queue().lines.some((item) => item.id === last)) {
        this.made.pop(); // the step that was taken back was this decision
        this.board.set(q.opened(this.board.queue(), last));
      }
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** Save a decision; only then the next draft opens. */
  private async decide(ids: string[], name: string, args: Record<string, unknown>): Promise<boolean> {
    if (ids.length === 0) return false;
    let mends = false;
    const saved = await this.saving.run(async () => {
      let reply: { found?: Finding[] } | null;
      try {
        reply = await this.ctx.call(name, { ids, ...args });
      } catch (error) {
        if (!guaranteeLost(error)) throw error;
        mends = !(await mayGoPlain(this.board.element, error, (args["turns"] ?? []) as Turn[]));
        if (mends) return;
        reply = await this.ctx.call(name, { ids, ...args, plain: true });
      }
      this.tell(reply?.found ?? []);
      this.made.push(...ids);
      this.board.decided(ids);
      this.board.set(q.decided(this.board.queue(), ids));
    });
    return saved && !mends;
  }

  /** What the gates find in the text as it was rewritten. */
  private tell(found: Finding[]): void {
    if (found.length === 0) return;
    const what = found.map((item) => labelled(said(item.title ?? item.check), said(item.message))).join(" · ");
    this.ctx.notice(t("Accepted. The checks found this in your text, and it is kept with it: {what}", { what }));
  }

  private turned(busy: boolean): void {
    this.board.element.classList.toggle("wb-deciding", busy);
    if (!busy) this.board.refill();
  }
}

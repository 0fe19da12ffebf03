// What a person decides about proposed items: each saved before it leaves the list, and taken back with one key.
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { stepWords } from "../steps/words.ts";
import { Saving } from "../work/saving.ts";
import type { Item, Shelf } from "./approve_types.ts";
import { askReason } from "./generate_reject.ts";

/** What a decision needs to know, and what it changes. */
export interface ApproveBoard {
  element: HTMLElement;
  run(): string;
  /** The item that can be decided on now, or "". */
  open(): string;
  /** These items are decided: they go to another shelf. */
  decided(ids: string[], to: Shelf): void;
  read(): Promise<void>;
  refresh(): void;
}

export class ApproveDecisions {
  /** Items whose decision is being saved. */
  deciding: string[] = [];
  private readonly saving: Saving;

  constructor(
    private readonly ctx: Ctx,
    private readonly board: ApproveBoard,
  ) {
    this.saving = new Saving(ctx, (busy) => !busy && this.ended());
  }

  approve(items: Item[], turns?: Turn[]): Promise<boolean> {
    const ids = items.map((item) => item.id);
    const seen = Object.fromEntries(items.map((item) => [item.id, item.changed]));
    return this.decide(ids, "approve.give", { seen, ...(turns ? { turns } : {}) }, "ready");
  }

  reject(): void {
    const id = this.board.open();
    if (id) askReason(this.board.element, (reason) => void this.decide([id], "draft.reject", { reason }, "rejected"));
  }

  async undo(): Promise<void> {
    try {
      const { step } = await this.ctx.call<{ step: { label: string } | null }>("step.undo");
      this.ctx.notice(step ? t("Taken back: {what}.", { what: stepWords(step.label) }) : t("There is nothing to take back."));
      if (!step) return;
      await this.board.read();
      this.board.refresh();
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** Save a decision; only then the item leaves the list. False also when another run is shown by then. */
  private async decide(ids: string[], name: string, args: Record<string, unknown>, to: Shelf): Promise<boolean> {
    if (!this.board.open() || ids.length === 0) return false;
    const run = this.board.run();
    let here = false;
    await this.saving.run(async () => {
      this.deciding = ids;
      await this.ctx.call(name, { ids, ...args });
      here = run === this.board.run();
      if (here) this.board.decided(ids, to);
    });
    return here;
  }

  private ended(): void {
    this.deciding = [];
    void this.board.read();
    this.board.refresh();
  }
}

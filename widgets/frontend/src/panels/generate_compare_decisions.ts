// What a person decides about the candidates of a request: each saved as one step, and taken back with one key.
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import { stepWords } from "../steps/words.ts";
import { Saving } from "../work/saving.ts";
import { agreementInWords } from "./generate_compare_columns.ts";
import * as o from "./generate_compare_order.ts";
import type { Requests } from "./generate_compare_requests.ts";
import type { Comparison } from "./generate_compare_state.ts";
import { askReason } from "./generate_reject.ts";

/** What a decision needs to know, and what it changes. */
export interface CompareBoard {
  element: HTMLElement;
  requests: Requests;
  /** The draft whose request is shown, or is on its way. */
  asked(): string;
  shown(): Comparison;
  draw(change: Partial<Comparison>): void;
  tell(words: string): void;
  show(id: string): Promise<void>;
  close(open?: string): void;
  decided(ids: string[]): void;
  ranked(ranks: Record<string, number | null>): void;
}

export class CompareDecisions {
  private readonly saving: Saving;
  /** One draft of each request that was decided on: where taking back leads. */
  private readonly made: string[] = [];

  constructor(
    private readonly ctx: Ctx,
    private readonly board: CompareBoard,
  ) {
    this.saving = new Saving(ctx);
  }

  get busy(): boolean {
    return this.saving.busy;
  }

  /** Keep the order as one step; true when there is nothing left to save. */
  async save(): Promise<boolean> {
    const { board } = this;
    const { order } = board.shown();
    const ranks = o.changes(order);
    if (Object.keys(ranks).length === 0) return true;
    const saved = await this.saving.run(async () => {
      await this.ctx.call("draft.rank", { ranks });
      board.ranked(ranks);
      this.made.push(board.asked());
      board.requests.forget();
      board.draw({ order: o.savedNow(board.shown().order, order.places) });
      board.tell(t("The order is saved."));
    });
    return saved && this.save(); // places that were given meanwhile
  }

  async best(): Promise<void> {
    const { board } = this;
    const { now, order } = board.shown();
    if (!now) return;
    if (o.bestOf(order, now.candidates).length === 0) return board.tell(t("Put the best one on place 1 first."));
    const ranks = o.everyPlace(order, now.candidates);
    const seen = Object.fromEntries(now.candidates.map((one) => [one.id, one.changed]));
    const next = board.requests.beside(board.asked(), 1);
    if (!(await this.decide("draft.prefer", { ranks, seen }, Object.keys(ranks), board.asked()))) return;
    if (next === "") return board.close();
    await board.show(next);
    board.tell(t("The best was accepted, the others were rejected as not preferred."));
  }

  reject(): void {
    const { now, focused } = this.board.shown();
    if (!now || !focused || this.busy) return;
    askReason(this.board.element, (reason) => void this.turnDown(focused, reason));
  }

  /** Who wrote what: asked for only now, after the order so far is saved. */
  async reveal(): Promise<void> {
    const { board } = this;
    const { now, makers } = board.shown();
    if (!now) return;
    if (makers) return board.draw({ makers: null });
    if (!(await this.save())) return;
    const asked = board.asked();
    await this.saving.run(async () => {
      const found = await this.ctx.call<o.Revealed>("draft.reveal", { id: asked });
      if (asked !== board.asked()) return;
      board.draw({ makers: new Map(found.candidates.map((one) => [one.id, one])) });
      board.tell(agreementInWords(found));
    });
  }

  async undo(): Promise<void> {
    const { board } = this;
    await this.saving.run(async () => {
      const { step } = await this.ctx.call<{ step: { label: string } | null }>("step.undo");
      board.requests.forget();
      if (!step) return board.tell(t("There is nothing to take back."));
      await board.show(this.made.pop() ?? board.asked());
      board.tell(t("Taken back: {what}.", { what: stepWords(step.label) }));
    });
  }

  private async turnDown(id: string, reason: string): Promise<void> {
    const { board } = this;
    if (!(await this.save())) return;
    const rest = board.shown().now?.candidates.filter((one) => one.id !== id) ?? [];
    const next = board.requests.beside(board.asked(), 1);
    if (!(await this.decide("draft.reject", { ids: [id], reason }, [id], rest[0]?.id ?? id))) return;
    if (rest.length > 1) return board.show(rest[0]!.id);
    if (next) return board.show(next);
    board.close(rest[0]?.id ?? "");
  }

  /** Save a decision; taking it back leads to the draft `back`. */
  private decide(name: string, args: Record<string, unknown>, ids: string[], back: string): Promise<boolean> {
    const { board } = this;
    return this.saving.run(async () => {
      await this.ctx.call(name, args);
      this.made.push(back);
      board.requests.forget();
      board.decided(ids);
    });
  }
}

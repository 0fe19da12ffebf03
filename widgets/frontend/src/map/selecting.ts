// What is picked out on the map, kept in the workspace: chosen, cleared, taken back, and read again.
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import { CommandError } from "../core/rpc.ts";
import { chosenCard, type Chosen } from "./chosen.ts";
import type { Selection } from "./types.ts";

export interface SelectingOptions {
  ctx: Ctx;
  /** The query whose picture is shown, and which layout it has. */
  picture: () => { query: string; layout?: number };
  /** What was picked on has been laid out anew. */
  onStale: () => void;
  /** It is another one now, or the same once more: mark its points. */
  onShow: () => void;
  onCleared: () => void;
}

export class Selecting {
  readonly card: Chosen;
  private chosen: Selection | null = null;

  constructor(private readonly options: SelectingOptions) {
    this.card = chosenCard(options.ctx, () => void this.clear());
  }

  get now(): Selection | null {
    return this.chosen;
  }

  /** What was selected when the page opened: there is no picture to mark it on yet. */
  begin(selection: Selection | null): void {
    this.chosen = selection;
    this.card.show(selection);
  }

  async select(args: Record<string, unknown>): Promise<void> {
    const { ctx, picture, onStale } = this.options;
    try {
      this.chosen = await ctx.call<Selection | null>("map.select", { ...picture(), ...args });
      if (!this.chosen) ctx.notice(t("There is no conversation inside."));
    } catch (error) {
      ctx.notice(error);
      if (error instanceof CommandError && error.code === "stale_map") onStale();
    }
    this.show();
  }

  async clear(): Promise<void> {
    const { ctx, onCleared } = this.options;
    try {
      await ctx.call("map.clear");
      this.chosen = null;
      ctx.notice(t("The selection is cleared. u brings it back."));
    } catch (error) {
      ctx.notice(error);
    }
    this.show();
    onCleared();
  }

  async step(which: "undo" | "redo"): Promise<void> {
    const { ctx } = this.options;
    try {
      if (await takeStep(ctx, which)) await this.read();
    } catch (error) {
      ctx.notice(error);
    }
  }

  /** It may have been changed elsewhere. */
  again(): void {
    void this.read().catch(this.options.ctx.notice);
  }

  private async read(): Promise<void> {
    this.chosen = await this.options.ctx.call<Selection | null>("map.selection");
    this.show();
  }

  private show(): void {
    this.card.show(this.chosen);
    this.options.onShow();
  }
}

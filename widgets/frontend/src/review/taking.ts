// Undo and redo in an open queue: back to the place where the last thing was decided.
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";

export interface TakingOptions {
  ctx: Ctx;
  /** Places where something was decided, the newest last. */
  trail: number[];
  /** Answers are kept by the queue, not in the workspace: undo forgets them here. */
  apart: boolean;
  forget: (place: number) => Promise<void>;
  /** Read the queue again and open a place of it; by default the one that is next. */
  reload: (place?: number) => Promise<void>;
}

export class Taking {
  constructor(private readonly options: TakingOptions) {}

  async undo(): Promise<void> {
    const { ctx, trail, apart, forget } = this.options;
    const back = trail.pop();
    if (!apart) return this.doing("undo", back);
    if (back === undefined) return ctx.notice(t("There is nothing to take back."));
    await forget(back);
  }

  async redo(): Promise<void> {
    await this.doing("redo", undefined);
  }

  /** Change the workspace, then show what is true. */
  private async doing(what: "undo" | "redo", place: number | undefined): Promise<void> {
    try {
      await takeStep(this.options.ctx, what);
      await this.options.reload(place);
    } catch (error) {
      this.options.ctx.notice(error);
    }
  }
}

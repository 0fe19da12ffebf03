// Something was done that one button takes back: what is told, with the button beside it.
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import type { Step } from "./words.ts";

/** Tell what was done as the step of that number, with a button that takes it back. */
export function tellUndoable(ctx: Ctx, message: string, step: number, after: () => void): void {
  const back = async (): Promise<void> => {
    try {
      await takeThatBack(ctx, step);
      after();
    } catch (error) {
      ctx.notice(error);
    }
  };
  ctx.notice({ message, act: { label: t("Undo"), run: () => void back() } });
}

/** Undo takes the newest step; a button that was pressed late must not take another one. */
async function takeThatBack(ctx: Ctx, step: number): Promise<void> {
  const steps = await ctx.call<Step[]>("step.list", { limit: 20 });
  const newest = steps.find((item) => item.undoable && !item.undone);
  if (newest?.id === step) await takeStep(ctx, "undo");
  else ctx.notice(t("You did something else since then: take it back from the list of what you did."));
}

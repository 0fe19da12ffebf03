// What changes a workspace besides tags: undo and redo, putting aside, and telling about it.
import type { Ctx } from "../core/ctx.ts";

interface StepAnswer {
  step: { label: string; samples: number } | null;
}

/** Take back (or do again) my newest step; answers whether there was one. */
export async function takeStep(ctx: Ctx, which: "undo" | "redo"): Promise<boolean> {
  const { step } = await ctx.call<StepAnswer>(`step.${which}`);
  if (!step) {
    ctx.notice(which === "undo" ? "There is nothing to take back." : "There is nothing to do again.");
    return false;
  }
  const many = step.samples > 1 ? `, ${step.samples.toLocaleString()} conversations` : "";
  ctx.notice(`${which === "undo" ? "Taken back" : "Done again"}: ${step.label}${many}.`);
  return true;
}

/** Put samples aside, or bring them back. */
export async function setAside(ctx: Ctx, ids: string[], back: boolean): Promise<void> {
  const { changed } = await ctx.call<{ changed: number }>(back ? "sample.restore" : "sample.archive", { ids });
  ctx.notice(`${back ? "Brought back" : "Put aside"}: ${changed.toLocaleString()}. u takes it back.`);
}

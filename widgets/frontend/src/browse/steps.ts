// What changes a workspace besides tags: undo and redo, putting aside, and telling about it.
import type { Ctx } from "../core/ctx.ts";
import { inDigits, t } from "../core/i18n.ts";
import { CommandError } from "../core/rpc.ts";
import { howMany, stepWords } from "../steps/words.ts";
import { followJob } from "../work/jobs.ts";

interface StepAnswer {
  step: { label: string; samples: number } | null;
  /** A large step takes a while: it is a job. */
  job?: string;
}

/** Take back (or do again) my newest step; answers whether there was one. */
export async function takeStep(ctx: Ctx, which: "undo" | "redo"): Promise<boolean> {
  const { step, job } = await ctx.call<StepAnswer>(`step.${which}`, { later: true });
  if (!step) {
    ctx.notice(which === "undo" ? t("There is nothing to take back.") : t("There is nothing to do again."));
    return false;
  }
  if (job) await ended(ctx, job);
  const what = [stepWords(step.label), howMany(step.samples)].filter(Boolean).join(", ");
  ctx.notice(which === "undo" ? t("Taken back: {what}.", { what }) : t("Done again: {what}.", { what }));
  return true;
}

/** Wait for a job that takes steps back; a step that has to stay is told like any other refusal. */
async function ended(ctx: Ctx, job: string): Promise<void> {
  await new Promise<void>((done) => followJob(ctx, job, { inView: () => true, end: () => done() }));
  const { blocked } = await ctx.call<{ blocked?: string }>("step.taken", { job });
  if (blocked) throw new CommandError({ code: "invalid_input", message: blocked, hint: "" });
}

/** Put samples aside, or bring them back. */
export async function setAside(ctx: Ctx, ids: string[], back: boolean): Promise<void> {
  const { changed } = await ctx.call<{ changed: number }>(back ? "sample.restore" : "sample.archive", { ids });
  const n = inDigits(changed);
  ctx.notice(back ? t("Brought back: {n}. u takes it back.", { n }) : t("Put aside: {n}. u takes it back.", { n }));
}

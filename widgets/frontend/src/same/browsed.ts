// Browse: the edit of a conversation that came from a run, carried over to the others of that run.
import type { Ctx } from "../core/ctx.ts";
import { t, tn } from "../core/i18n.ts";
import type { Sample } from "../core/nouns.ts";
import { fitting, offerOf } from "./offer.ts";
import { openSame } from "./sheet.ts";

/** After a save: a remark with a button, where the same change fits others. */
export async function remarkSame(root: HTMLElement, ctx: Ctx, sample: Sample, onDone: () => void): Promise<void> {
  if (sample.origin.kind !== "generated") return;
  const offered = await offerOf(ctx, sample.id, true);
  const best = offered && fitting(offered);
  if (!best || !root.isConnected) return;
  ctx.notice({
    message: t("Saved as revision {n}. u takes it back.", { n: sample.revision }),
    hint: tn("The same change fits {n} other of its run.", "The same change fits {n} others of its run.", best.fits),
    act: { label: t("Look at them"), run: () => openSame(root, ctx, offered, onDone, true) },
  });
}

/** Asked for by key: the last edit of this conversation, elsewhere. */
export async function openSameOf(root: HTMLElement, ctx: Ctx, sample: Sample, onDone: () => void): Promise<void> {
  const offered = sample.origin.kind === "generated" ? await offerOf(ctx, sample.id, true) : null;
  if (offered?.run && offered.corrections.length > 0) openSame(root, ctx, offered, onDone, true);
  else ctx.notice(t("Only the edit of a generated conversation can be looked for in the others of its run."));
}

// The saved queries as the query bar shows them: read again when the bar is used, and removed from its list.
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import type { Saved } from "../query/complete.ts";
import { tellUndoable } from "../steps/takeback.ts";

export interface SavedQueries {
  /** Somebody may have saved or removed one since. */
  again(): void;
  remove(name: string): void;
}

export function savedQueries(ctx: Ctx, shown: (saved: Saved[]) => void): SavedQueries {
  const load = async (): Promise<void> => {
    try {
      shown(await ctx.call<Saved[]>("browse.slices"));
    } catch (error) {
      ctx.notice(error);
    }
  };
  const remove = async (name: string): Promise<void> => {
    try {
      const { slices, step } = await ctx.call<{ slices: Saved[]; step: number }>("browse.remove", { name });
      shown(slices);
      tellUndoable(ctx, t("{name} is removed; its builds stay.", { name }), step, () => void load());
    } catch (error) {
      ctx.notice(error);
    }
  };
  return { again: () => void load(), remove: (name) => void remove(name) };
}

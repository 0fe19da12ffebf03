// The choices of a long list that have a digit of their own: nine places that stay put, so that fingers can learn them.
import type { Ctx } from "../core/ctx.ts";

export const PLACES = 9;

interface Kept {
  values: string[];
  /** When each was used last, as a count of uses. */
  used: Record<string, number>;
}

export class Quick {
  private kept = new Map<string, Kept>();
  private uses = 0;

  constructor(private readonly ctx: Pick<Ctx, "remember" | "recall">) {}

  /** The values of a scheme's places, in order of their digits. */
  values(scheme: string): string[] {
    return this.kept.get(scheme)?.values ?? [];
  }

  /** What the person had; where they had nothing yet, these. */
  async load(scheme: string, first: string[], known: (value: string) => boolean): Promise<void> {
    const had = (await this.ctx.recall<string[]>(`quick.${scheme}`).catch(() => null)) ?? [];
    const values = [...new Set([...had.filter(known), ...first])].slice(0, PLACES);
    this.kept.set(scheme, { values, used: {} });
  }

  /** A value was answered: it gets a place, at the end or instead of the one not used for longest. */
  use(scheme: string, value: string): void {
    const kept = this.kept.get(scheme);
    if (!kept) return;
    kept.used[value] = ++this.uses;
    if (!kept.values.includes(value)) this.place(kept, value);
    else return;
    this.ctx.remember(`quick.${scheme}`, kept.values);
  }

  private place(kept: Kept, value: string): void {
    if (kept.values.length < PLACES) {
      kept.values = [...kept.values, value];
      return;
    }
    const oldest = kept.values.reduce((a, b) => ((kept.used[b] ?? 0) <= (kept.used[a] ?? 0) ? b : a));
    kept.values = kept.values.map((item) => (item === oldest ? value : item));
  }
}

// The queries a person asked lately, kept for them in the workspace.
import type { Ctx } from "../core/ctx.ts";

const NAME = "recent-queries";
const KEEP = 20;

export class RecentQueries {
  private queries: string[] = [];

  constructor(private readonly ctx: Pick<Ctx, "remember" | "recall">) {}

  async load(): Promise<void> {
    const kept = await this.ctx.recall<unknown>(NAME);
    const known = Array.isArray(kept) ? kept.filter((item): item is string => typeof item === "string") : [];
    this.queries = [...new Set([...this.queries, ...known])].slice(0, KEEP);
  }

  /** Newest first. */
  get all(): string[] {
    return this.queries;
  }

  /** A query that was run on purpose: with Enter, from a filter, from another page. */
  add(query: string): void {
    const asked = query.trim();
    if (!asked || this.queries[0] === asked) return;
    this.queries = [asked, ...this.queries.filter((item) => item !== asked)].slice(0, KEEP);
    this.ctx.remember(NAME, this.queries);
  }
}

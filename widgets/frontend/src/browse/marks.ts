// Which rows are marked for a common answer: one by one, a range, or everything that was found.
import type { Session } from "./session.ts";

export class Marking {
  /** Where the last single mark was put: a range reaches from there. */
  private anchor: string | null = null;

  constructor(private readonly session: Session) {}

  /** Mark the current row, or take its mark off. */
  toggle(): void {
    const id = this.session.currentId;
    if (!id) return;
    this.anchor = id;
    this.session.mark(id);
  }

  one(id: string): void {
    this.anchor = id;
    this.session.mark(id);
  }

  /** From the last mark (or the open row) to row `to`, both included; rows that are not here yet are fetched. */
  async range(to: number): Promise<void> {
    const { session } = this;
    const from = this.anchor ? (session.found.pages.find((row) => row.id === this.anchor) ?? session.current) : session.current;
    const ids = await session.found.idsBetween(Math.min(from, to), Math.max(from, to));
    session.markAll(ids);
  }

  /** Everything the query finds; answers how many were left out because they are too many. */
  async everything(): Promise<number> {
    const { session } = this;
    const found = await session.ctx.call<{ ids: string[]; total: number }>("browse.ids", {
      query: session.found.query,
      sort: session.found.sort,
    });
    session.markAll(found.ids);
    return found.total - found.ids.length;
  }
}

// The requests that can be compared: their candidates, each asked for once and the next one beforehand; which comes next.
import type { Call } from "../core/rpc.ts";
import type { Compared } from "./generate_compare_order.ts";

export class Requests {
  private readonly known = new Map<string, Promise<Compared>>();

  constructor(
    private readonly call: Call,
    private readonly all: () => string[][],
  ) {}

  /** The candidates of a draft's request. */
  get(id: string): Promise<Compared> {
    const found = this.known.get(id) ?? this.call<Compared>("draft.candidates", { id });
    this.known.set(id, found);
    found.catch(() => this.known.delete(id));
    return found;
  }

  /** Something was decided or came: what is known is old. */
  forget(): void {
    this.known.clear();
  }

  /** Which of how many requests a draft belongs to, from 1; 0 for none of them. */
  placeOf(id: string): [number, number] {
    const all = this.all();
    return [all.findIndex((ids) => ids.includes(id)) + 1, all.length];
  }

  /** One candidate of the next request (1) or the one before (-1); "" when there is none. */
  beside(id: string, by: number): string {
    const all = this.all();
    const at = all.findIndex((ids) => ids.includes(id));
    const next = at < 0 ? all[0] : all[(at + by + all.length) % all.length];
    return next && !next.includes(id) ? next[0]! : "";
  }

  /** Ask for the next request's candidates before a person goes there. */
  prefetch(id: string): void {
    const next = this.beside(id, 1);
    if (next) this.get(next).catch(() => {});
  }
}

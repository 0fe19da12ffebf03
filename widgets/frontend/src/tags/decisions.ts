// Sends decisions to Python in order, knows which are still on their way, and takes back what was refused.
import type { Tag } from "../core/nouns.ts";
import type { Call, CommandError } from "../core/rpc.ts";
import type { Decision } from "./answers.ts";
import type { Journal } from "./journal.ts";

/** From behind one position of the journal to another, included. */
export type Span = [after: number, upTo: number];

export interface DecisionsOptions {
  call: Call;
  journal: Journal;
  /** Paint at once, before Python has answered. */
  onOptimistic: (decision: Decision) => void;
  /** Python's word: these samples' tags now (null: too many to tell). */
  onSaved: (decision: Decision, tags: Tag[] | null) => void;
  /** Between which positions of the journal it was written, and nothing else was. */
  onWrote?: (span: Span) => void;
  onRefused: (decision: Decision, error: unknown) => void;
  onPending: (count: number) => void;
}

export class Decisions {
  constructor(private readonly options: DecisionsOptions) {}

  /** Resolves with whether it was saved; never rejects. */
  async decide(decision: Decision): Promise<boolean> {
    this.options.onOptimistic(decision);
    return this.send(decision);
  }

  /** Send again what an earlier page could not; answers how many of them were really not saved before. */
  async recover(): Promise<number> {
    const left = this.options.journal.leftovers();
    const saved = await Promise.all(left.map(({ decision, age }) => this.send(decision, age)));
    return saved.filter(Boolean).length;
  }

  /** Resolves with whether it was saved; of what is sent again, with whether that changed anything. */
  private async send(decision: Decision, age?: number): Promise<boolean> {
    const { call, journal, onSaved, onRefused, onPending } = this.options;
    const id = journal.add(decision, Date.now() - (age ?? 0));
    onPending(journal.size);
    try {
      const answer = await call(...command(decision, age));
      journal.done(id);
      if (answer.wrote) this.options.onWrote?.(answer.wrote as Span);
      onSaved(decision, answer.tags as Tag[] | null);
      return age === undefined || answer.changed !== 0;
    } catch (error) {
      if ((error as CommandError).code === "closed") {
        journal.leave();
        return false;
      }
      journal.done(id);
      onRefused(decision, error);
      return false;
    } finally {
      onPending(journal.size);
    }
  }
}

/** The command that a decision is, and its arguments; with an `age`, Python lets what was done since stand. */
export function command(decision: Decision, age?: number): [string, Record<string, unknown>] {
  const { ids, scheme, value, turn, review } = decision;
  const args = { ids, scheme, ...(turn ? { turn } : {}), ...(age !== undefined ? { age } : {}) };
  if (value === null) return ["tag.clear", args];
  if (review?.how === "again") return ["review.again", { ids, scheme, value, queue: review.queue, ...(age !== undefined ? { age } : {}) }];
  if (review) return ["review.settle", { ...args, value, queue: review.queue, note: review.note ?? "" }];
  return ["tag.set", { ...args, value }];
}

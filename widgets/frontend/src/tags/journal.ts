// Decisions that Python has not confirmed yet, kept in the browser so that a dead kernel or a closed page loses none.
import type { Decision } from "./answers.ts";

interface Kept {
  at: number;
  decision: Decision;
}

const OLDEST_MS = 24 * 3600 * 1000;

export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export class Journal {
  private kept = new Map<number, Kept>();
  private last = 0;

  constructor(
    private readonly key: string,
    private readonly keeper: Keeper | null,
  ) {}

  /** What an earlier page left unconfirmed; asking takes it over. Very old decisions are not repeated. */
  leftovers(now = Date.now()): Decision[] {
    try {
      const found = JSON.parse(this.keeper?.getItem(this.key) ?? "[]") as Kept[];
      this.keeper?.removeItem(this.key);
      return found.filter((item) => now - item.at < OLDEST_MS).map((item) => item.decision);
    } catch {
      return [];
    }
  }

  add(decision: Decision, now = Date.now()): number {
    const id = ++this.last;
    this.kept.set(id, { at: now, decision });
    this.save();
    return id;
  }

  done(id: number): void {
    if (this.kept.delete(id)) this.save();
  }

  /** What is not confirmed yet, oldest first. */
  decisions(): Decision[] {
    return [...this.kept.values()].map((item) => item.decision);
  }

  get size(): number {
    return this.kept.size;
  }

  private save(): void {
    try {
      if (this.kept.size === 0) this.keeper?.removeItem(this.key);
      else this.keeper?.setItem(this.key, JSON.stringify([...this.kept.values()]));
    } catch {
      // A full or forbidden browser store costs the safety net, never the decision itself.
    }
  }
}

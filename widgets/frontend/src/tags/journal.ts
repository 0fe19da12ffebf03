// Decisions that Python has not confirmed yet, kept in the browser so that a dead kernel or a closed page loses none.
import type { Decision } from "./answers.ts";

interface Kept {
  at: number;
  decision: Decision;
}

const OLDEST_MS = 24 * 3600 * 1000;

export interface Keeper {
  readonly length: number;
  key(at: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The journals of this page whose decisions are still on their way: nobody else may take those over. */
const living = new Set<string>();
let made = 0;

/** One item in the browser's store for each decision, so that two journals of a page never write over each other. */
export class Journal {
  private readonly kept = new Map<string, Kept>();
  private readonly name: string;
  private last = 0;

  constructor(
    private readonly key: string,
    private readonly keeper: Keeper | null,
  ) {
    // Names are in the order the journals were made, also within one millisecond.
    const order = `${Date.now()}-${String(++made).padStart(6, "0")}`;
    this.name = `${order}-${Math.random().toString(36).slice(2, 8)}`;
  }

  /** What a page that is gone left unconfirmed, oldest first, each with its age in milliseconds; asking takes it over.
   * Very old ones are dropped. A browser that died may bring back what was confirmed just before. */
  leftovers(now = Date.now()): { decision: Decision; age: number }[] {
    const found = this.found().map(([name, text]) => {
      this.keeper?.removeItem(name);
      return read(text);
    });
    const fresh = found.filter((item): item is Kept => item !== null && now - item.at < OLDEST_MS);
    return fresh.sort((a, b) => a.at - b.at).map(({ at, decision }) => ({ decision, age: Math.max(0, now - at) }));
  }

  add(decision: Decision, now = Date.now()): string {
    const id = `${this.key}.${this.name}.${String(++this.last).padStart(9, "0")}`;
    const item = { at: now, decision };
    living.add(this.name);
    this.kept.set(id, item);
    try {
      this.keeper?.setItem(id, JSON.stringify(item));
    } catch {
      // A full or forbidden browser store costs the safety net, never the decision itself.
    }
    return id;
  }

  done(id: string): void {
    if (this.kept.delete(id)) this.keeper?.removeItem(id);
  }

  /** Nobody answers this journal any more: what it keeps is for whoever comes next. */
  leave(): void {
    living.delete(this.name);
  }

  /** What is not confirmed yet, oldest first. */
  decisions(): Decision[] {
    return [...this.kept.values()].map((item) => item.decision);
  }

  get size(): number {
    return this.kept.size;
  }

  /** Names and texts of what others left, in the order it was written. */
  private found(): [string, string][] {
    const names: string[] = [];
    for (let at = 0; at < (this.keeper?.length ?? 0); at++) {
      const name = this.keeper?.key(at) ?? "";
      const journal = name.startsWith(`${this.key}.`) ? (name.split(".").at(-2) ?? "") : "";
      if (journal && journal !== this.name && !living.has(journal)) names.push(name);
    }
    return names.sort().map((name) => [name, this.keeper?.getItem(name) ?? ""]);
  }
}

function read(text: string): Kept | null {
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null;
  }
}

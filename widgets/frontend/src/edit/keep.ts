// What is typed and not saved yet, kept in the browser: a reload, a dead kernel or a closed page loses none of it.
import type { Turn } from "../core/nouns.ts";
import type { Keeper } from "../tags/journal.ts";

export interface Copy {
  /** The revision that was being edited. */
  base: number;
  turns: Turn[];
  /** The turns of that revision: what was typed is compared with them even when somebody saves meanwhile. */
  saved: Turn[];
  note: string;
  at: number;
}

/** One copy for each sample of a workspace and author. */
export class Copies {
  private readonly prefix: string;

  constructor(
    place: string,
    author: string,
    private readonly keeper: Keeper | null,
  ) {
    this.prefix = `workbench.edit\n${place}\n${author}\n`;
  }

  /** Whether the copy could be kept: a full or forbidden browser store says no. */
  put(sample: string, copy: Copy): boolean {
    try {
      this.keeper?.setItem(this.prefix + sample, JSON.stringify(copy));
      return this.keeper !== null;
    } catch {
      return false;
    }
  }

  get(sample: string): Copy | null {
    try {
      const found = JSON.parse(this.keeper?.getItem(this.prefix + sample) ?? "null") as Copy | null;
      return found && Array.isArray(found.turns) && Array.isArray(found.saved) ? found : null;
    } catch {
      return null;
    }
  }

  drop(sample: string): void {
    try {
      this.keeper?.removeItem(this.prefix + sample);
    } catch {
      // Nothing is kept where nothing may be kept.
    }
  }

  /** The samples with a copy, the newest first. */
  list(): { sample: string; at: number }[] {
    const found: { sample: string; at: number }[] = [];
    for (let at = 0; at < (this.keeper?.length ?? 0); at++) {
      const name = this.keeper?.key(at) ?? "";
      if (!name.startsWith(this.prefix)) continue;
      const sample = name.slice(this.prefix.length);
      const copy = this.get(sample);
      if (copy) found.push({ sample, at: copy.at });
    }
    return found.sort((a, b) => b.at - a.at);
  }
}

export function browserStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

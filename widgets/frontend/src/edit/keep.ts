// What is typed and not saved yet, kept in the browser: a reload, a dead kernel or a closed page loses none of it.
import { t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import type { Keeper } from "../tags/journal.ts";

const KEEP_MS = 300;

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

export interface Typed {
  sample: string;
  /** What to keep; null when nothing was typed. */
  copy: Copy | null;
}

/** Keeps it a moment after the last key, until it is saved or nothing is typed any more. */
export class Keeping {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private warned = false;

  /** `typed` says what is typed now; null when no sample is open. */
  constructor(
    private readonly copies: Copies,
    private readonly typed: () => Typed | null,
    private readonly notice: (what: unknown) => void,
  ) {}

  later(): void {
    this.stop();
    this.timer = setTimeout(() => this.keep(), KEEP_MS);
  }

  keep(): void {
    const typed = this.typed();
    if (!typed) return;
    this.stop();
    if (!typed.copy) return this.copies.drop(typed.sample);
    if (this.copies.put(typed.sample, typed.copy) || this.warned) return;
    this.warned = true;
    this.notice(t("The browser has no room to keep what you type: save it before you close the page."));
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

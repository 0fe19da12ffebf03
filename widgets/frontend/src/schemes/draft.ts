// A question while it is being changed: its steps are taken by Python, its texts here; nothing is saved until `save`.
import type { Ctx } from "../core/ctx.ts";
import { makeEmitter } from "../core/emitter.ts";
import type { Choice, Scheme } from "../core/nouns.ts";
import { newest, settled } from "../work/parts.ts";
import { NO_IMPACT, choicesOf, type Change, type Impact, type Saved } from "./types.ts";

const LOOK_MS = 250;

interface Events {
  /** The choices, the selection or the question itself changed. */
  changed: null;
  /** What the change would do became known. */
  impact: null;
}

export class Draft {
  readonly events = makeEmitter<Events>();
  before: Change | null = null;
  change: Change | null = null;
  counts: Record<string, number> = {};
  impact: Impact = NO_IMPACT;
  selected = "";
  private past: Change[] = [];
  private readonly ticket = newest();
  private readonly lookSoon = settled(() => void this.look(), LOOK_MS);

  constructor(private readonly ctx: Ctx) {}

  get scheme(): Scheme {
    return this.change!.scheme;
  }

  get fresh(): boolean {
    return this.scheme.version === 0;
  }

  get dirty(): boolean {
    return this.change !== null && JSON.stringify(this.change) !== JSON.stringify(this.before);
  }

  get choice(): Choice | undefined {
    return this.change ? choicesOf(this.scheme).find((choice) => choice.value === this.selected) : undefined;
  }

  get canGoBack(): boolean {
    return this.past.length > 0;
  }

  /** Begin with a saved question, or with "" a new one. */
  async open(name: string): Promise<void> {
    const answer = await this.ctx.call<{ change: Change; counts: Record<string, number> }>("scheme.open", { name });
    this.lookSoon.stop(); // what was asked about the change before is no longer of interest
    this.ticket();
    this.before = answer.change;
    this.change = answer.change;
    this.counts = answer.counts;
    this.impact = NO_IMPACT;
    this.past = [];
    this.selected = choicesOf(answer.change.scheme)[0]?.value ?? "";
    this.events.emit("changed", null);
    this.events.emit("impact", null);
  }

  select(value: string): void {
    this.selected = value;
    this.events.emit("changed", null);
  }

  /** A step that may touch answers: taken by Python, which tells what the whole change would do. Says whether it was. */
  async step(what: string, args: Record<string, unknown>, select?: (change: Change) => string): Promise<boolean> {
    const change = this.change!;
    this.ticket();
    try {
      const answer = await this.ctx.call<{ change: Change; impact: Impact }>("scheme.step", { change, do: what, ...args });
      this.past.push(change);
      this.change = answer.change;
      this.impact = answer.impact;
    } catch (error) {
      this.ctx.notice(error);
      return false;
    }
    if (select) this.selected = select(this.change) || this.selected;
    if (!this.choice) this.selected = choicesOf(this.scheme)[0]?.value ?? "";
    this.events.emit("changed", null);
    this.events.emit("impact", null);
    return true;
  }

  /** Texts of the question itself: no answer is touched by them. */
  write(more: Partial<Scheme>): void {
    this.put({ ...this.change!, scheme: { ...this.scheme, ...more } });
  }

  writeChoice(value: string, more: Partial<Choice>): void {
    const choices = choicesOf(this.scheme).map((choice) => (choice.value === value ? { ...choice, ...more } : choice));
    this.put({ ...this.change!, scheme: { ...this.scheme, choices } });
  }

  /** Take back the last step, before anything was saved. */
  back(): void {
    const change = this.past.pop();
    if (!change) return;
    this.change = change;
    if (!this.choice) this.selected = choicesOf(this.scheme)[0]?.value ?? "";
    this.events.emit("changed", null);
    this.lookSoon();
  }

  /** Somebody changed something: what this change would do may be something else now. */
  lookAgain(): void {
    if (this.dirty) this.lookSoon();
  }

  async save(): Promise<{ saved: Saved; schemes: Scheme[] }> {
    return this.ctx.call("scheme.save", { change: this.change! });
  }

  close(): void {
    this.lookSoon.stop();
    this.events.clear();
  }

  private put(change: Change): void {
    this.change = change;
    this.events.emit("impact", null);
    this.lookSoon();
  }

  private async look(): Promise<void> {
    if (!this.change) return;
    const ticket = this.ticket();
    try {
      const { impact } = await this.ctx.call<{ impact: Impact }>("scheme.impact", { change: this.change });
      if (ticket.old()) return;
      this.impact = impact;
      this.events.emit("impact", null);
    } catch (error) {
      if (!ticket.old()) this.ctx.notice(error);
    }
  }
}

// When what is shown is read again. What somebody else did is shown at once. Of their own answers a person sees all but
// the counts already: these are read when they pause, so that no key competes with reading for the machine.
import type { Span } from "../tags/decisions.ts";

/** Changes come in bursts. */
const SOON_MS = 80;
/** So long without a key is a pause. */
const PAUSE_MS = 400;
/** Who never pauses sees new counts this often. */
const AT_MOST_MS = 5000;

export interface CatchUpEvents {
  /** Somebody changed something. */
  others: () => void;
  /** All that changed is what was answered here. */
  own: () => void;
}

export class CatchUp {
  private readonly spans = new Map<number, number>();
  private seen = -1;
  private end = -1;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** Since when own answers wait to be read; 0: none do. */
  private since = 0;

  constructor(private readonly on: CatchUpEvents) {}

  /** An answer of this page was written there, and nothing else. */
  wrote([after, upTo]: Span): void {
    this.spans.set(after, upTo);
  }

  /** The workspace changed, and its journal reaches up to that position now; absent: who did it is not known. */
  changed(position = -1): void {
    clearTimeout(this.soon);
    this.end = position;
    this.soon = setTimeout(() => this.look(), SOON_MS);
  }

  /** The person is at work: what can wait waits a little longer. */
  busy(): void {
    if (this.since === 0) return;
    clearTimeout(this.pause);
    const left = this.since + AT_MOST_MS - Date.now();
    this.pause = setTimeout(() => this.paused(), Math.max(0, Math.min(PAUSE_MS, left)));
  }

  /** Everything is read again now: nothing waits any more. */
  done(): void {
    clearTimeout(this.pause);
    this.since = 0;
  }

  stop(): void {
    clearTimeout(this.soon);
    this.done();
  }

  private look(): void {
    if (!this.ownOnly()) return this.on.others();
    this.since ||= Date.now();
    this.busy();
  }

  private paused(): void {
    this.since = 0;
    this.on.own();
  }

  /** Whether everything from where this looked last to the end of the journal was written here. */
  private ownOnly(): boolean {
    const first = this.seen;
    let at = first;
    while (at < this.end && this.spans.has(at)) at = this.spans.get(at)!;
    this.seen = Math.max(at, this.end);
    for (const after of this.spans.keys()) if (after < this.seen) this.spans.delete(after);
    return first >= 0 && this.end > first && at >= this.end;
  }
}

// Decisions per minute with the breaks taken out, and how long what is left will take. The rule is Python's
// (workbench/label/pace.py): a gap of more than a minute is a break.
export const IDLE_MS = 60_000;

export class PaceMeter {
  private last: number | null = null;
  private worked: number;
  private seconds: number;
  decisions: number;

  constructor(before: { decisions: number; seconds: number; per_minute: number | null }) {
    this.decisions = before.decisions;
    this.seconds = before.seconds;
    this.worked = before.per_minute ? (before.per_minute * before.seconds) / 60 : 0;
  }

  /** A decision was made now. */
  tick(now = Date.now()): void {
    this.decisions += 1;
    const gap = this.last === null ? Infinity : now - this.last;
    this.last = now;
    if (gap > IDLE_MS) return;
    this.worked += 1;
    this.seconds += gap / 1000;
  }

  /** Null until there is something to go by. */
  get perMinute(): number | null {
    return this.worked >= 3 && this.seconds > 0 ? (60 * this.worked) / this.seconds : null;
  }

  /** Minutes for so many more decisions. */
  minutesFor(decisions: number): number | null {
    const pace = this.perMinute;
    return pace === null ? null : decisions / pace;
  }
}

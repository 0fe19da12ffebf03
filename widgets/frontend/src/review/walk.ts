// Walking through a queue: where one is, what is done, where to go next. A value over what Python said; draws nothing.
import type { Item, OpenQueue } from "./types.ts";

export class Walk {
  readonly items: Item[];
  private readonly done: Set<number>;
  private skipped: number[];
  at: number | null;

  constructor(queue: Pick<OpenQueue, "items" | "done" | "skipped" | "next">) {
    this.items = queue.items;
    this.done = new Set(queue.done);
    this.skipped = [...queue.skipped];
    this.at = queue.next;
  }

  get item(): Item | null {
    return this.at === null ? null : (this.items[this.at] ?? null);
  }

  get doneCount(): number {
    return this.done.size;
  }

  get left(): number {
    return this.items.length - this.done.size;
  }

  isDone(place: number): boolean {
    return this.done.has(place);
  }

  isSkipped(place: number): boolean {
    return this.skipped.includes(place);
  }

  /** Whether an item is done now; an answer may also be taken back. */
  mark(place: number, done: boolean): void {
    if (done) {
      this.done.add(place);
      this.skipped = this.skipped.filter((item) => item !== place);
    } else this.done.delete(place);
  }

  /** Behind the others, for later. */
  skip(place: number): void {
    if (this.done.has(place)) return;
    this.skipped = [...this.skipped.filter((item) => item !== place), place];
  }

  /** What comes after a place: the next open one, then open ones before it, then what was skipped; null at the end. */
  following(place: number): number | null {
    return this.coming(place, 1)[0] ?? null;
  }

  /** The next places in the order in which they will come. */
  coming(place: number, many: number): number[] {
    const open = (at: number): boolean => !this.done.has(at) && !this.skipped.includes(at) && at !== place;
    const places: number[] = [];
    for (let step = 1; step < this.items.length && places.length < many; step += 1) {
      const at = (place + step) % this.items.length;
      if (open(at)) places.push(at);
    }
    for (const at of this.skipped) if (places.length < many && at !== place && !this.done.has(at)) places.push(at);
    return places;
  }

  /** One forward or back in the queue's own order, done or not. */
  step(by: number): number | null {
    if (this.items.length === 0) return null;
    const from = this.at ?? (by < 0 ? this.items.length : -1);
    return Math.min(this.items.length - 1, Math.max(0, from + by));
  }
}

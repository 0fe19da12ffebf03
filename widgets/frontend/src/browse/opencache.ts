// Opened samples, fetched ahead so that moving on shows the next one at once.
import type { Opened } from "../core/nouns.ts";

const KEEP = 40;

export class OpenCache {
  private asked = new Map<string, Promise<Opened>>();
  private here = new Map<string, Opened>();

  constructor(private readonly fetch: (id: string) => Promise<Opened>) {}

  ready(id: string): Opened | undefined {
    return this.here.get(id);
  }

  get(id: string): Promise<Opened> {
    const asked = this.asked.get(id);
    if (asked) return asked;
    const promise = this.fetch(id).then((opened) => {
      if (this.asked.get(id) === promise) this.put(opened);
      return opened;
    });
    this.asked.set(id, promise);
    promise.catch(() => this.asked.get(id) === promise && this.asked.delete(id));
    this.trim();
    return promise;
  }

  /** Take a newer state of a sample, as an answer to a decision brings it. */
  put(opened: Opened): void {
    this.here.set(opened.sample.id, opened);
    this.asked.set(opened.sample.id, Promise.resolve(opened));
    this.trim();
  }

  /** What was fetched may be old now; one sample or all. */
  forget(id?: string): void {
    if (id === undefined) {
      this.asked.clear();
      this.here.clear();
    } else {
      this.asked.delete(id);
      this.here.delete(id);
    }
  }

  private trim(): void {
    for (const old of this.asked.keys()) {
      if (this.asked.size <= KEEP) break;
      this.asked.delete(old);
      this.here.delete(old);
    }
  }
}

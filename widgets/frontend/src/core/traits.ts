// Synced traits of the Python widget. When a connection comes back, Jupyter sets them to what the kernel knew last,
// which is older than what the person did since: such an echo is answered with what holds, and nobody hears it.
import type { TraitDoor } from "./ctx.ts";

/** A widget's model, as far as its traits go. */
export interface TraitModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

/** How long after a break echoes may come, in milliseconds. */
const SETTLING_MS = 10_000;
const MOST_REMEMBERED = 200;

export class Traits implements TraitDoor {
  private readonly sent = new Map<string, string[]>();
  private settled = 0;
  private righting = false;

  constructor(
    private readonly model: TraitModel,
    private readonly now: () => number = Date.now,
  ) {}

  get<T>(name: string): T | undefined {
    return this.model.get(name) as T | undefined;
  }

  set(name: string, value: unknown): void {
    const before = this.model.get(name);
    if (before === undefined) return;
    const sent = this.sent.get(name) ?? [JSON.stringify(before)];
    sent.push(JSON.stringify(value));
    this.sent.set(name, sent.slice(-MOST_REMEMBERED));
    this.model.set(name, value);
    this.model.save_changes();
  }

  on(name: string, listener: () => void): () => void {
    const event = `change:${name}`;
    const heard = (): void => {
      if (this.righting || this.echo(name)) return;
      this.follow(name);
      listener();
    };
    this.model.on(event, heard);
    return () => this.model.off(event, heard);
  }

  /** The connection was cut or made again. */
  broken(): void {
    this.settled = this.now() + SETTLING_MS;
  }

  /** What Python changed holds from then on: an echo is not answered with what the person did before it. */
  private follow(name: string): void {
    const sent = this.sent.get(name);
    const value = JSON.stringify(this.model.get(name));
    if (sent && value !== sent.at(-1)) this.sent.set(name, [...sent, value].slice(-MOST_REMEMBERED));
  }

  private echo(name: string): boolean {
    const sent = this.sent.get(name);
    if (!sent || this.now() > this.settled) return false;
    const value = JSON.stringify(this.model.get(name));
    const last = sent.at(-1)!;
    if (value === last || !sent.includes(value)) return false;
    this.righting = true;
    this.model.set(name, JSON.parse(last));
    this.righting = false;
    this.model.save_changes();
    return true;
  }
}

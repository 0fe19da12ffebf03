// The conversation that is open, and the turn that is picked in it.
import type { Ctx } from "../core/ctx.ts";
import type { Opened } from "../core/nouns.ts";
import { OpenCache } from "./opencache.ts";
import type { Telling } from "./sessionevents.ts";

export class OpenOne {
  readonly cache: OpenCache;
  id: string | null = null;
  turn: string | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly events: Telling,
  ) {
    this.cache = new OpenCache((id) => ctx.call<Opened>("sample.open", { id }));
  }

  /** Open another one: at once where it was fetched ahead, else empty until it comes. */
  async show(id: string): Promise<void> {
    if (this.id !== id) this.setTurn(null);
    this.id = id;
    const ready = this.cache.ready(id);
    this.events.emit("opened", ready ?? null);
    try {
      const opened = await this.cache.get(id);
      if (this.id === id && opened !== ready) this.events.emit("opened", opened);
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** The same one again, after a change; what is shown stays until it comes. */
  async again(): Promise<void> {
    const { id } = this;
    if (!id) return;
    const opened = await this.cache.get(id);
    if (this.id === id) this.events.emit("opened", opened);
  }

  /** None is open from now on; what is drawn stays until another one comes. */
  leave(): void {
    this.id = null;
  }

  /** None is open, and none will come. */
  clear(): void {
    this.leave();
    this.events.emit("opened", null);
  }

  setTurn(turn: string | null): void {
    if (this.turn === turn) return;
    this.turn = turn;
    this.events.emit("turn", turn);
  }

  /** Fetch one that may be opened next. */
  prefetch(id: string): void {
    this.cache.get(id).catch(() => this.cache.forget(id));
  }
}

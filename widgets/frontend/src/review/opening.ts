// What is open of a queue: shown at once where it is there already, the next ones read ahead, left for what comes next.
import { OpenCache } from "../browse/opencache.ts";
import type { Ctx } from "../core/ctx.ts";
import type { Desk } from "../tags/desk.ts";
import type { Answering } from "./answering.ts";
import type { Sheet } from "./sheet.ts";
import type { Stage } from "./stage.ts";
import type { OpenQueue, Reviewed } from "./types.ts";
import { Walk } from "./walk.ts";

export interface OpeningOptions {
  ctx: Ctx;
  queue: OpenQueue;
  sheet: Sheet;
  stage: () => Stage;
  desk: () => Desk;
  answering: () => Answering;
  draw: () => void;
  drawSide: () => void;
  onEnd: () => void;
}

const AHEAD = 3;

export class Opening {
  walk: Walk;
  private readonly cache: OpenCache;
  /** How many answers are on their way. */
  private pending = 0;
  /** All is answered, and the last answers are on their way. */
  private ending = false;

  constructor(private readonly options: OpeningOptions) {
    const { ctx, queue } = options;
    this.walk = new Walk(queue);
    this.cache = new OpenCache((id) => ctx.call<Reviewed>("review.sample", { queue: queue.queue.id, id }));
  }

  async open(place: number): Promise<void> {
    const { ctx, sheet, stage } = this.options;
    const item = this.walk.items[place];
    if (!item) return;
    const moved = sheet.opened?.sample.id !== item.sample;
    this.walk.at = place;
    sheet.blind = null;
    sheet.picked = null;
    const ready = this.cache.ready(item.sample) as Reviewed | undefined;
    if (ready) this.show(ready, moved);
    else {
      sheet.opened = null; // keys pressed now are for the one that comes, never for the one before
      stage().wait();
    }
    try {
      const opened = (await this.cache.get(item.sample)) as Reviewed;
      if (this.walk.at === place && (!ready || opened !== ready)) this.show(opened, moved || !ready);
    } catch (error) {
      ctx.notice(error);
    }
    this.ahead(place);
  }

  /** Somebody changed something: what is open is read again, and nothing moves. */
  async refresh(): Promise<void> {
    const { sheet, stage, desk, draw } = this.options;
    const id = sheet.opened?.sample.id;
    if (!id || sheet.blind === "waiting") return;
    this.cache.forget(id);
    const now = (await this.cache.get(id)) as Reviewed;
    if (sheet.opened?.sample.id !== id) return;
    const text = now.sample.revision !== sheet.opened.sample.revision || now.notes.length !== sheet.opened.notes.length;
    sheet.opened = desk().overlay(now) as Reviewed;
    stage().hold();
    if (text) stage().drawConversation();
    draw();
  }

  /** What was read of these samples is old. */
  old(ids: string[]): void {
    ids.forEach((id) => this.cache.forget(id));
  }

  /** One forward or back in the queue's own order. */
  move(by: number): void {
    const place = this.walk.step(by);
    if (place !== null) void this.open(place);
  }

  /** To this place; without one, to the end once everything is saved. */
  leaveFor(place: number | null): void {
    if (place !== null) return void this.open(place);
    if (this.pending === 0) this.options.onEnd();
    else this.ending = true;
  }

  /** The open one goes behind the others. */
  async later(): Promise<void> {
    const { ctx, queue } = this.options;
    const { at, item } = this.walk;
    if (at === null || !item) return;
    const args = { queue: queue.queue.id, id: item.sample };
    this.walk.skip(at);
    this.leaveFor(this.walk.following(at) ?? at);
    await ctx.call("review.skip", item.scheme ? { ...args, scheme: item.scheme } : args).catch(ctx.notice);
  }

  /** Forget what was answered at a place, and open it again. */
  async again(place: number): Promise<void> {
    this.options.sheet.forget(this.walk.items[place]!.sample);
    this.walk.mark(place, false);
    await this.open(place);
  }

  /** Read the queue again and open a place of it; by default the one that is next. */
  async reload(place?: number): Promise<void> {
    const { ctx, queue, sheet } = this.options;
    const now = await ctx.call<OpenQueue>("review.open", { id: queue.queue.id });
    const at = place ?? now.next ?? this.walk.at;
    this.walk = new Walk({ ...now, next: at });
    if (queue.queue.order === "settle") sheet.forget();
    this.cache.forget();
    if (at !== null) await this.open(at);
  }

  /** So many answers are on their way now. */
  saved(pending: number): void {
    const { sheet, stage, answering, onEnd } = this.options;
    this.pending = pending;
    stage().element.dataset.pending = String(pending);
    if (pending > 0) return;
    if (sheet.blind === "waiting") answering().goOn();
    if (this.ending) onEnd();
  }

  private show(opened: Reviewed, moved: boolean): void {
    const { sheet, stage, desk, answering, draw } = this.options;
    sheet.opened = desk().overlay(opened) as Reviewed;
    sheet.at = Math.max(0, sheet.firstOpen);
    stage().questions.ready();
    if (moved) stage().drawConversation();
    else stage().mark(sheet.turn);
    draw();
    answering().replay();
  }

  /** The next ones are fetched while this one is read. */
  private ahead(place: number): void {
    const { stage, drawSide } = this.options;
    const coming = this.walk.coming(place, 9).map((at) => this.walk.items[at]!.sample);
    for (const id of coming.slice(0, AHEAD)) this.cache.get(id).catch(() => this.cache.forget(id));
    stage().learnTitles(coming, drawSide);
  }
}

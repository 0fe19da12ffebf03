// One open queue: the column of progress, the conversation, and the questions; everything by key.
import { openHelp } from "../browse/help.ts";
import { openNote } from "../browse/note.ts";
import { OpenCache } from "../browse/opencache.ts";
import type { Ctx } from "../core/ctx.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Opened } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { active } from "../tags/assign.ts";
import { Desk } from "../tags/desk.ts";
import type { Keeper } from "../tags/journal.ts";
import { Quick } from "../tags/quick.ts";
import { Answering } from "./answering.ts";
import { CANNOT_SAY } from "./choices.ts";
import { roomKeys } from "./keys.ts";
import { PaceMeter } from "./pace.ts";
import { Sheet } from "./sheet.ts";
import { Shelf } from "./shelf.ts";
import { Stage } from "./stage.ts";
import { Taking } from "./taking.ts";
import type { OpenQueue, Reviewed } from "./types.ts";
import { Walk } from "./walk.ts";
import { openReason } from "./windows.ts";

export interface RoomOptions {
  root: HTMLElement;
  ctx: Ctx;
  queue: OpenQueue;
  keeper: Keeper | null;
  auto: boolean;
  onAuto: (auto: boolean) => void;
  onLeave: () => void;
  onEnd: () => void;
}

const AHEAD = 3;
const HELD = [..."0123456789", "Enter"];

export class Room {
  private walk: Walk;
  private readonly meter: PaceMeter;
  private readonly quick: Quick;
  private readonly desk: Desk;
  private readonly cache: OpenCache;
  private readonly sheet: Sheet;
  private readonly stage: Stage;
  private readonly shelf: Shelf;
  private readonly answering: Answering;
  private readonly taking: Taking;
  private pending = 0;
  /** All is answered, and the last answers are on their way. */
  private ending = false;
  private auto: boolean;

  constructor(private readonly options: RoomOptions) {
    const { ctx, queue } = options;
    this.walk = new Walk(queue);
    this.meter = new PaceMeter(queue.pace);
    this.quick = new Quick(ctx);
    this.sheet = new Sheet(queue, ctx.author, (scheme) => this.quick.values(scheme));
    this.auto = options.auto;
    this.cache = new OpenCache((id) => ctx.call<Reviewed>("review.sample", { queue: queue.queue.id, id }));
    this.stage = this.makeStage();
    this.shelf = new Shelf(this.element, ctx, this.sheet, queue.examples, () => this.draw());
    this.answering = this.makeAnswering();
    this.taking = this.makeTaking();
    this.desk = this.makeDesk();
  }

  get element(): HTMLElement {
    return this.stage.element;
  }

  get id(): string {
    return this.options.queue.queue.id;
  }

  async start(): Promise<void> {
    void this.desk.recover();
    await Promise.all(
      this.sheet.schemes.map((scheme) => {
        const known = new Set(active(scheme).map((choice) => choice.value));
        return this.quick.load(scheme.name, this.options.queue.quick[scheme.name] ?? [], (value) => known.has(value));
      }),
    );
    if (this.walk.at === null) return this.options.onEnd();
    await this.open(this.walk.at);
    markReady(this.element);
  }

  focus(): void {
    this.stage.focus();
  }

  /** Somebody changed something: what is open is read again, and nothing moves. */
  async refresh(): Promise<void> {
    const id = this.sheet.opened?.sample.id;
    if (!id || this.sheet.blind === "waiting") return;
    this.cache.forget(id);
    const now = (await this.cache.get(id)) as Reviewed;
    if (this.sheet.opened?.sample.id !== id) return;
    const text = now.sample.revision !== this.sheet.opened.sample.revision || now.notes.length !== this.sheet.opened.notes.length;
    this.sheet.opened = this.desk.overlay(now) as Reviewed;
    if (text) this.stage.drawConversation();
    this.draw();
  }

  shortcuts(): Shortcut[] {
    const hold = { keys: HELD, label: "", run: (event: KeyboardEvent) => this.answering.hold(event.key) };
    return this.answering.ready ? this.keys() : [hold, ...this.keys()];
  }

  private keys(): Shortcut[] {
    return roomKeys({
      offers: () => (this.sheet.scheme ? this.sheet.offersOf(this.sheet.scheme) : []),
      answer: (offer) => this.answering.offered(offer),
      unsure: () => this.answering.answer(CANNOT_SAY),
      enter: () => this.answering.enter(),
      find: () => this.answering.find(),
      next: () => this.move(1),
      back: () => this.move(-1),
      later: () => void this.later(),
      undo: () => void this.taking.undo(),
      redo: () => void this.taking.redo(),
      question: (by) => this.question(by),
      turn: (by) => this.turn(by),
      scroll: (share) => this.stage.conversation.scrollBy(share),
      note: () => this.note(),
      example: () => this.shelf.name(),
      examples: () => this.shelf.see(),
      auto: () => this.toggleAuto(),
      browse: () => this.browse(),
      leave: () => (this.sheet.picked ? this.pick(null) : this.options.onLeave()),
      help: () => openHelp(this.element, this.keys()),
    });
  }

  // --- what is open

  private get order(): OpenQueue["queue"]["order"] {
    return this.options.queue.queue.order;
  }

  private async open(place: number): Promise<void> {
    const item = this.walk.items[place];
    if (!item) return;
    const moved = this.sheet.opened?.sample.id !== item.sample;
    this.walk.at = place;
    this.sheet.blind = null;
    this.sheet.picked = null;
    const ready = this.cache.ready(item.sample) as Reviewed | undefined;
    if (ready) this.show(ready, moved);
    else {
      this.sheet.opened = null; // keys pressed now are for the one that comes, never for the one before
      this.stage.wait();
    }
    try {
      const opened = (await this.cache.get(item.sample)) as Reviewed;
      if (this.walk.at === place && (!ready || opened !== ready)) this.show(opened, moved || !ready);
    } catch (error) {
      this.options.ctx.notice(error);
    }
    this.ahead(place);
  }

  private show(opened: Reviewed, moved: boolean): void {
    this.sheet.opened = this.desk.overlay(opened) as Reviewed;
    this.sheet.at = Math.max(0, this.sheet.firstOpen);
    this.stage.questions.ready();
    if (moved) this.stage.drawConversation();
    else this.stage.mark(this.sheet.turn);
    this.draw();
    this.answering.replay();
  }

  /** The next ones are fetched while this one is read. */
  private ahead(place: number): void {
    const coming = this.walk.coming(place, 9);
    for (const at of coming.slice(0, AHEAD)) {
      const id = this.walk.items[at]!.sample;
      this.cache.get(id).catch(() => this.cache.forget(id));
    }
    this.stage.learnTitles(coming.map((at) => this.walk.items[at]!.sample), () => this.drawSide());
  }

  private leaveFor(place: number | null): void {
    if (place !== null) return void this.open(place);
    if (this.pending === 0) this.options.onEnd();
    else this.ending = true;
  }

  // --- moving

  private move(by: number): void {
    const place = this.walk.step(by);
    if (place !== null) void this.open(place);
  }

  private question(by: number): void {
    const count = this.sheet.steps.length;
    if (count === 0) return;
    this.sheet.at = (this.sheet.at + by + count) % count;
    this.sheet.blind = null;
    this.stage.mark(this.sheet.step?.turn ?? null);
    this.draw();
  }

  private turn(by: number): void {
    const turns = this.sheet.opened?.sample.turns ?? [];
    const at = turns.findIndex((turn) => turn.id === (this.sheet.picked ?? this.sheet.step?.turn));
    const next = turns[at < 0 ? (by > 0 ? 0 : turns.length - 1) : Math.min(turns.length - 1, Math.max(0, at + by))];
    if (next) this.pick(next.id);
  }

  /** A turn of its own: questions that ask about turns are then about it. */
  private pick(turn: string | null): void {
    const asked = turn ? this.sheet.steps.findIndex((step) => step.turn === turn) : -1;
    if (asked >= 0) this.sheet.at = asked;
    this.sheet.picked = asked >= 0 ? null : turn;
    this.stage.mark(turn ?? this.sheet.step?.turn ?? null);
    this.draw();
  }

  private async later(): Promise<void> {
    const { at, item } = this.walk;
    if (at === null || !item) return;
    const args = { queue: this.options.queue.queue.id, id: item.sample };
    this.walk.skip(at);
    this.leaveFor(this.walk.following(at) ?? at);
    await this.options.ctx
      .call("review.skip", item.scheme ? { ...args, scheme: item.scheme } : args)
      .catch(this.options.ctx.notice);
  }

  private async reload(place?: number): Promise<void> {
    const { ctx, queue } = this.options;
    const now = await ctx.call<OpenQueue>("review.open", { id: queue.queue.id });
    const at = place ?? now.next ?? this.walk.at;
    this.walk = new Walk({ ...now, next: at });
    if (this.order === "settle") this.sheet.forget();
    this.cache.forget();
    if (at !== null) await this.open(at);
  }

  // --- beside the questions

  private note(): void {
    if (this.sheet.opened)
      openNote(this.element, this.options.ctx, this.sheet.opened.sample.id, this.sheet.picked, () => void this.refresh());
  }

  private browse(): void {
    if (this.sheet.opened) this.options.ctx.navigate("browse", { query: `id:${this.sheet.opened.sample.id}` });
  }

  private toggleAuto(): void {
    this.auto = !this.auto;
    this.options.onAuto(this.auto);
    this.drawSide();
  }

  // --- drawing

  private drawSide(): void {
    this.stage.drawSide(this.walk, this.meter, this.auto);
  }

  private draw(): void {
    this.stage.drawQuestions(this.shelf.examples);
    this.drawSide();
  }

  // --- the parts

  private makeStage(): Stage {
    const { ctx, queue, onLeave } = this.options;
    return new Stage(ctx, queue, this.sheet, {
      onTurn: (turn) => this.pick(turn),
      onOffer: (offer) => this.answering.offered(offer),
      onUnsure: () => this.answering.answer(CANNOT_SAY),
      onFind: () => this.answering.find(),
      onAdvice: () => this.answering.enter(),
      onStep: (at) => this.question(at - this.sheet.at),
      onExamples: () => this.shelf.see(),
      onExample: () => this.shelf.name(),
      onNote: () => this.note(),
      onBrowse: () => this.browse(),
      onLeave,
      onPlace: (place) => void this.open(place),
      onAuto: () => this.toggleAuto(),
    });
  }

  private makeAnswering(): Answering {
    return new Answering({
      author: this.options.ctx.author,
      sheet: this.sheet,
      meter: this.meter,
      quick: this.quick,
      place: () => this.walk.at,
      isDone: (place) => this.walk.isDone(place),
      mark: (place, done) => this.walk.mark(place, done),
      leave: (place) => this.leaveFor(this.walk.following(place)),
      auto: () => this.auto,
      settling: this.order === "settle",
      askReason: (scheme, value, then) => openReason(this.element, scheme, value, then),
      say: (text) => this.stage.questions.say(text),
      markTurn: () => this.stage.mark(this.sheet.turn),
      draw: () => this.draw(),
    }, () => this.desk);
  }

  private makeTaking(): Taking {
    return new Taking({
      ctx: this.options.ctx,
      trail: this.answering.trail,
      apart: this.order === "again",
      forget: (place) => {
        this.sheet.forget(this.walk.items[place]!.sample);
        this.walk.mark(place, false);
        return this.open(place);
      },
      reload: (place) => this.reload(place),
    });
  }

  private makeDesk(): Desk {
    const { ctx, keeper, queue } = this.options;
    const how = queue.queue.order;
    return new Desk({
      ctx,
      root: this.element,
      keeper,
      opened: () => this.sheet.opened as Opened | null,
      ids: () => (this.sheet.opened ? [this.sheet.opened.sample.id] : []),
      turn: () => (this.sheet.step ? this.sheet.turnOf(this.sheet.step) : null),
      quick: (scheme) => this.quick.values(scheme.name),
      onChosen: (_scheme, value) => this.answering.answer(value),
      onTags: (opened) => this.answering.tagged(opened as Reviewed),
      onPaint: (decision) => decision.ids.forEach((id) => this.cache.forget(id)),
      onScheme: (scheme) => {
        this.sheet.schemes = this.sheet.schemes.map((item) => (item.name === scheme.name ? scheme : item));
        this.draw();
      },
      onRefused: () => void this.reload().catch(ctx.notice),
      onPending: (count) => this.saved(count),
      ...(how === "again" || how === "settle"
        ? { review: () => ({ queue: queue.queue.id, how, note: this.answering.reason }) }
        : {}),
    });
  }

  private saved(count: number): void {
    this.pending = count;
    this.element.dataset.pending = String(count);
    if (count > 0) return;
    if (this.sheet.blind === "waiting") this.answering.goOn();
    if (this.ending) this.options.onEnd();
  }
}

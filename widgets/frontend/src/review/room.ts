// One open queue: the column of progress, the conversation, and the questions; everything by key.
import { Conversation } from "../browse/conversation.ts";
import { openHelp } from "../browse/help.ts";
import { openNote } from "../browse/note.ts";
import { OpenCache } from "../browse/opencache.ts";
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Opened, Scheme, TagValue } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { inWords, others, same, titleOf } from "../tags/answers.ts";
import { Desk } from "../tags/desk.ts";
import type { Keeper } from "../tags/journal.ts";
import { Quick } from "../tags/quick.ts";
import { active } from "../tags/assign.ts";
import { CANNOT_SAY, offerOf, offersAll, toggled, type Offer } from "./choices.ts";
import { roomKeys } from "./keys.ts";
import { PaceMeter } from "./pace.ts";
import { Questions } from "./question.ts";
import { Sheet } from "./sheet.ts";
import { Shelf } from "./shelf.ts";
import { Side } from "./side.ts";
import type { Asked, OpenQueue, Reviewed } from "./types.ts";
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
  readonly element = h("div", { class: "wb-review", tabindex: -1 });
  private walk: Walk;
  private readonly meter: PaceMeter;
  private readonly quick: Quick;
  private readonly desk: Desk;
  private readonly cache: OpenCache;
  private readonly side: Side;
  private readonly conversation: Conversation;
  private readonly questions: Questions;
  private readonly titles = new Map<string, string>();
  private readonly sheet: Sheet;
  private readonly shelf: Shelf;
  /** Places where something was decided, the newest last: undo goes back there. */
  private trail: number[] = [];
  private pending = 0;
  /** All is answered, and the last answers are on their way. */
  private ending = false;
  /** Keys that were pressed before they could be answered. */
  private held: string[] = [];
  /** Why a dispute is settled as it is: goes with the next decision. */
  private reason = "";
  private auto: boolean;

  constructor(private readonly options: RoomOptions) {
    const { ctx, queue } = options;
    this.walk = new Walk(queue);
    this.meter = new PaceMeter(queue.pace);
    this.quick = new Quick(ctx);
    this.sheet = new Sheet(queue, ctx.author, (scheme) => this.quick.values(scheme));
    this.shelf = new Shelf(this.element, ctx, this.sheet, queue.examples, () => this.draw());
    this.auto = options.auto;
    this.cache = new OpenCache((id) => ctx.call<Reviewed>("review.sample", { queue: queue.queue.id, id }));
    this.desk = this.makeDesk();
    this.conversation = new Conversation({
      onTurn: (turn) => this.pick(turn),
      onOpen: (id) => ctx.navigate("browse", { id }),
      actions: () => [
        { label: t("Add a note"), icon: "note", keys: keyShown("review", "add-a-note", "n"), run: () => this.note() },
        { label: t("Open in Browse"), icon: "browse", keys: keyShown("review", "open-in-browse", "b"), run: () => this.browse() },
      ],
    });
    this.questions = new Questions({
      onOffer: (offer) => this.offered(offer),
      onUnsure: () => this.answer(CANNOT_SAY),
      onFind: () => this.find(),
      onAdvice: () => this.enter(),
      onStep: (at) => this.question(at - this.sheet.at),
      onExamples: () => this.shelf.see(),
      onExample: () => this.shelf.name(),
    });
    this.side = new Side({
      onLeave: options.onLeave,
      onPlace: (place) => void this.open(place),
      onAuto: () => this.toggleAuto(),
    });
    this.element.append(this.side.element, this.conversation.element, this.questions.element);
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
    this.element.focus({ preventScroll: true });
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
    if (text) this.drawConversation();
    this.draw();
  }

  shortcuts(): Shortcut[] {
    return this.ready ? this.keys() : [{ keys: HELD, label: "", run: (event) => this.hold(event) }, ...this.keys()];
  }

  private hold(event: KeyboardEvent): void {
    this.held.push(event.key);
  }

  private keys(): Shortcut[] {
    return roomKeys({
      offers: () => (this.sheet.scheme ? this.sheet.offersOf(this.sheet.scheme) : []),
      answer: (offer) => this.offered(offer),
      unsure: () => this.answer(CANNOT_SAY),
      enter: () => this.enter(),
      find: () => this.find(),
      next: () => this.move(1),
      back: () => this.move(-1),
      later: () => void this.later(),
      undo: () => void this.undo(),
      redo: () => void this.redo(),
      question: (by) => this.question(by),
      turn: (by) => this.turn(by),
      scroll: (share) => this.conversation.scrollBy(share),
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
      this.conversation.wait();
      this.questions.wait();
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
    this.questions.ready();
    if (moved) this.drawConversation();
    else this.conversation.markTurn(this.sheet.turn);
    this.draw();
    this.replay();
  }

  /** The next ones are fetched while this one is read. */
  private ahead(place: number): void {
    const coming = this.walk.coming(place, 9);
    for (const at of coming.slice(0, AHEAD)) {
      const id = this.walk.items[at]!.sample;
      this.cache.get(id).catch(() => this.cache.forget(id));
    }
    const ids = [...new Set(coming.map((at) => this.walk.items[at]!.sample))].filter((id) => !this.titles.has(id));
    if (ids.length === 0) return this.drawSide();
    this.options.ctx
      .call<Record<string, string>>("review.titles", { ids })
      .then((titles) => {
        for (const [id, title] of Object.entries(titles)) this.titles.set(id, title);
        this.drawSide();
      })
      .catch(this.options.ctx.notice);
  }

  // --- answering

  /** False while a conversation is on its way, or while others' answers are about to be shown. */
  private get ready(): boolean {
    return this.sheet.opened !== null && this.sheet.blind !== "waiting";
  }

  /** Keys pressed meanwhile are answered in their order. */
  private replay(): void {
    while (this.held.length > 0 && this.ready) {
      const name = this.held.shift()!;
      const offer = this.sheet.scheme && offerOf(this.sheet.offersOf(this.sheet.scheme), name);
      if (name === "0") this.answer(CANNOT_SAY);
      else if (name === "Enter") this.enter();
      else if (offer) this.offered(offer);
    }
  }

  private offered(offer: Offer): void {
    const { scheme, step } = this.sheet;
    if (!scheme || !step) return;
    if (scheme.kind === "multi") this.answer(toggled(this.sheet.valueOf(step), String(offer.value)));
    else this.answer(offer.value);
  }

  private answer(value: TagValue | null): void {
    const { scheme, step } = this.sheet;
    if (!scheme || !step || !this.sheet.opened) return;
    if (this.order === "settle" && value !== null)
      return openReason(this.element, scheme, value, (note) => this.decide(scheme, step, value, note));
    this.decide(scheme, step, value, "");
  }

  private decide(scheme: Scheme, step: Asked, value: TagValue | null, note: string): void {
    if (!this.sheet.opened || this.walk.at === null) return;
    const first = this.sheet.valueOf(step) === undefined;
    const waits = first && scheme.suggestion === "after_answer" && this.sheet.hidden(step) > 0 && value !== null;
    if (waits) this.sheet.blind = "waiting";
    this.sheet.give(step, value);
    this.reason = note;
    this.trail.push(this.walk.at);
    this.desk.answer(scheme, value);
    this.meter.tick();
    if (value !== null && !offersAll(scheme) && typeof value === "string" && value !== CANNOT_SAY)
      this.quick.use(scheme.name, value);
    this.questions.say(value === null ? t("Removed") : `${titleOf(scheme)}: ${inWords(scheme, value)}`);
    if (waits || scheme.kind === "multi" || value === null || this.sheet.picked) return this.draw();
    this.goOn();
  }

  /** To the next open question of this sample, else to the next sample. */
  private goOn(): void {
    if (this.walk.at === null) return;
    this.sheet.blind = null;
    const open = this.sheet.firstOpen;
    this.walk.mark(this.walk.at, open < 0);
    if (open >= 0) {
      this.sheet.at = open;
      this.conversation.markTurn(this.sheet.turn);
      this.draw();
      return this.replay();
    }
    if (!this.auto) {
      this.questions.say(t("All answered. Enter goes on."));
      return this.draw();
    }
    this.leaveFor(this.walk.following(this.walk.at));
  }

  private leaveFor(place: number | null): void {
    if (place !== null) return void this.open(place);
    if (this.pending === 0) this.options.onEnd();
    else this.ending = true;
  }

  private enter(): void {
    const { scheme, step } = this.sheet;
    if (!scheme || !step) return;
    const value = this.sheet.valueOf(step);
    const advice = this.sheet.advice(step);
    if (value === undefined && advice) return this.answer(advice.value);
    if (value === undefined) return offersAll(scheme) ? undefined : this.find();
    if (!this.auto && this.walk.at !== null && this.walk.isDone(this.walk.at))
      return this.leaveFor(this.walk.following(this.walk.at));
    this.goOn();
  }

  private find(): void {
    if (this.sheet.scheme) this.desk.choose(this.sheet.scheme);
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
    this.conversation.markTurn(this.sheet.step?.turn ?? null);
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
    this.conversation.markTurn(turn ?? this.sheet.step?.turn ?? null);
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

  private async undo(): Promise<void> {
    const { ctx } = this.options;
    const back = this.trail.at(-1);
    if (this.order === "again") {
      if (back === undefined) return ctx.notice(t("There is nothing to take back."));
      this.trail.pop();
      this.sheet.forget(this.walk.items[back]!.sample);
      this.walk.mark(back, false);
      return this.open(back);
    }
    await this.doing(() => takeStep(ctx, "undo"), this.trail.pop());
  }

  private async redo(): Promise<void> {
    await this.doing(() => takeStep(this.options.ctx, "redo"), undefined);
  }

  /** Change the workspace, then show what is true. */
  private async doing(what: () => Promise<unknown>, place: number | undefined): Promise<void> {
    try {
      await what();
      await this.reload(place);
    } catch (error) {
      this.options.ctx.notice(error);
    }
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

  private drawConversation(): void {
    if (this.sheet.opened) this.conversation.show(this.sheet.opened, [], this.sheet.step?.turn ?? this.sheet.picked, this.sheet.schemes);
  }

  private drawSide(): void {
    this.side.show(this.options.queue.queue, this.walk, this.meter, this.titles, this.auto);
    this.keepFocus();
  }

  private draw(): void {
    this.questions.show(this.sheet.asking(this.shelf.examples, this.options.queue.reports), this.sheet.at, this.order);
    this.drawSide();
  }

  /** What had the focus may have been drawn anew: keys must go on working. */
  private keepFocus(): void {
    const now = document.activeElement;
    if (!now || now === document.body) this.focus();
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
      onChosen: (_scheme, value) => this.answer(value),
      onTags: (opened) => this.tagged(opened as Reviewed),
      onPaint: (decision) => decision.ids.forEach((id) => this.cache.forget(id)),
      onScheme: (scheme) => {
        this.sheet.schemes = this.sheet.schemes.map((item) => (item.name === scheme.name ? scheme : item));
        this.draw();
      },
      onRefused: () => void this.reload().catch(ctx.notice),
      onPending: (count) => this.saved(count),
      ...(how === "again" || how === "settle"
        ? { review: () => ({ queue: queue.queue.id, how, note: this.reason }) }
        : {}),
    });
  }

  private tagged(opened: Reviewed): void {
    this.sheet.opened = opened;
    const { step } = this.sheet;
    if (this.sheet.blind !== "waiting" || !step) return this.draw();
    const told = others(opened.tags, step.scheme, this.options.ctx.author, this.sheet.turnOf(step));
    if (told.length === 0) return this.draw();
    const answer = this.sheet.valueOf(step);
    if (told.every((tag) => answer !== undefined && same(tag.value, answer))) return this.goOn();
    this.sheet.blind = "revealed";
    this.held = []; // pressed before anybody could see this: not an answer to it
    this.questions.say(t("The others answered differently. Enter keeps your answer."));
    this.draw();
  }

  private saved(count: number): void {
    this.pending = count;
    this.element.dataset.pending = String(count);
    if (count > 0) return;
    if (this.sheet.blind === "waiting") this.goOn();
    if (this.ending) this.options.onEnd();
  }
}

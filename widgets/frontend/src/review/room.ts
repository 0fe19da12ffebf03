// One open queue: the column of progress, the conversation, and the questions; everything by key.
import { Conversation } from "../browse/conversation.ts";
import { openHelp } from "../browse/help.ts";
import { openNote } from "../browse/note.ts";
import { OpenCache } from "../browse/opencache.ts";
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Opened, Scheme, Tag, TagValue } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { inFullWords, inWords, mine, others, same, suggested, titleOf, typed } from "../tags/answers.ts";
import { Desk } from "../tags/desk.ts";
import type { Keeper } from "../tags/journal.ts";
import { Quick } from "../tags/quick.ts";
import { active } from "../tags/assign.ts";
import { CANNOT_SAY, offers, offersAll, toggled, type Offer } from "./choices.ts";
import { roomKeys } from "./keys.ts";
import { PaceMeter } from "./pace.ts";
import { Questions, type Asking } from "./question.ts";
import { Side } from "./side.ts";
import type { Asked, Example, OpenQueue, Reviewed } from "./types.ts";
import { Walk } from "./walk.ts";
import { openExamplePick, openExamples, openReason } from "./windows.ts";

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
  /** Answers to questions that are asked again or settled, given on this page. */
  private readonly given = new Map<string, TagValue>();
  private trail: number[] = [];
  private examples: Example[];
  private schemes: Scheme[];
  private opened: Reviewed | null = null;
  private at = 0;
  private picked: string | null = null;
  /** Waiting to see what the others say, or showing it. */
  private blind: "waiting" | "revealed" | null = null;
  private pending = 0;
  private auto: boolean;

  constructor(private readonly options: RoomOptions) {
    const { ctx, queue } = options;
    this.walk = new Walk(queue);
    this.meter = new PaceMeter(queue.pace);
    this.quick = new Quick(ctx);
    this.examples = queue.examples;
    this.schemes = queue.schemes;
    this.auto = options.auto;
    this.cache = new OpenCache((id) => ctx.call<Reviewed>("review.sample", { queue: queue.queue.id, id }));
    this.desk = this.makeDesk();
    this.conversation = new Conversation({
      onTurn: (turn) => this.pick(turn),
      onOpen: (id) => ctx.navigate("browse", { id }),
      actions: () => [
        { label: t("Add a note"), icon: "note", keys: "n", run: () => this.note() },
        { label: t("Open in Browse"), icon: "browse", keys: "b", run: () => this.browse() },
      ],
    });
    this.questions = new Questions({
      onOffer: (offer) => this.offered(offer),
      onUnsure: () => this.answer(CANNOT_SAY),
      onFind: () => this.find(),
      onAdvice: () => this.enter(),
      onStep: (at) => this.question(at - this.at),
      onExamples: () => this.seeExamples(),
      onExample: () => this.example(),
    });
    this.side = new Side({
      onLeave: options.onLeave,
      onPlace: (place) => void this.open(place),
      onAuto: () => this.toggleAuto(),
    });
    this.element.append(this.side.element, this.conversation.element, this.questions.element);
  }

  async start(): Promise<void> {
    await Promise.all(
      this.schemes.map((scheme) => {
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
    const id = this.opened?.sample.id;
    if (!id || this.blind === "waiting") return;
    this.cache.forget(id);
    const now = (await this.cache.get(id)) as Reviewed;
    if (this.opened?.sample.id !== id) return;
    const text = now.sample.revision !== this.opened.sample.revision || now.notes.length !== this.opened.notes.length;
    this.opened = this.desk.overlay(now) as Reviewed;
    if (text) this.drawConversation();
    this.draw();
  }

  shortcuts(): Shortcut[] {
    return roomKeys({
      offers: () => (this.scheme ? this.offersOf(this.scheme) : []),
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
      example: () => this.example(),
      examples: () => this.seeExamples(),
      auto: () => this.toggleAuto(),
      browse: () => this.browse(),
      leave: () => (this.picked ? this.pick(null) : this.options.onLeave()),
      help: () => openHelp(this.element, this.shortcuts()),
    });
  }

  // --- what is open

  private get order(): OpenQueue["queue"]["order"] {
    return this.options.queue.queue.order;
  }

  private get steps(): Asked[] {
    const only = this.walk.item?.scheme;
    return (this.opened?.asked ?? []).filter((asked) => !only || asked.scheme === only);
  }

  private get step(): Asked | undefined {
    return this.steps[this.at];
  }

  private get scheme(): Scheme | undefined {
    return this.schemes.find((scheme) => scheme.name === this.step?.scheme);
  }

  private turnOf(asked: Asked): string | null {
    const scheme = this.schemes.find((item) => item.name === asked.scheme);
    return asked.turn ?? (scheme && scheme.on !== "sample" ? this.picked : null);
  }

  private valueOf(asked: Asked): TagValue | undefined {
    if (!this.opened) return undefined;
    if (this.order === "again" || this.order === "settle") return this.given.get(this.keyOf(asked));
    return mine(this.opened.tags, asked.scheme, this.options.ctx.author, this.turnOf(asked))?.value;
  }

  private keyOf(asked: Asked): string {
    return [this.opened?.sample.id, asked.scheme, asked.turn ?? ""].join("\n");
  }

  private offersOf(scheme: Scheme): Offer[] {
    const said = this.order === "settle" && this.opened ? this.opened.tags.filter((tag) => tag.scheme === scheme.name) : [];
    const disputed = said.filter((tag) => tag.value !== CANNOT_SAY).map((tag) => String(tag.value));
    return offers(scheme, [...new Set([...disputed, ...this.quick.values(scheme.name)])]);
  }

  private async open(place: number): Promise<void> {
    const item = this.walk.items[place];
    if (!item) return;
    const moved = this.opened?.sample.id !== item.sample;
    this.walk.at = place;
    this.blind = null;
    this.picked = null;
    const ready = this.cache.ready(item.sample) as Reviewed | undefined;
    if (ready) this.show(ready, moved);
    else {
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
    this.opened = this.desk.overlay(opened) as Reviewed;
    const open = this.steps.findIndex((asked) => this.valueOf(asked) === undefined);
    this.at = Math.max(0, open);
    this.questions.ready();
    if (moved) this.drawConversation();
    else this.conversation.markTurn(this.step?.turn ?? null);
    this.draw();
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

  private offered(offer: Offer): void {
    const { scheme, step } = this;
    if (!scheme || !step) return;
    if (scheme.kind === "multi") this.answer(toggled(this.valueOf(step), String(offer.value)));
    else this.answer(offer.value);
  }

  private answer(value: TagValue | null): void {
    const { scheme, step } = this;
    if (!scheme || !step || !this.opened) return;
    if (this.order === "settle" && value !== null)
      return openReason(this.element, scheme, value, (note) => this.decide(scheme, step, value, note));
    this.decide(scheme, step, value, "");
  }

  private decide(scheme: Scheme, step: Asked, value: TagValue | null, note: string): void {
    const { opened } = this;
    if (!opened || this.walk.at === null) return;
    const first = this.valueOf(step) === undefined;
    const hidden = opened.hidden[`${step.scheme} ${this.turnOf(step) ?? ""}`] ?? 0;
    const waits = first && scheme.suggestion === "after_answer" && hidden > 0 && value !== null;
    if (waits) this.blind = "waiting";
    if (this.order === "again" || this.order === "settle") {
      if (value === null) this.given.delete(this.keyOf(step));
      else this.given.set(this.keyOf(step), value);
    }
    this.note_ = note;
    this.trail.push(this.walk.at);
    this.desk.answer(scheme, value);
    this.meter.tick();
    if (value !== null && !offersAll(scheme) && typeof value === "string" && value !== CANNOT_SAY)
      this.quick.use(scheme.name, value);
    this.questions.say(value === null ? t("Removed") : `${titleOf(scheme)}: ${inWords(scheme, value)}`);
    if (waits || scheme.kind === "multi" || value === null || this.picked) return this.draw();
    this.goOn();
  }

  private note_ = "";

  /** To the next open question of this sample, else to the next sample. */
  private goOn(): void {
    if (this.walk.at === null) return;
    this.blind = null;
    const open = this.steps.findIndex((asked) => this.valueOf(asked) === undefined);
    this.walk.mark(this.walk.at, open < 0);
    if (open >= 0) {
      this.at = open;
      this.conversation.markTurn(this.step?.turn ?? null);
      return this.draw();
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

  private ending = false;

  private enter(): void {
    const { scheme, step } = this;
    if (!scheme || !step) return;
    const value = this.valueOf(step);
    const advice = this.advice(step);
    if (value === undefined && advice) return this.answer(advice.value);
    if (value === undefined) return offersAll(scheme) ? undefined : this.find();
    if (!this.auto && this.walk.at !== null && this.walk.isDone(this.walk.at))
      return this.leaveFor(this.walk.following(this.walk.at));
    this.goOn();
  }

  private advice(step: Asked): Tag | undefined {
    const scheme = this.schemes.find((item) => item.name === step.scheme);
    if (!this.opened || scheme?.suggestion !== "prefill" || this.order === "again") return undefined;
    const found = suggested(this.opened.tags, step.scheme, this.turnOf(step));
    return found && { ...found, value: typeof found.value === "string" ? typed(scheme, found.value) : found.value };
  }

  private find(): void {
    if (this.scheme) this.desk.choose(this.scheme);
  }

  // --- moving

  private move(by: number): void {
    const place = this.walk.step(by);
    if (place !== null) void this.open(place);
  }

  private question(by: number): void {
    const count = this.steps.length;
    if (count === 0) return;
    this.at = (this.at + by + count) % count;
    this.blind = null;
    this.conversation.markTurn(this.step?.turn ?? null);
    this.draw();
  }

  private turn(by: number): void {
    const turns = this.opened?.sample.turns ?? [];
    const at = turns.findIndex((turn) => turn.id === (this.picked ?? this.step?.turn));
    const next = turns[at < 0 ? (by > 0 ? 0 : turns.length - 1) : Math.min(turns.length - 1, Math.max(0, at + by))];
    if (next) this.pick(next.id);
  }

  /** A turn of its own: questions that ask about turns are then about it. */
  private pick(turn: string | null): void {
    const asked = turn ? this.steps.findIndex((step) => step.turn === turn) : -1;
    if (asked >= 0) this.at = asked;
    this.picked = asked >= 0 ? null : turn;
    this.conversation.markTurn(turn ?? this.step?.turn ?? null);
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
      for (const asked of [...this.given.keys()])
        if (asked.startsWith(`${this.walk.items[back]!.sample}\n`)) this.given.delete(asked);
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
    const at = place ?? this.walk.at ?? now.next;
    this.walk = new Walk({ ...now, next: at });
    if (this.order === "settle") this.given.clear();
    this.cache.forget();
    if (at !== null) await this.open(at);
  }

  // --- beside the questions

  private note(): void {
    if (this.opened)
      openNote(this.element, this.options.ctx, this.opened.sample.id, this.picked, () => void this.refresh());
  }

  private browse(): void {
    if (this.opened) this.options.ctx.navigate("browse", { query: `id:${this.opened.sample.id}` });
  }

  private seeExamples(): void {
    const { scheme } = this;
    if (!scheme) return;
    const list = this.examples.filter((example) => example.scheme === scheme.name);
    openExamples(this.element, this.options.ctx, scheme, list, (left) => this.haveExamples(scheme.name, left));
  }

  private example(): void {
    const { scheme, step } = this;
    if (!scheme || !step || !this.opened) return;
    const value = this.valueOf(step);
    if (value !== undefined && value !== CANNOT_SAY) return void this.keepExample(scheme, step, value);
    openExamplePick(this.element, scheme, this.offersOf(scheme), (picked) => void this.keepExample(scheme, step, picked));
  }

  private async keepExample(scheme: Scheme, step: Asked, value: TagValue): Promise<void> {
    const { ctx } = this.options;
    const turn = this.turnOf(step);
    const args = { id: this.opened!.sample.id, scheme: scheme.name, value, ...(turn ? { turn } : {}) };
    try {
      this.haveExamples(scheme.name, await ctx.call<Example[]>("review.example", args));
      ctx.notice(t("Shown as an example of {what} from now on. v lists them.", { what: inFullWords(scheme, value) }));
    } catch (error) {
      ctx.notice(error);
    }
  }

  private haveExamples(scheme: string, list: Example[]): void {
    this.examples = [...this.examples.filter((example) => example.scheme !== scheme), ...list];
    this.draw();
  }

  private toggleAuto(): void {
    this.auto = !this.auto;
    this.options.onAuto(this.auto);
    this.drawSide();
  }

  // --- drawing

  private drawConversation(): void {
    if (this.opened) this.conversation.show(this.opened, [], this.step?.turn ?? this.picked, this.schemes);
  }

  private drawSide(): void {
    this.side.show(this.options.queue.queue, this.walk, this.meter, this.titles, this.auto);
    this.keepFocus();
  }

  private draw(): void {
    this.questions.show(this.steps.map((asked) => this.asking(asked)), this.at, this.order);
    this.drawSide();
  }

  private asking(asked: Asked): Asking {
    const scheme = this.schemes.find((item) => item.name === asked.scheme)!;
    const turn = this.turnOf(asked);
    const number = (this.opened?.sample.turns.findIndex((item) => item.id === turn) ?? -1) + 1;
    const { author } = this.options.ctx;
    const tags = this.opened?.tags ?? [];
    return {
      scheme,
      about: turn ? t("turn {n}", { n: number }) : "",
      value: this.valueOf(asked),
      offers: this.offersOf(scheme),
      others:
        this.order === "settle"
          ? tags.filter((tag) => tag.scheme === asked.scheme && (tag.turn ?? null) === turn)
          : others(tags, asked.scheme, author, turn),
      advice: this.advice(asked),
      report: this.options.queue.reports[asked.scheme],
      examples: this.examples.filter((example) => example.scheme === asked.scheme),
      revealed: this.blind === "revealed" && asked === this.step,
    };
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
      opened: () => this.opened as Opened | null,
      ids: () => (this.opened ? [this.opened.sample.id] : []),
      turn: () => (this.step ? this.turnOf(this.step) : null),
      quick: (scheme) => this.quick.values(scheme.name),
      onChosen: (_scheme, value) => this.answer(value),
      onTags: (opened) => this.tagged(opened as Reviewed),
      onPaint: (decision) => decision.ids.forEach((id) => this.cache.forget(id)),
      onScheme: (scheme) => {
        this.schemes = this.schemes.map((item) => (item.name === scheme.name ? scheme : item));
        this.draw();
      },
      onRefused: () => void this.reload().catch(ctx.notice),
      onPending: (count) => this.saved(count),
      ...(how === "again" || how === "settle"
        ? { review: () => ({ queue: queue.queue.id, how, note: this.note_ }) }
        : {}),
    });
  }

  private tagged(opened: Reviewed): void {
    this.opened = opened;
    const step = this.step;
    if (this.blind !== "waiting" || !step) return this.draw();
    const told = others(opened.tags, step.scheme, this.options.ctx.author, this.turnOf(step));
    if (told.length === 0) return this.draw();
    const answer = this.valueOf(step);
    if (told.every((tag) => answer !== undefined && same(tag.value, answer))) return this.goOn();
    this.blind = "revealed";
    this.questions.say(t("The others answered differently. Enter keeps your answer."));
    this.draw();
  }

  private saved(count: number): void {
    this.pending = count;
    this.element.dataset.pending = String(count);
    if (count > 0) return;
    if (this.blind === "waiting") this.goOn();
    if (this.ending) this.options.onEnd();
  }
}

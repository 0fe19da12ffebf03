// One open queue: the column of progress, the conversation, and the questions; everything by key.
import { openHelp } from "../browse/help.ts";
import type { Ctx } from "../core/ctx.ts";
import type { Shortcut } from "../core/keys.ts";
import { markReady } from "../core/ready.ts";
import { active } from "../tags/assign.ts";
import type { Span } from "../tags/decisions.ts";
import type { Desk } from "../tags/desk.ts";
import type { Keeper } from "../tags/journal.ts";
import { Quick } from "../tags/quick.ts";
import { roomActs } from "./acts.ts";
import { Answering } from "./answering.ts";
import { reviewDesk } from "./desk.ts";
import { roomKeys, type RoomActions } from "./keys.ts";
import { Opening } from "./opening.ts";
import { PaceMeter } from "./pace.ts";
import { Sheet } from "./sheet.ts";
import { Shelf } from "./shelf.ts";
import { Stage } from "./stage.ts";
import { Taking } from "./taking.ts";
import type { OpenQueue } from "./types.ts";
import { openReason } from "./windows.ts";

export interface RoomOptions {
  root: HTMLElement;
  ctx: Ctx;
  queue: OpenQueue;
  keeper: Keeper | null;
  auto: boolean;
  onAuto: (auto: boolean) => void;
  /** An answer given here was written there in the journal, and nothing else. */
  onWrote: (span: Span) => void;
  onLeave: () => void;
  onEnd: () => void;
}

const HELD = [..."0123456789", "Enter"];

export class Room {
  private readonly meter: PaceMeter;
  private readonly quick: Quick;
  private readonly desk: Desk;
  private readonly sheet: Sheet;
  private readonly stage: Stage;
  private readonly shelf: Shelf;
  private readonly answering: Answering;
  private readonly opening: Opening;
  private readonly acts: RoomActions;
  private auto: boolean;
  private drawing = false;

  constructor(private readonly options: RoomOptions) {
    const { ctx, queue, keeper } = options;
    this.meter = new PaceMeter(queue.pace);
    this.quick = new Quick(ctx);
    this.sheet = new Sheet(queue, ctx.author, (scheme) => this.quick.values(scheme));
    this.auto = options.auto;
    this.opening = this.makeOpening();
    this.stage = this.makeStage();
    this.shelf = new Shelf(this.element, ctx, this.sheet, queue.examples, () => this.draw());
    this.answering = this.makeAnswering();
    this.acts = this.makeActs();
    const { element, sheet, quick, answering, opening } = this;
    this.desk = reviewDesk({ ctx, root: element, keeper, queue: queue.queue, sheet, quick, answering, opening, draw: () => this.draw(), onWrote: options.onWrote });
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
    const { at } = this.opening.walk;
    if (at === null) return this.options.onEnd();
    await this.opening.open(at);
    markReady(this.element);
  }

  focus(): void {
    this.stage.focus();
  }

  /** Somebody changed something: what is open is read again, and nothing moves. */
  refresh(): Promise<void> {
    return this.opening.refresh();
  }

  shortcuts(): Shortcut[] {
    const hold = { keys: HELD, label: "", run: (event: KeyboardEvent) => this.answering.hold(event.key) };
    return this.answering.ready ? this.keys() : [hold, ...this.keys()];
  }

  private keys(): Shortcut[] {
    return roomKeys(this.acts);
  }

  private toggleAuto(): void {
    this.auto = !this.auto;
    this.options.onAuto(this.auto);
    this.drawSide();
  }

  // --- drawing

  private drawSide(): void {
    this.stage.drawSide(this.opening.walk, this.meter, this.auto);
  }

  /** Once for all that one key changes: each drawing has the browser lay the questions out. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.stage.draw(this.opening.walk, this.meter, this.auto, this.shelf.examples);
    });
  }

  // --- the parts

  private makeOpening(): Opening {
    const { ctx, queue, onEnd } = this.options;
    return new Opening({
      ctx,
      queue,
      sheet: this.sheet,
      stage: () => this.stage,
      desk: () => this.desk,
      answering: () => this.answering,
      draw: () => this.draw(),
      drawSide: () => this.drawSide(),
      onEnd,
    });
  }

  private makeStage(): Stage {
    const { ctx, queue, onLeave } = this.options;
    return new Stage(ctx, queue, this.sheet, {
      onTurn: (turn) => this.acts.pick(turn),
      onOffer: (offer) => this.acts.answer(offer),
      onUnsure: () => this.acts.unsure(),
      onFind: () => this.acts.find(),
      onAdvice: () => this.acts.enter(),
      onStep: (at) => this.acts.question(at - this.sheet.at),
      onExamples: () => this.acts.examples(),
      onExample: () => this.acts.example(),
      onNote: () => this.acts.note(),
      onBrowse: () => this.acts.browse(),
      onLeave,
      onPlace: (place) => void this.opening.open(place),
      onAuto: () => this.acts.auto(),
    });
  }

  private makeAnswering(): Answering {
    return new Answering({
      author: this.options.ctx.author,
      sheet: this.sheet,
      meter: this.meter,
      quick: this.quick,
      place: () => this.opening.walk.at,
      isDone: (place) => this.opening.walk.isDone(place),
      mark: (place, done) => this.opening.walk.mark(place, done),
      leave: (place) => this.opening.leaveFor(this.opening.walk.following(place)),
      auto: () => this.auto,
      settling: this.options.queue.queue.order === "settle",
      askReason: (scheme, value, then) => openReason(this.element, scheme, value, then),
      say: (text) => this.stage.questions.say(text),
      markTurn: () => this.stage.mark(this.sheet.turn),
      draw: () => this.draw(),
    }, () => this.desk);
  }

  private makeActs(): RoomActions {
    const { ctx, onLeave } = this.options;
    const { sheet, stage, shelf, answering, opening } = this;
    return roomActs({
      ctx,
      sheet,
      stage,
      shelf,
      answering,
      opening,
      taking: this.makeTaking(),
      draw: () => this.draw(),
      auto: () => this.toggleAuto(),
      leave: onLeave,
      help: () => openHelp(this.element, this.keys()),
    });
  }

  private makeTaking(): Taking {
    return new Taking({
      ctx: this.options.ctx,
      trail: this.answering.trail,
      apart: this.options.queue.queue.order === "again",
      forget: (place) => this.opening.again(place),
      reload: (place) => this.opening.reload(place),
    });
  }
}

// Giving answers in an open queue: what is answered next, what waits for others' answers to be shown, what undo goes
// back to. It draws nothing itself.
import { labelled, t } from "../core/i18n.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { inWords, others, same, titleOf } from "../tags/answers.ts";
import type { Desk } from "../tags/desk.ts";
import type { Quick } from "../tags/quick.ts";
import { CANNOT_SAY, offerOf, offersAll, toggled, type Offer } from "./choices.ts";
import type { PaceMeter } from "./pace.ts";
import type { Sheet } from "./sheet.ts";
import type { Asked, Reviewed } from "./types.ts";

/** What the room does for it. */
export interface AnsweringRoom {
  author: string;
  sheet: Sheet;
  meter: PaceMeter;
  quick: Quick;
  /** Place of the open sample in the queue; null before any is open. */
  place: () => number | null;
  isDone: (place: number) => boolean;
  mark: (place: number, done: boolean) => void;
  /** Go to the sample after this place, or end. */
  leave: (place: number) => void;
  auto: () => boolean;
  settling: boolean;
  askReason: (scheme: Scheme, value: TagValue, then: (note: string) => void) => void;
  say: (text: string) => void;
  markTurn: () => void;
  draw: () => void;
}

export class Answering {
  /** Places where something was decided, the newest last: undo goes back there. */
  readonly trail: number[] = [];
  /** Why a dispute is settled as it is: goes with the next decision. */
  reason = "";
  /** Keys that were pressed before they could be answered. */
  private held: string[] = [];

  constructor(
    private readonly room: AnsweringRoom,
    private readonly desk: () => Desk,
  ) {}

  /** False while a conversation is on its way, or while others' answers are about to be shown. */
  get ready(): boolean {
    const { opened, blind } = this.room.sheet;
    return opened !== null && blind !== "waiting";
  }

  hold(key: string): void {
    this.held.push(key);
  }

  /** Keys pressed meanwhile are answered in their order. */
  replay(): void {
    const { sheet } = this.room;
    while (this.held.length > 0 && this.ready) {
      const name = this.held.shift()!;
      const offer = sheet.scheme && offerOf(sheet.offersOf(sheet.scheme), name);
      if (name === "0") this.answer(CANNOT_SAY);
      else if (name === "Enter") this.enter();
      else if (offer) this.offered(offer);
    }
  }

  offered(offer: Offer): void {
    const { scheme, step } = this.room.sheet;
    if (!scheme || !step) return;
    if (scheme.kind === "multi") this.answer(toggled(this.room.sheet.valueOf(step), String(offer.value)));
    else this.answer(offer.value);
  }

  answer(value: TagValue | null): void {
    const { sheet, settling, askReason } = this.room;
    const { scheme, step } = sheet;
    if (!scheme || !step || !sheet.opened) return;
    if (settling && value !== null) askReason(scheme, value, (note) => this.decide(scheme, step, value, note));
    else this.decide(scheme, step, value, "");
  }

  /** Take what is suggested, look for an answer, or go on from an answered question. */
  enter(): void {
    const { sheet, auto, place, isDone, leave } = this.room;
    const { scheme, step } = sheet;
    if (!scheme || !step) return;
    const value = sheet.valueOf(step);
    const advice = sheet.advice(step);
    if (value === undefined && advice) return this.answer(advice.value);
    if (value === undefined) return offersAll(scheme) ? undefined : this.find();
    const at = place();
    if (!auto() && at !== null && isDone(at)) return leave(at);
    this.goOn();
  }

  find(): void {
    const { scheme } = this.room.sheet;
    if (scheme) this.desk().choose(scheme);
  }

  /** To the next open question of this sample, else to the next sample. */
  goOn(): void {
    const { sheet, place, mark, markTurn, draw, auto, say, leave } = this.room;
    const at = place();
    if (at === null) return;
    sheet.blind = null;
    const open = sheet.firstOpen;
    mark(at, open < 0);
    if (open >= 0) {
      sheet.at = open;
      markTurn();
      draw();
      return this.replay();
    }
    if (auto()) return leave(at);
    say(t("All answered. Enter goes on."));
    draw();
  }

  /** Python's word came: show what others answered when the person waited for it. */
  tagged(opened: Reviewed): void {
    const { sheet, author, draw, say } = this.room;
    sheet.opened = opened;
    const { step } = sheet;
    if (sheet.blind !== "waiting" || !step) return draw();
    const told = others(opened.tags, step.scheme, author, sheet.turnOf(step));
    if (told.length === 0) return draw();
    const answer = sheet.valueOf(step);
    if (told.every((tag) => answer !== undefined && same(tag.value, answer))) return this.goOn();
    sheet.blind = "revealed";
    this.held = []; // pressed before anybody could see this: not an answer to it
    say(t("The others answered differently. Enter keeps your answer."));
    draw();
  }

  private decide(scheme: Scheme, step: Asked, value: TagValue | null, note: string): void {
    const { sheet, place, meter, quick, say, draw } = this.room;
    const at = place();
    if (!sheet.opened || at === null) return;
    const first = sheet.valueOf(step) === undefined;
    const waits = first && scheme.suggestion === "after_answer" && sheet.hidden(step) > 0 && value !== null;
    if (waits) sheet.blind = "waiting";
    sheet.give(step, value);
    this.reason = note;
    this.trail.push(at);
    this.desk().answer(scheme, value);
    meter.tick();
    if (typeof value === "string" && !offersAll(scheme) && value !== CANNOT_SAY) quick.use(scheme.name, value);
    say(value === null ? t("Removed") : labelled(titleOf(scheme), inWords(scheme, value)));
    if (waits || scheme.kind === "multi" || value === null || sheet.picked) return draw();
    this.goOn();
  }
}

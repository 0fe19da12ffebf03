// What a person sees of an open queue: the column of progress, the conversation, and the questions.
import { Conversation } from "../browse/conversation.ts";
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { focusIn } from "../core/refocus.ts";
import type { Offer } from "./choices.ts";
import type { PaceMeter } from "./pace.ts";
import { Questions } from "./question.ts";
import type { Sheet } from "./sheet.ts";
import { Side } from "./side.ts";
import type { Example, OpenQueue } from "./types.ts";
import type { Walk } from "./walk.ts";

export interface StageEvents {
  onTurn: (turn: string | null) => void;
  onOffer: (offer: Offer) => void;
  onUnsure: () => void;
  onFind: () => void;
  onAdvice: () => void;
  onStep: (at: number) => void;
  onExamples: () => void;
  onExample: () => void;
  onNote: () => void;
  onBrowse: () => void;
  onLeave: () => void;
  onPlace: (place: number) => void;
  onAuto: () => void;
}

export class Stage {
  readonly element = h("div", { class: "wb-review", tabindex: -1 });
  readonly conversation: Conversation;
  readonly questions: Questions;
  private readonly side: Side;
  private readonly titles = new Map<string, string>();
  /** Leads back to what had the focus, where the next drawing is nobody's answer here. */
  private back: (() => void) | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly queue: OpenQueue,
    private readonly sheet: Sheet,
    events: StageEvents,
  ) {
    this.conversation = new Conversation({
      onTurn: events.onTurn,
      onOpen: (id) => ctx.navigate("browse", { id }),
      actions: () => [
        { label: t("Add a note"), icon: "note", keys: keyShown("review", "add-a-note", "n"), run: events.onNote },
        { label: t("Open in Browse"), icon: "browse", keys: keyShown("review", "open-in-browse", "b"), run: events.onBrowse },
      ],
    });
    this.questions = new Questions(events);
    this.side = new Side(events);
    this.element.append(this.side.element, this.conversation.element, this.questions.element);
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** The next conversation is on its way. */
  wait(): void {
    this.conversation.wait();
    this.questions.wait();
  }

  /** Mark the turn that is asked about. */
  mark(turn: string | null): void {
    this.conversation.markTurn(turn);
  }

  drawConversation(): void {
    const { opened, step, picked, schemes } = this.sheet;
    if (opened) this.conversation.show(opened, [], step?.turn ?? picked, schemes);
  }

  drawSide(walk: Walk, meter: PaceMeter, auto: boolean): void {
    this.side.show(this.queue.queue, walk, meter, this.titles, auto);
    this.keepFocus();
  }

  /** The column of progress and the questions. */
  draw(walk: Walk, meter: PaceMeter, auto: boolean, examples: Example[]): void {
    this.side.show(this.queue.queue, walk, meter, this.titles, auto);
    this.questions.show(this.sheet.asking(examples, this.queue.reports), this.sheet.at, this.queue.queue.order, this.back !== null);
    this.keepFocus();
  }

  /** The next drawing only shows what others did: the focus, and what is scrolled to, stay where they are. */
  hold(): void {
    this.back = focusIn(this.element);
  }

  /** What had the focus may have been drawn anew: keys must go on working. */
  private keepFocus(): void {
    this.back?.();
    this.back = null;
    const now = document.activeElement;
    if (!now || now === document.body) this.focus();
  }

  /** Fetch the titles of samples that have none here yet; `drawn` follows when they are known. */
  learnTitles(ids: string[], drawn: () => void): void {
    const missing = [...new Set(ids)].filter((id) => !this.titles.has(id));
    if (missing.length === 0) return drawn();
    this.ctx
      .call<Record<string, string>>("review.titles", { ids: missing })
      .then((titles) => {
        for (const [id, title] of Object.entries(titles)) this.titles.set(id, title);
        this.hold();
        drawn();
      })
      .catch(this.ctx.notice);
  }
}

// The questions beside the open conversation, what is answered to them, and the desk that keeps each answer safe.
import type { Ctx } from "../core/ctx.ts";
import { inDigits, t } from "../core/i18n.ts";
import { capOf, keyShown } from "../core/keymap.ts";
import type { Opened } from "../core/nouns.ts";
import { openBulk } from "../bulk/sheet.ts";
import { openSchemes } from "../schemes/editor.ts";
import { appliedToRow } from "../tags/answers.ts";
import { planKeys, type KeyPlan } from "../tags/assign.ts";
import type { Span } from "../tags/decisions.ts";
import { Desk } from "../tags/desk.ts";
import { TagPane } from "../tags/pane.ts";
import type { Session } from "./session.ts";

export interface QuestionsOptions {
  root: HTMLElement;
  ctx: Ctx;
  session: Session;
  keeper: Storage | null;
  /** Ask another query. */
  onFind: (query: string) => void;
  /** Rows look other than they did. */
  onRows: () => void;
  /** Much has changed: everything is read again. */
  onChanged: () => void;
  /** So many answers are on their way. */
  onPending: (count: number) => void;
  /** An answer was written there in the journal. */
  onWrote: (span: Span) => void;
}

export class Questions {
  readonly pane: TagPane;
  readonly desk: Desk;
  /** The open conversation with the answers that are still on their way. */
  opened: Opened | null = null;
  plan: KeyPlan = planKeys([]);

  constructor(private readonly options: QuestionsOptions) {
    this.desk = this.makeDesk();
    this.pane = new TagPane({
      author: options.ctx.author,
      onAnswer: (scheme, value) => this.desk.answer(scheme, value),
      onChooser: (scheme) => this.desk.choose(scheme),
      onWhole: () => options.session.opened.setTurn(null),
      onEditQuestions: () => this.edit(),
      adviceKey: capOf(keyShown("browse", "take-the-suggestion", "Enter")),
    });
  }

  /** The schemes are there, or others than before. */
  schemesCame(): void {
    this.plan = planKeys(this.options.session.schemes);
    this.draw();
  }

  draw(): void {
    const { session } = this.options;
    const ids = session.chosen();
    const turn = session.marks.size > 0 ? null : session.opened.turn;
    if (ids.length === 0) return this.pane.show(session.schemes, this.plan, null);
    if (!this.opened) return;
    this.pane.show(session.schemes, this.plan, { ids, turn, tags: this.opened.tags, label: this.label(ids, turn) });
  }

  /** Rows that came show the answers that are on their way. */
  overlayRows(): void {
    for (const decision of this.desk.pending) this.options.session.found.pages.update((row) => appliedToRow(row, decision));
  }

  /** One answer for the marked conversations, else for everything the query finds. */
  answerAll(): void {
    const { root, ctx, session, onChanged } = this.options;
    const { marks, schemes } = session;
    const { query, total } = session.found;
    if (total === 0) return;
    const marked = marks.size > 0;
    openBulk(root, ctx, {
      which: marked ? [...marks] : query,
      total: marked ? marks.size : total,
      query: marked ? null : query,
      schemes,
      onDone: onChanged,
    });
  }

  /** Change the questions themselves. */
  edit(): void {
    const { root, ctx, session, onFind, onChanged } = this.options;
    openSchemes(root, ctx, {
      schemes: session.schemes,
      onSaved: (schemes) => {
        session.schemes = schemes;
        this.schemesCame();
        onChanged();
      },
      onFind,
    });
  }

  private label(ids: string[], turn: string | null): string {
    if (ids.length > 1) return t("{n} marked", { n: inDigits(ids.length) });
    const number = (this.opened?.sample.turns.findIndex((item) => item.id === turn) ?? -1) + 1;
    return turn ? t("turn {n}", { n: number }) : t("conversation");
  }

  private makeDesk(): Desk {
    const { root, ctx, session, keeper, onRows, onChanged, onPending, onWrote } = this.options;
    return new Desk({
      ctx,
      root,
      keeper,
      opened: () => this.opened,
      ids: () => session.chosen(),
      whenHere: (run) => session.whenHere(run),
      expecting: () => session.expecting,
      turn: () => (session.marks.size > 0 ? null : session.opened.turn),
      onPaint: (decision) => {
        session.found.pages.update((row) => appliedToRow(row, decision));
        for (const id of decision.ids) (session.opened.cache.forget(id), session.answered.add(id));
        onRows();
      },
      onTags: (opened) => {
        session.opened.cache.put((this.opened = opened));
        this.draw();
      },
      onScheme: (scheme) => {
        session.schemes = session.schemes.map((item) => (item.name === scheme.name ? scheme : item));
        this.schemesCame();
      },
      onRefused: onChanged,
      onPending,
      onWrote,
    });
  }
}

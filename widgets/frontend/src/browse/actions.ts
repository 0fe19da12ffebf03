// What a person can do on the browse page, by key or by button.
import { inDigits, t, tn } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import type { Ctx } from "../core/ctx.ts";
import type { Shortcut } from "../core/keys.ts";
import { openAlike } from "./alike.ts";
import type { Conversation, Tool } from "./conversation.ts";
import { openCopy } from "./copy.ts";
import type { Editing } from "./editing.ts";
import { openHelp } from "./help.ts";
import { openHistory } from "./history.ts";
import type { ListPane } from "./listpane.ts";
import { openNote } from "./note.ts";
import type { Questions } from "./questions.ts";
import type { Session } from "./session.ts";
import { browseKeys } from "./shortcuts.ts";
import { openSameOf } from "../same/browsed.ts";
import { openReplace } from "../replace/dialog.ts";
import { openSteps } from "../steps/panel.ts";
import { setAside, takeStep } from "./steps.ts";

export interface Parts {
  root: HTMLElement;
  ctx: Ctx;
  session: Session;
  list: ListPane;
  conversation: Conversation;
  editing: Editing;
  questions: Questions;
  search: () => void;
  filters: () => void;
  refresh: () => Promise<void>;
}

export class Actions {
  constructor(private readonly parts: Parts) {}

  undo(): void {
    void this.doing(() => takeStep(this.parts.ctx, "undo"));
  }

  redo(): void {
    void this.doing(() => takeStep(this.parts.ctx, "redo"));
  }

  /** What I did, as a list to go back in. */
  steps(): void {
    const { root, ctx, session, refresh } = this.parts;
    openSteps(root, ctx, { onChanged: () => void refresh(), onOpen: (id) => void session.open(id).catch(ctx.notice) });
  }

  /** What was corrected in this conversation last, in the others of its run. */
  same(): void {
    const { root, ctx, refresh } = this.parts;
    const { opened } = this.parts.questions;
    if (opened) void openSameOf(root, ctx, opened.sample, () => void refresh());
  }

  /** Find and replace in everything the query finds. */
  replace(): void {
    const { root, ctx, session, refresh } = this.parts;
    if (session.found.total === 0) return;
    openReplace(root, ctx, session.found.query, {
      onDone: () => void refresh(),
      onOpen: (id) => void session.open(id).catch(ctx.notice),
    });
  }

  help(): void {
    openHelp(this.parts.root, this.shortcuts());
  }

  /** The buttons over a conversation. */
  tools(): Tool[] {
    const { session, ctx } = this.parts;
    const id = session.currentId;
    return [
      { label: t("Edit"), icon: "edit", keys: keyShown("browse", "edit", "e"), run: () => this.edit() },
      { label: t("Add a note"), icon: "note", keys: keyShown("browse", "add-a-note", "n"), run: () => this.note() },
      { label: t("History"), icon: "history", keys: keyShown("browse", "history", "h"), run: () => this.history() },
      { label: t("Conversations like this one"), icon: "alike", keys: keyShown("browse", "conversations-like-this-one", "Shift+L"), run: () => this.alike() },
      { label: t("Copy"), icon: "copy", keys: keyShown("browse", "copy", "Shift+C"), run: () => this.copy() },
      { label: t("Flag"), icon: "flag", keys: keyShown("browse", "flag-for-a-second-look", "Shift+F"), on: this.flagged, run: () => this.flag() },
      { label: this.archived ? t("Bring back") : t("Put aside"), icon: "archive", keys: keyShown("browse", "put-aside-archive", "#"), run: () => this.archive() },
      {
        label: t("Generate variants of it"),
        icon: "generate",
        keys: t("Generate page"),
        run: () => id && ctx.navigate("generate", { query: `id:${id}`, id, ids: session.chosen() }),
      },
    ];
  }

  shortcuts(): Shortcut[] {
    const { session, list, conversation, questions, editing, search } = this.parts;
    if (editing.focused) return [];
    return browseKeys(
      {
        move: (by) => session.whenHere(() => session.move(by)),
        page: (by) => session.whenHere(() => session.go(session.current + by * list.list.page)),
        first: () => session.whenHere(() => session.go(0)),
        last: () => session.whenHere(() => session.go(session.found.total - 1)),
        search,
        edit: () => this.edit(),
        undo: () => this.undo(),
        redo: () => this.redo(),
        steps: () => this.steps(),
        replace: () => this.replace(),
        same: () => this.same(),
        unsaved: () => void editing.goOn().catch(this.parts.ctx.notice),
        note: () => this.note(),
        history: () => this.history(),
        mark: () => list.marking.toggle(),
        markTo: () => this.marking(() => list.marking.range(session.current)),
        markEverything: () => this.marking(() => this.markEverything()),
        flag: () => this.flag(),
        alike: () => this.alike(),
        copy: () => this.copy(),
        density: () => list.switchDensity(),
        filters: this.parts.filters,
        archive: () => this.archive(),
        answerAll: () => questions.answerAll(),
        editQuestions: () => questions.edit(),
        turn: (by) => this.moveTurn(by),
        leave: () => this.leave(),
        help: () => this.help(),
        scroll: (share) => conversation.scrollBy(share),
        answer: (scheme, value) => questions.desk.answer(scheme, value),
        choose: (scheme) => questions.desk.choose(scheme),
        suggestion: () => this.takeSuggestion(),
      },
      questions.plan,
      session.schemes,
    );
  }

  /** Only one that is seen: while another conversation is on its way there is none. */
  private takeSuggestion(): boolean {
    const { questions, session } = this.parts;
    const taken = questions.opened?.sample.id === session.currentId ? questions.pane.advice : undefined;
    if (taken) questions.desk.answer(taken.scheme, taken.value);
    return taken !== undefined;
  }

  private get archived(): boolean {
    return this.parts.questions.opened?.sample.state === "archived";
  }

  private get flagged(): boolean {
    const { questions, ctx } = this.parts;
    return (questions.opened?.tags ?? []).some(
      (tag) => tag.scheme === "flag" && tag.author === ctx.author && tag.value === true && !tag.turn,
    );
  }

  /** Flag what is chosen, or take my flag off; one step, so that `u` takes it back. */
  private flag(): void {
    const { session, ctx } = this.parts;
    const ids = session.chosen();
    const on = !this.flagged;
    if (ids.length === 0) return;
    void this.doing(async () => {
      await ctx.call("flag.set", { ids, on });
      ctx.notice(on ? tn("Flagged {n}. flag:yes finds it.", "Flagged {n}. flag:yes finds them.", ids.length) : t("Flag taken off."));
    });
  }

  private alike(): void {
    const { session, root, ctx } = this.parts;
    const open = (id: string): void => void session.open(id);
    if (session.currentId) openAlike(root, ctx, session.currentId, open);
  }

  private copy(): void {
    const { session, root, ctx, questions } = this.parts;
    const now = questions.opened;
    if (now) openCopy(root, ctx, now.sample, session.opened.turn);
  }

  private marking(what: () => Promise<unknown>): void {
    what().catch(this.parts.ctx.notice);
  }

  private async markEverything(): Promise<void> {
    const { list, ctx } = this.parts;
    const left = await list.marking.everything();
    if (left > 0)
      ctx.notice(
        tn("The first {first} are marked; {n} more was found. “Tag all” reaches all of them.", "The first {first} are marked; {n} more were found. “Tag all” reaches all of them.", left, {
          first: inDigits(this.parts.session.marks.size),
        }),
      );
  }

  private edit(): void {
    const { editing, questions, session } = this.parts;
    const now = questions.opened;
    if (now) editing.start(now.sample, session.opened.turn);
  }

  private note(): void {
    const { session, root, ctx, refresh } = this.parts;
    if (session.currentId) openNote(root, ctx, session.currentId, session.opened.turn, () => void refresh());
  }

  private history(): void {
    const { session, root, ctx } = this.parts;
    if (session.currentId) openHistory(root, ctx, session.currentId);
  }

  private archive(): void {
    const { session, ctx } = this.parts;
    const ids = session.chosen();
    const back = this.archived;
    if (ids.length > 0) void this.doing(() => setAside(ctx, ids, back));
  }

  private moveTurn(by: number): void {
    const { session, questions } = this.parts;
    const turns = questions.opened?.sample.turns ?? [];
    const at = turns.findIndex((turn) => turn.id === session.opened.turn);
    const next =
      at < 0 ? turns[by > 0 ? 0 : turns.length - 1] : turns[Math.min(turns.length - 1, Math.max(0, at + by))];
    if (next) session.opened.setTurn(next.id);
  }

  private leave(): void {
    const { session, list } = this.parts;
    if (session.opened.turn) session.opened.setTurn(null);
    else if (session.marks.size > 0) session.clearMarks();
    list.focus();
  }

  /** Do something that changes the workspace, tell about its failure, and show what is true then. */
  private async doing(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (error) {
      this.parts.ctx.notice(error);
    }
    await this.parts.refresh();
  }
}

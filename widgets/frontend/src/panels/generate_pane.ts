// The open draft: beside its parent, run turn by turn, or being rewritten. Which one is open is the queue's to say.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import { keepFocus } from "../core/refocus.ts";
import { DraftCache } from "./generate_cache.ts";
import { DraftView, liveHead, nothingOpen } from "./generate_draft.ts";
import { editDraft, type DraftEditor } from "./generate_edit.ts";
import { LivePane } from "./generate_live.ts";
import * as q from "./generate_queue.ts";
import type { OpenedDraft, Run } from "./generate_types.ts";

/** What the pane asks of the page around it. */
export interface Around {
  queue(): q.Queue;
  runs(): Run[];
  run(): string | null;
  drawHead(): void;
  focus(): void;
  accept(id: string, turns: Turn[], changed: number): void;
  /** Show the candidates of the open draft's request side by side. */
  compare: () => void;
  /** Ask a model what it thinks of the drafts. */
  judge: () => void;
  /** Show the rows of a run that came to nothing. */
  lost: (run: string) => void;
  /** What the model was asked for the open draft. */
  asked: () => void;
}

export class DraftPane {
  readonly element = h("div", { class: "wb-draft", tabindex: -1, "aria-live": "off" });
  readonly cache: DraftCache;
  editor: DraftEditor | null = null;
  live: LivePane | null = null;
  private shown = "";
  /** What is shown is old: it is read again when it is shown next, and stays meanwhile. */
  private old = false;
  private view: DraftView | null = null;
  /** Drafts that are run turn by turn from now on because the person asked for it. */
  private readonly byTurns = new Set<string>();
  private offered = "";
  /** How many candidates of one request the open draft was drawn as one of. */
  private beside = 0;

  constructor(
    private readonly ctx: Ctx,
    private readonly around: Around,
  ) {
    this.cache = new DraftCache(ctx.call);
    fill(this.element, loading());
  }

  close(): void {
    this.live?.close();
  }

  /** Nothing could be read: said here when there is nothing else to see. */
  failed(error: unknown, again: () => void): void {
    if (this.shown === "") fill(this.element, failed(error, again));
    else this.ctx.notice(error);
  }

  /** The keys while a text is being written; null when the page's own count. */
  typing(): Shortcut[] | null {
    if (this.editor) return this.editor.keys;
    return this.live?.editing ? this.live.keys() : null;
  }

  /** Somebody writes here: what is shown stays until that is saved or left. */
  get writing(): boolean {
    return this.editor !== null || this.live?.editing === true;
  }

  /** These drafts are decided: what is known of them is old. The editor of another one stays. */
  decided(ids: string[]): void {
    this.cache.drop(...ids);
    if (this.editor && ids.includes(this.editor.draft)) this.editor = null;
  }

  /** Runs the open draft turn by turn; null where that cannot be. */
  turnByTurn(): (() => void) | null {
    return this.offered && this.offered === this.around.queue().open ? () => this.goByTurns() : null;
  }

  async show(): Promise<void> {
    const id = this.around.queue().open;
    const here = id === this.shown && id !== "";
    const more = q.groupOf(this.around.queue(), id).length !== this.beside && !this.live;
    if (this.writing || (here && !more && !this.old)) return;
    this.shown = id;
    this.old = false;
    if (!here) this.leaveLive();
    if (id === "") return keepFocus(this.element, () => fill(this.element, nothingOpen(this.around.runs(), this.around.run(), this.around.lost)));
    const still = (): boolean => this.shown === id && !this.writing;
    const waiting = setTimeout(() => still() && !this.drawn(id) && fill(this.element, loading()), 200);
    try {
      const found = await this.cache.get(id);
      if (still()) {
        this.draw(found);
        if (!here) this.element.scrollTop = 0;
        this.prefetch();
      }
    } catch (error) {
      if (still() && this.drawn(id)) {
        this.old = true;
        this.ctx.notice(error);
      } else if (still()) fill(this.element, failed(error, () => this.again()));
    } finally {
      clearTimeout(waiting);
    }
  }

  /** These drafts say something else by now: what is known of them is forgotten. */
  stale(ids: string[]): void {
    this.cache.drop(...ids);
    if (ids.includes(this.shown)) this.old = true;
  }

  /** What is shown of the open draft is old: it is read again when it is shown next. */
  forget(): void {
    this.old = true;
    this.cache.drop(this.around.queue().open);
  }

  private again(): void {
    this.forget();
    void this.show();
  }

  async edit(): Promise<void> {
    const id = this.around.queue().open;
    if (!id || this.live || this.editor) return;
    let found: OpenedDraft;
    try {
      found = await this.cache.get(id);
    } catch (error) {
      return this.ctx.notice(error);
    }
    if (id !== this.around.queue().open || this.live || this.editor) return;
    this.editor = editDraft(found, { accept: (turns) => this.around.accept(id, turns, found.draft.changes?.length ?? 0), cancel: () => this.leaveEditor() });
    fill(this.element, this.editor.element);
    this.around.drawHead();
    this.editor.focus();
  }

  private leaveEditor(): void {
    this.editor = null;
    this.shown = "";
    this.around.drawHead();
    this.around.focus();
    void this.show();
  }

  private draw(found: OpenedDraft): void {
    const id = found.draft.id;
    const group = q.groupOf(this.around.queue(), id);
    this.beside = group.length;
    this.offered = found.live === "offered" ? id : "";
    const byTurns = found.live === "begun" || (this.offered !== "" && this.byTurns.has(id));
    if (!byTurns || this.live?.id !== id) this.leaveLive();
    if (byTurns) this.drawLive(found, group);
    else this.drawWhole(found, group);
    this.around.drawHead();
  }

  private drawLive(found: OpenedDraft, group: q.Queue["lines"]): void {
    const head = liveHead(this.ctx, found, group);
    if (this.live) return this.live.put(head);
    this.live = new LivePane(this.ctx, found.draft.id, head, () => this.around.focus(), () => (this.around.drawHead(), void this.show()));
    fill(this.element, this.live.element);
  }

  private drawWhole(found: OpenedDraft, group: q.Queue["lines"]): void {
    const { id } = found.draft;
    if (this.view?.id !== id) this.view = new DraftView(id);
    if (!this.drawn(id)) fill(this.element, this.view.element);
    this.view.show(this.ctx, found, group, { byTurns: this.offered ? () => this.goByTurns() : null, compare: group.length > 1 ? this.around.compare : null, judge: this.around.judge, asked: this.around.asked });
  }

  /** Whether this draft is on the screen already, read as a whole or run turn by turn. */
  private drawn(id: string): boolean {
    return [this.live, this.view].some((one) => one?.id === id && this.element.contains(one.element));
  }

  private leaveLive(): void {
    this.live?.close();
    this.live = null;
  }

  private goByTurns(): void {
    this.byTurns.add(this.offered);
    this.shown = "";
    this.around.focus();
    void this.show();
  }

  private prefetch(): void {
    const queue = this.around.queue();
    const next = queue.lines[q.openIndex(queue) + 1];
    if (next) this.cache.get(next.id).catch(() => {});
  }
}

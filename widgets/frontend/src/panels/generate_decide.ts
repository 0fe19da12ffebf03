// The right side of Generate: the runs, the queue of undecided drafts, and the open draft. Decisions are made here, by
// key or button, and are saved before the next draft opens. A run that is still going on only adds to the queue.
import { openHelp } from "../browse/help.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import { throttled } from "../work/parts.ts";
import { decideBar } from "./generate_bar.ts";
import { DraftCache } from "./generate_cache.ts";
import { draftView, liveHead, nothingOpen } from "./generate_draft.ts";
import { editDraft, type DraftEditor } from "./generate_edit.ts";
import { decideKeys, type DecideActions } from "./generate_keys.ts";
import { queueList, type QueueList } from "./generate_list.ts";
import { lostRows, type LostRows } from "./generate_lost.ts";
import * as q from "./generate_queue.ts";
import { askReason } from "./generate_reject.ts";
import { LivePane } from "./generate_live.ts";
import { runTable } from "./generate_runs.ts";
import type { Line, OpenedDraft, Run } from "./generate_types.ts";

export interface Decider {
  element: HTMLElement;
  /** A run was started here: show its drafts as they come. */
  follow(run: string): void;
  /** Put the keys into the queue. */
  focus(): void;
  close(): void;
}

const OFTEN = 400;
const CLOCK = 3000;

export function decider(ctx: Ctx): Decider {
  const page = new Deciding(ctx);
  return { element: page.element, follow: (run) => page.follow(run), focus: () => page.focus(), close: () => page.close() };
}

class Deciding {
  readonly element = h("section", { class: "wb-decide", "aria-label": t("Decide on drafts") });
  private readonly head = h("div", {});
  private readonly runsBox = h("div", { class: "wb-decide-runs" });
  private readonly lost: LostRows;
  private readonly detail = h("div", { class: "wb-draft", tabindex: -1, "aria-live": "off" });
  private readonly list: QueueList;
  private readonly stops: (() => void)[] = [];
  private readonly cache: DraftCache;
  private queue = q.EMPTY;
  private runs: Run[] = [];
  private run: string | null = null;
  private more = false;
  private shown = "";
  private editor: DraftEditor | null = null;
  private live: LivePane | null = null;
  /** Drafts that are run turn by turn from now on because the person asked for it. */
  private readonly byTurns = new Set<string>();
  private offered = "";
  private busy = false;
  private hidden = false;
  private readonly decisions: string[] = [];

  constructor(private readonly ctx: Ctx) {
    this.cache = new DraftCache(ctx.call);
    this.lost = lostRows(ctx, () => void this.refresh());
    this.list = queueList((id) => this.set(q.opened(this.queue, id)));
    fill(this.element, this.head, this.runsBox, this.lost.element, h("div", { class: "wb-decide-two" }, this.list.element, this.detail));
    const look = throttled(() => !this.hidden && void this.refresh(), OFTEN);
    const clock = setInterval(() => this.runs.some((run) => run.state === "running") && look(), CLOCK);
    this.stops.push(
      bindKeys(this.element, () => this.keys()),
      ctx.on("changed", look),
      ctx.on("hidden", () => void (this.hidden = true)),
      ctx.on("shown", () => ((this.hidden = false), look())),
      look.stop,
      () => clearInterval(clock),
    );
    fill(this.detail, loading());
    void this.refresh();
  }

  close(): void {
    this.live?.close();
    this.stops.forEach((stop) => stop());
  }

  focus(): void {
    this.list.element.focus({ preventScroll: true });
  }

  follow(run: string): void {
    this.run = run;
    this.focus();
    void this.refresh();
  }

  private keys(): Shortcut[] {
    if (this.editor) return this.editor.keys;
    return this.live?.editing ? this.live.keys() : decideKeys(this.actions(), this.live?.keys());
  }

  private async refresh(): Promise<void> {
    void this.live?.refresh();
    try {
      const asked = this.run;
      const [runs, found] = await Promise.all([
        this.ctx.call<Run[]>("run.list"),
        this.ctx.call<{ drafts: Line[]; more: boolean }>("draft.queue", { run: asked }),
      ]);
      if (asked !== this.run || this.busy) return;
      this.runs = runs;
      this.more = found.more;
      this.drawRuns();
      this.lost.look();
      this.set(q.merged(this.queue, found.drafts));
    } catch (error) {
      if (this.shown === "") fill(this.detail, failed(error, () => void this.refresh()));
      else this.ctx.notice(error);
    }
  }

  private set(queue: q.Queue): void {
    const redraw = !q.sameLines(queue.lines, this.queue.lines) || queue.skipped !== this.queue.skipped;
    this.queue = queue;
    if (redraw) this.drawHead();
    this.list.draw(queue, redraw, this.runs.some((run) => run.state === "running"));
    if (!this.editor) void this.show();
  }

  private drawHead(): void {
    const bar = this.editor?.bar ?? decideBar(this.queue.lines.length, this.more, this.queue.open !== "", this.actions(), this.live !== null);
    const had = this.head.contains(document.activeElement);
    if (this.head.firstElementChild !== bar) fill(this.head, bar);
    if (had && !this.editor) this.focus();
  }

  private drawRuns(): void {
    fill(this.runsBox, this.runs.length === 0 ? null : runTable(this.ctx, this.runs, this.run, { open: (run) => this.only(run), lost: (run) => void this.lost.show(run), again: () => void this.refresh() }));
  }

  private only(run: string | null): void {
    this.run = run;
    this.queue = q.EMPTY;
    void this.refresh();
  }

  private async show(): Promise<void> {
    const id = this.queue.open;
    if (id === this.shown && id !== "") return;
    this.shown = id;
    this.leaveLive();
    if (id === "") return fill(this.detail, nothingOpen(this.runs, this.run));
    const waiting = setTimeout(() => this.shown === id && fill(this.detail, loading()), 200);
    try {
      const found = await this.cache.get(id);
      if (this.shown === id && !this.editor) {
        this.draw(found);
        this.detail.scrollTop = 0;
        this.prefetch();
      }
    } catch (error) {
      if (this.shown === id) fill(this.detail, failed(error, () => ((this.shown = ""), void this.show())));
    } finally {
      clearTimeout(waiting);
    }
  }

  private draw(found: OpenedDraft): void {
    const id = found.draft.id;
    const group = q.groupOf(this.queue, id);
    this.leaveLive();
    this.offered = found.live === "offered" ? id : "";
    if (found.live === "begun" || (this.offered && this.byTurns.has(id))) {
      this.live = new LivePane(this.ctx, id, liveHead(this.ctx, found, group), () => this.focus());
      fill(this.detail, this.live.element);
    } else fill(this.detail, draftView(this.ctx, found, group, this.offered ? () => this.goByTurns() : null));
    this.drawHead();
  }

  private leaveLive(): void {
    this.live?.close();
    this.live = null;
  }

  /** Run the open draft turn by turn from now on. */
  private goByTurns(): void {
    this.byTurns.add(this.offered);
    this.shown = "";
    this.focus();
    void this.show();
  }

  private prefetch(): void {
    const next = this.queue.lines[q.openIndex(this.queue) + 1];
    if (next) this.cache.get(next.id).catch(() => {});
  }

  private actions(): DecideActions {
    return {
      move: (by) => this.set(q.moved(this.queue, by)),
      accept: () => void this.accept(),
      edit: () => void this.edit(),
      reject: () => this.reject(),
      skip: () => this.set(q.skipped(this.queue)),
      undo: () => void this.undo(),
      rank: (rank) => void this.rank(rank),
      help: () => openHelp(this.element, this.keys()),
      byTurns: this.offered && this.offered === this.queue.open ? () => this.goByTurns() : null,
    };
  }

  /** Save a decision; only then the next draft opens. */
  private async decide(ids: string[], name: string, args: Record<string, unknown>): Promise<boolean> {
    if (this.busy || ids.length === 0) return false;
    this.busy = true;
    this.element.classList.add("wb-deciding");
    try {
      await this.ctx.call(name, { ids, ...args });
      this.decisions.push(...ids);
      this.cache.drop(...ids);
      this.editor = null;
      this.set(q.decided(this.queue, ids));
      return true;
    } catch (error) {
      this.ctx.notice(error);
      return false;
    } finally {
      this.busy = false;
      this.element.classList.remove("wb-deciding");
      if (this.more && this.queue.lines.length < 20) void this.refresh();
    }
  }

  private async accept(): Promise<void> {
    if (this.queue.open) await this.decide([this.queue.open], "draft.accept", {});
  }

  private reject(): void {
    const id = this.queue.open;
    if (id) askReason(this.element, (reason) => void this.decide([id], "draft.reject", { reason }));
  }

  private async edit(): Promise<void> {
    const id = this.queue.open;
    if (!id || this.live) return;
    const found = await this.cache.get(id);
    this.editor = editDraft(found, {
      accept: (turns: Turn[]) => void this.decide([id], "draft.accept", { turns }).then((saved) => saved && this.focus()),
      cancel: () => this.leaveEditor(),
    });
    fill(this.detail, this.editor.element);
    this.drawHead();
    this.editor.focus();
  }

  private leaveEditor(): void {
    this.editor = null;
    this.shown = "";
    this.drawHead();
    this.focus();
    void this.show();
  }

  private async rank(rank: number): Promise<void> {
    const { open } = this.queue;
    const ranks = q.ranksWith(this.queue, open, rank);
    if (!ranks) return this.ctx.notice(q.whyNoRank(this.queue, open));
    try {
      await this.ctx.call("draft.rank", { ranks });
      this.shown = "";
      this.cache.drop(open);
      this.set(q.ranked(this.queue, ranks));
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private async undo(): Promise<void> {
    try {
      const { step } = await this.ctx.call<{ step: { label: string } | null }>("step.undo");
      this.ctx.notice(step ? t("Taken back: {what}.", { what: said(step.label) }) : t("There is nothing to take back."));
      if (!step) return;
      const last = this.decisions.pop();
      await this.refresh();
      if (last) this.set(q.opened(this.queue, last));
    } catch (error) {
      this.ctx.notice(error);
    }
  }
}

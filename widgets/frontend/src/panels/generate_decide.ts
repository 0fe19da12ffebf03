// The right side of Generate: the runs, the queue of undecided drafts, and the open draft. Decisions are made here, by
// key or button, and are saved before the next draft opens. A run that is still going on only adds to the queue.
import { openHelp } from "../browse/help.ts";
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { SameOffer } from "../same/offer.ts";
import { ApprovePane } from "./generate_approve.ts";
import { decideBar } from "./generate_bar.ts";
import { Decisions } from "./generate_decisions.ts";
import { DecideHead } from "./generate_head.ts";
import { decideKeys, whileHere, type DecideActions } from "./generate_keys.ts";
import { queueList, type QueueList } from "./generate_list.ts";
import { lostRows, type LostRows } from "./generate_lost.ts";
import { OrderBar, type Look, type Order } from "./generate_order.ts";
import { DraftPane } from "./generate_pane.ts";
import * as q from "./generate_queue.ts";
import { DraftReading, type DraftsRead } from "./generate_reading.ts";
import { RunTable } from "./generate_runs.ts";
import { DecideWindows } from "./generate_windows.ts";

export interface Decider {
  element: HTMLElement;
  /** A run was started here: show its drafts as they come. */
  follow(run: string): void;
  /** Put the keys into the queue. */
  focus(): void;
  /** What could be started here now: for the code drawer. */
  acts(): Act[];
  close(): void;
}

/** With fewer lines than this left, the queue is filled up. */
const FEW = 20;

export function decider(ctx: Ctx): Decider {
  const page = new Deciding(ctx);
  return { element: page.element, follow: (run) => page.follow(run), focus: () => page.focus(), acts: () => page.acts(), close: () => page.close() };
}

class Deciding {
  readonly element = h("section", { class: "wb-decide", "aria-label": t("Decide on drafts") });
  private readonly head = new DecideHead();
  private readonly runsBox = h("div", { class: "wb-decide-runs" });
  private readonly table: RunTable;
  private readonly lost: LostRows;
  private readonly list: QueueList;
  private readonly pane: DraftPane;
  private readonly approving: ApprovePane;
  private readonly two: HTMLElement;
  private readonly decisions: Decisions;
  private readonly same: SameOffer;
  private readonly windows: DecideWindows;
  private readonly reading: DraftReading;
  private readonly unbind: () => void;
  private queue = q.EMPTY;
  private more = false;
  private readonly orders = new OrderBar((order) => this.inOrder(order), () => this.focus());
  private ordered: { order: Order; look: Look } = { order: "run", look: { can: false, trust: null } };
  /** Other drafts were asked for: the first of them opens. */
  private anew = false;
  /** Those of another run were, and are on their way: nothing is done to the ones that are still shown. */
  private between = false;

  constructor(private readonly ctx: Ctx) {
    this.reading = new DraftReading(ctx, {
      busy: () => this.decisions.busy,
      onAsk: () => void this.pane.live?.refresh(),
      onRead: (found) => this.read(found),
      onFailed: (error) => this.pane.failed(error, () => void this.refresh()),
    });
    this.lost = lostRows(ctx, () => void this.refresh());
    this.table = new RunTable(ctx, {
      open: (run) => this.only(run),
      gave: (run) => this.windows.gave(run),
      lost: (run) => void this.lost.show(run),
      again: () => void this.refresh(),
      leave: () => this.focus(),
    });
    this.list = queueList((id) => this.set(q.opened(this.queue, id)));
    this.same = new SameOffer(ctx, () => this.changed());
    this.pane = new DraftPane(ctx, {
      queue: () => this.queue,
      runs: () => this.reading.runs,
      run: () => this.reading.run,
      drawHead: () => this.drawHead(),
      focus: () => this.focus(),
      compare: () => this.windows.compare(),
      judge: () => this.windows.judge(this.reading.run),
      lost: (run) => void this.lost.show(run),
      asked: () => this.windows.asked(),
      accept: (id, turns, changed) => void this.decisions.acceptEdited(id, turns, changed).then((saved) => saved && this.edited(id)),
    });
    this.decisions = new Decisions(ctx, {
      element: this.element,
      queue: () => this.queue,
      set: (queue) => this.set(queue),
      decided: (ids) => this.decided(ids),
      reordered: () => this.pane.forget(),
      refresh: () => this.refresh(),
      refill: () => (this.between || (this.more && this.queue.lines.length < FEW)) && void this.refresh(),
    });
    this.windows = this.makeWindows();
    this.approving = new ApprovePane(ctx, { element: this.element, follow: (run) => this.follow(run), refresh: () => void this.refresh(), drawHead: () => this.drawHead() });
    this.two = h("div", { class: "wb-decide-two" }, h("div", { class: "wb-queue-side" }, this.orders.element, this.list.element), this.pane.element);
    fill(this.element, this.head.element, this.runsBox, this.lost.element, this.same.element, this.two, this.approving.element);
    this.unbind = bindKeys(this.element, () => this.keys());
    void this.refresh();
  }

  close(): void {
    this.windows.close();
    this.approving.close();
    this.pane.close();
    this.same.clear();
    this.table.close();
    this.unbind();
    this.reading.close();
  }

  focus(): void {
    if (this.approving.on) return this.approving.focus();
    this.list.element.focus({ preventScroll: true });
  }

  acts(): Act[] {
    return this.approving.acts();
  }

  follow(run: string): void {
    if (this.approving.holds()) return void this.refresh();
    this.of(run);
    this.focus();
    void this.refresh();
  }

  private keys(): Shortcut[] {
    if (this.approving.on) return this.approving.keys();
    return this.pane.typing() ?? decideKeys(this.actions(), this.between ? [] : this.pane.live?.keys());
  }

  private refresh(): Promise<void> {
    return this.reading.refresh();
  }

  private read({ drafts, more, order, look }: DraftsRead): void {
    this.more = more;
    this.turn(false);
    this.ordered = { order, look };
    this.orders.draw(order, look, drafts.length);
    this.drawRuns();
    this.lost.look();
    this.approve();
    this.pane.stale(q.saidOtherwise(this.queue.lines, drafts));
    this.set(q.merged(this.anew ? q.EMPTY : this.queue, drafts));
    this.anew = false;
  }

  private set(queue: q.Queue): void {
    const redraw = !q.sameLines(queue.lines, this.queue.lines) || queue.skipped !== this.queue.skipped;
    this.queue = queue;
    if (redraw) this.drawHead();
    this.list.draw(queue, redraw, this.reading.running);
    void this.pane.show();
  }

  /** A run that proposes shows its items in the place of its drafts. */
  private approve(): void {
    const run = this.reading.runs.find((item) => item.id === this.reading.run && item.proposes);
    const had = this.two.contains(document.activeElement) || this.approving.element.contains(document.activeElement);
    const turned = this.approving.on !== Boolean(run);
    this.two.hidden = Boolean(run);
    void this.approving.show(run?.id ?? "", run?.state === "running");
    if (!turned) return;
    this.drawHead();
    if (had || document.activeElement === document.body) this.focus();
  }

  private drawHead(): void {
    const editor = this.approving.on ? null : this.pane.editor;
    this.head.draw(this.approving.on ? this.approving.bar() : editor?.bar ?? this.bar(), editor !== null, () => this.focus());
  }

  private bar(): HTMLElement {
    const { lines, open } = this.queue;
    return decideBar(lines.length, this.more, open !== "" && !this.pane.writing, this.actions(), this.pane.live !== null);
  }

  private drawRuns(): void {
    const { runs, run } = this.reading;
    this.table.draw(runs, run);
    const shown = runs.length > 0;
    if (shown !== this.runsBox.contains(this.table.element)) fill(this.runsBox, shown ? this.table.element : null);
  }

  /** Open one draft of a run in the queue, wherever it stands there. */
  private async decideOn(run: string, draft: string): Promise<void> {
    if (this.approving.holds()) return;
    this.of(run, draft);
    await this.refresh();
    if (this.approving.on) this.approving.open(draft);
    else this.set(q.opened(this.queue, draft));
    this.focus();
  }

  private only(run: string | null): void {
    if (run !== this.reading.run && this.approving.holds()) return;
    this.of(run);
    this.anew = true;
    void this.refresh();
  }

  private of(run: string | null, draft: string | null = null): void {
    if (run !== null && run !== this.reading.run) this.turn(true);
    this.reading.of(run, draft);
  }

  private turn(between: boolean): void {
    this.between = between;
    this.two.setAttribute("aria-busy", String(between));
  }

  /** Another order: its first draft opens, unless a text is being written. */
  private inOrder(order: Order): void {
    this.reading.order = order;
    this.list.seek();
    this.anew = !this.pane.writing;
    void this.refresh();
  }

  private decided(ids: string[]): void {
    this.pane.decided(ids);
  }

  private makeWindows(): DecideWindows {
    return new DecideWindows(this.ctx, {
      element: this.element,
      queue: () => this.queue,
      set: (queue) => this.set(queue),
      decided: (ids) => this.decided(ids),
      ranked: (ids) => this.pane.cache.drop(...ids),
      compared: () => this.pane.forget(),
      decideOn: (run, draft) => void this.decideOn(run, draft),
      lost: (run) => void this.lost.show(run),
      focus: () => this.focus(),
      refresh: () => void this.refresh(),
    });
  }

  private edited(id: string): void {
    this.focus();
    void this.same.ask(id);
  }

  /** Drafts say something else now. */
  private changed(): void {
    this.pane.cache.clear();
    this.focus();
    void this.refresh();
  }

  private actions(): DecideActions {
    const all: DecideActions = {
      move: (by) => this.set(q.moved(this.queue, by)),
      accept: () => void this.decisions.accept(),
      edit: () => void this.pane.edit(),
      reject: () => this.decisions.reject(),
      skip: () => this.set(q.skipped(this.queue)),
      undo: () => (this.same.clear(), void this.decisions.undo()),
      rank: (rank) => void this.decisions.rank(rank),
      help: () => openHelp(this.element, this.keys()),
      compare: () => this.windows.compare(),
      judge: () => this.windows.judge(this.reading.run),
      order: () => this.orders.other(this.ordered.order, this.ordered.look),
      asked: () => this.windows.asked(),
      byTurns: this.pane.turnByTurn(),
      same: this.same.open,
      runs: () => this.table.focus(this.reading.run),
      gave: () => this.windows.gave(this.reading.chosen),
    };
    return whileHere(all, () => !this.between);
  }
}

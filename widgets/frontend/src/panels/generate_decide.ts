// The right side of Generate: the runs, the queue of undecided drafts, and the open draft. Decisions are made here, by
// key or button, and are saved before the next draft opens. A run that is still going on only adds to the queue.
import { openHelp } from "../browse/help.ts";
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { SameOffer } from "../same/offer.ts";
import { throttled } from "../work/parts.ts";
import { ApprovePane } from "./generate_approve.ts";
import { decideBar } from "./generate_bar.ts";
import { Decisions } from "./generate_decisions.ts";
import { openCompare } from "./generate_compare.ts";
import { requests } from "./generate_compare_order.ts";
import { openJudge } from "./generate_judge.ts";
import { decideKeys, type DecideActions } from "./generate_keys.ts";
import { queueList, type QueueList } from "./generate_list.ts";
import { lostRows, type LostRows } from "./generate_lost.ts";
import { DraftPane } from "./generate_pane.ts";
import * as q from "./generate_queue.ts";
import { RunTable } from "./generate_runs.ts";
import type { Line, Run } from "./generate_types.ts";
import { openYield } from "./generate_yield.ts";

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

const OFTEN = 400;
const CLOCK = 3000;
/** With fewer lines than this left, the queue is filled up. */
const FEW = 20;

export function decider(ctx: Ctx): Decider {
  const page = new Deciding(ctx);
  return { element: page.element, follow: (run) => page.follow(run), focus: () => page.focus(), acts: () => page.acts(), close: () => page.close() };
}

/** What a button of the bar is called, however often the bar is built. */
function nameOf(element: Element | null): string {
  return (element as HTMLElement | null)?.dataset["action"] ?? element?.getAttribute("aria-label") ?? "";
}

class Deciding {
  readonly element = h("section", { class: "wb-decide", "aria-label": t("Decide on drafts") });
  private readonly head = h("div", {});
  private readonly runsBox = h("div", { class: "wb-decide-runs" });
  private readonly table: RunTable;
  private readonly lost: LostRows;
  private readonly list: QueueList;
  private readonly pane: DraftPane;
  private readonly approving: ApprovePane;
  private readonly two: HTMLElement;
  private readonly decisions: Decisions;
  private readonly same: SameOffer;
  private readonly stops: (() => void)[] = [];
  private queue = q.EMPTY;
  private runs: Run[] = [];
  private run: string | null = null;
  private more = false;
  private hidden = false;
  /** Other drafts were asked for: the first of them opens; until they are there, the old ones can be decided on. */
  private anew = false;
  private comparing: { close(): void } | null = null;
  /** A draft that was asked for by name: it is in the queue however long that is. */
  private wanted: string | null = null;

  constructor(private readonly ctx: Ctx) {
    this.lost = lostRows(ctx, () => void this.refresh());
    this.table = new RunTable(ctx, {
      open: (run) => this.only(run),
      gave: (run) => this.gave(run),
      lost: (run) => void this.lost.show(run),
      again: () => void this.refresh(),
      leave: () => this.focus(),
    });
    this.list = queueList((id) => this.set(q.opened(this.queue, id)));
    this.same = new SameOffer(ctx, () => this.changed());
    this.pane = new DraftPane(ctx, {
      queue: () => this.queue,
      runs: () => this.runs,
      run: () => this.run,
      drawHead: () => this.drawHead(),
      focus: () => this.focus(),
      compare: () => this.compare(),
      judge: () => this.judge(),
      accept: (id, turns, changed) => void this.decisions.acceptEdited(id, turns, changed).then((saved) => saved && this.edited(id)),
    });
    this.decisions = new Decisions(ctx, {
      element: this.element,
      queue: () => this.queue,
      set: (queue) => this.set(queue),
      decided: (ids) => this.decided(ids),
      reordered: () => this.pane.forget(),
      refresh: () => this.refresh(),
      refill: () => this.more && this.queue.lines.length < FEW && void this.refresh(),
    });
    this.approving = new ApprovePane(ctx, { element: this.element, follow: (run) => this.follow(run), refresh: () => void this.refresh(), drawHead: () => this.drawHead() });
    this.two = h("div", { class: "wb-decide-two" }, this.list.element, this.pane.element);
    fill(this.element, this.head, this.runsBox, this.lost.element, this.same.element, this.two, this.approving.element);
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
    void this.refresh();
  }

  close(): void {
    this.comparing?.close();
    this.approving.close();
    this.pane.close();
    this.same.clear();
    this.table.close();
    this.stops.forEach((stop) => stop());
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
    this.run = run;
    this.wanted = null;
    this.focus();
    void this.refresh();
  }

  private keys(): Shortcut[] {
    if (this.approving.on) return this.approving.keys();
    return this.pane.typing() ?? decideKeys(this.actions(), this.pane.live?.keys());
  }

  private async refresh(): Promise<void> {
    void this.pane.live?.refresh();
    try {
      const asked = this.run;
      const [runs, found] = await Promise.all([
        this.ctx.call<Run[]>("run.list"),
        this.ctx.call<{ drafts: Line[]; more: boolean }>("draft.queue", { run: asked, id: this.wanted }),
      ]);
      if (asked !== this.run || this.decisions.busy) return;
      this.runs = runs;
      this.more = found.more;
      this.drawRuns();
      this.lost.look();
      this.approve();
      this.pane.stale(q.saidOtherwise(this.queue.lines, found.drafts));
      this.set(q.merged(this.anew ? q.EMPTY : this.queue, found.drafts));
      this.anew = false;
    } catch (error) {
      this.pane.failed(error, () => void this.refresh());
    }
  }

  private set(queue: q.Queue): void {
    const redraw = !q.sameLines(queue.lines, this.queue.lines) || queue.skipped !== this.queue.skipped;
    this.queue = queue;
    if (redraw) this.drawHead();
    this.list.draw(queue, redraw, this.runs.some((run) => run.state === "running"));
    void this.pane.show();
  }

  /** A run that proposes shows its items in the place of its drafts. */
  private approve(): void {
    const run = this.runs.find((item) => item.id === this.run && item.proposes);
    const had = this.two.contains(document.activeElement) || this.approving.element.contains(document.activeElement);
    const turned = this.approving.on !== Boolean(run);
    this.two.hidden = Boolean(run);
    void this.approving.show(run?.id ?? "", run?.state === "running");
    if (!turned) return;
    this.drawHead();
    if (had || document.activeElement === document.body) this.focus();
  }

  /** A bar is put in the place of another one only; a button that was reached by Tab keeps the keys, others give them to the list. */
  private drawHead(): void {
    const { live } = this.pane;
    const editor = this.approving.on ? null : this.pane.editor;
    const bar = this.approving.on ? this.approving.bar() : editor?.bar ?? decideBar(this.queue.lines.length, this.more, this.queue.open !== "" && !this.pane.writing, this.actions(), live !== null);
    if (this.head.firstElementChild === bar) return;
    const had = this.head.contains(document.activeElement) ? document.activeElement : null;
    const byKey = had?.matches(":focus-visible");
    fill(this.head, bar);
    if (!had || editor) return;
    const again = byKey && [...bar.querySelectorAll("button")].find((one) => !one.disabled && nameOf(one) === nameOf(had));
    if (again) again.focus({ preventScroll: true });
    else this.focus();
  }

  private drawRuns(): void {
    this.table.draw(this.runs, this.run);
    const shown = this.runs.length > 0;
    if (shown !== this.runsBox.contains(this.table.element)) fill(this.runsBox, shown ? this.table.element : null);
  }

  private gave(run: Run | undefined): void {
    if (!run) return;
    openYield(this.element, this.ctx, run, {
      decide: (id, draft) => void this.decideOn(id, draft),
      lost: (id) => void this.lost.show(id),
    });
  }

  /** Open one draft of a run in the queue, wherever it stands there. */
  private async decideOn(run: string, draft: string): Promise<void> {
    if (this.approving.holds()) return;
    this.run = run;
    this.wanted = draft;
    await this.refresh();
    if (this.approving.on) this.approving.open(draft);
    else this.set(q.opened(this.queue, draft));
    this.focus();
  }

  private only(run: string | null): void {
    if (run !== this.run && this.approving.holds()) return;
    this.run = run;
    this.wanted = null;
    this.anew = true;
    void this.refresh();
  }

  private decided(ids: string[]): void {
    this.pane.decided(ids);
  }

  /** The candidates of the open draft's request side by side, over the whole page. */
  private compare(): void {
    const { open } = this.queue;
    const groups = (): string[][] => requests(this.queue.lines);
    if (!groups().some((ids) => ids.includes(open))) return this.ctx.notice(q.whyNoRank(this.queue, open));
    const page = this.element.closest<HTMLElement>(".wb-generate-page") ?? this.element;
    this.comparing = openCompare(this.ctx, page, open, {
      requests: groups,
      decided: (ids) => (this.decided(ids), this.set(q.decided(this.queue, ids))),
      ranked: (ranks) => (this.pane.cache.drop(...Object.keys(ranks)), this.set(q.ranked(this.queue, ranks))),
      closed: (id) => {
        this.comparing = null;
        this.pane.forget();
        this.set(id ? q.opened(this.queue, id) : this.queue);
        this.focus();
      },
    });
  }

  private judge(): void {
    openJudge(this.ctx, this.element, this.run, () => (this.focus(), void this.refresh()));
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
    return {
      move: (by) => this.set(q.moved(this.queue, by)),
      accept: () => void this.decisions.accept(),
      edit: () => void this.pane.edit(),
      reject: () => this.decisions.reject(),
      skip: () => this.set(q.skipped(this.queue)),
      undo: () => (this.same.clear(), void this.decisions.undo()),
      rank: (rank) => void this.decisions.rank(rank),
      help: () => openHelp(this.element, this.keys()),
      compare: () => this.compare(),
      judge: () => this.judge(),
      byTurns: this.pane.turnByTurn(),
      same: this.same.open,
      runs: () => this.table.focus(this.run),
      gave: () => this.gave(this.runs.find((run) => run.id === this.run) ?? this.runs[0]),
    };
  }
}

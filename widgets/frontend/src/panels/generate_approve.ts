// Approving what a run proposed, in the place of its drafts: the items in full, decided on by key or button, and below
// them the step that goes on from what was approved, with its price by now.
import { openHelp } from "../browse/help.ts";
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { ApproveDecisions } from "./approve_decisions.ts";
import { editItem, type ItemEditor } from "./approve_edit.ts";
import { approveBar, approveKeys, type ApproveActions } from "./approve_keys.ts";
import { ProposalList } from "./approve_list.ts";
import { nextBox, type NextBox } from "./approve_next.ts";
import * as a from "./approve_state.ts";
import type { Proposed, Shelf } from "./approve_types.ts";

/** What the page around does: shows a run, reads the runs again, redraws the bar above. */
export interface Around {
  element: HTMLElement;
  follow(run: string): void;
  refresh(): void;
  drawHead(): void;
}

export class ApprovePane {
  readonly element = h("div", { class: "wb-approve", hidden: true });
  private readonly list: ProposalList;
  private readonly decisions: ApproveDecisions;
  private readonly next: NextBox;
  private board = a.EMPTY;
  private found: Proposed | null = null;
  private run = "";
  private running = false;
  private editor: ItemEditor | null = null;
  /** An item that was asked for by name: the next answer opens it. */
  private wanted = "";
  /** The bar as it was built last, and what it was built from. */
  private built: { from: string; bar: HTMLElement } | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly around: Around,
  ) {
    this.list = new ProposalList({
      onOpen: (id) => (this.set(a.opened(this.board, id)), this.focus()),
      onShelf: (shelf) => this.turnTo(shelf),
    });
    this.decisions = new ApproveDecisions(ctx, {
      element: around.element,
      run: () => this.run,
      open: () => (this.decidable() ? this.board.open : ""),
      decided: (ids, to) => this.decided(ids, to),
      read: () => this.read(),
      refresh: () => around.refresh(),
    });
    this.next = nextBox(ctx, (run) => this.started(run));
    fill(this.element, this.list.shelves, this.list.element, this.next.element);
  }

  /** Whether a run is shown whose drafts are items to approve. */
  get on(): boolean {
    return this.run !== "";
  }

  close(): void {
    this.next.close();
  }

  focus(): void {
    this.list.focus();
  }

  /** The next step as it would start now: for the code drawer. */
  acts(): Act[] {
    return this.on ? this.next.acts() : [];
  }

  keys(): Shortcut[] {
    return this.editor?.keys ?? approveKeys(this.actions());
  }

  bar(): HTMLElement {
    if (this.editor) return this.editor.bar;
    const [title, open] = [this.found ? a.headline(this.found) : t("Loading"), this.decidable()];
    const from = `${open} ${title}`;
    if (this.built?.from !== from) this.built = { from, bar: approveBar(title, open, this.actions()) };
    return this.built.bar;
  }

  /** Whether a text is being rewritten here, so that nothing else may take its place: then that is told. */
  holds(): boolean {
    if (!this.on || !this.editor?.changed()) return false;
    this.ctx.notice(t("An item is being rewritten: approve it, or go back with Esc, before others are shown."));
    this.editor.focus();
    return true;
  }

  /** Show the items of this run; "" puts the pane away. Read again when it is shown already. */
  async show(run: string, running: boolean): Promise<void> {
    this.running = running;
    this.element.hidden = run === "";
    if (run !== this.run) {
      this.run = run;
      this.board = a.EMPTY;
      this.found = null;
      this.editor = null;
      this.wanted = "";
      this.list.instead();
    }
    if (run) await this.read();
  }

  /** Open this item of the run that is shown, among those that wait. */
  open(item: string): void {
    if (this.holds()) return;
    if (this.editor) this.leaveEditor();
    this.wanted = item;
    if (this.board.shelf !== "waiting") this.turnTo("waiting");
    else void this.read();
  }

  private async read(): Promise<void> {
    const { run } = this;
    const { shelf } = this.board;
    try {
      const found = await this.ctx.call<Proposed>("approve.list", { run, pick: shelf });
      if (run !== this.run || shelf !== this.board.shelf || this.decisions.deciding.length > 0) return;
      this.found = found;
      const { wanted } = this;
      this.wanted = "";
      this.set(a.opened(a.filled(this.board, found.items), wanted));
      if (wanted && this.board.open !== wanted) this.ctx.notice(t("What you chose is not among those shown here; it comes as these are decided."));
    } catch (error) {
      if (run !== this.run) return;
      if (this.found) this.ctx.notice(error);
      else this.list.instead(failed(error, () => void this.read()));
    }
  }

  private set(board: a.Board): void {
    const redraw = !a.same(board.items, this.board.items) || board.shelf !== this.board.shelf || board.items.length === 0;
    this.board = board;
    if (!this.found) return;
    this.next.draw(this.found);
    this.list.drawShelves(this.found, board.shelf);
    if (!this.editor) {
      if (redraw || !this.list.any) this.list.draw(board, this.found, this.running);
      this.list.mark(board.open);
    }
    this.around.drawHead();
  }

  private turnTo(shelf: Shelf): void {
    if (this.holds()) return;
    this.editor = null;
    this.board = { ...a.EMPTY, shelf };
    this.list.instead();
    this.around.drawHead();
    void this.read();
  }

  private decidable(): boolean {
    return this.board.shelf === "waiting" && this.board.open !== "";
  }

  private actions(): ApproveActions {
    return {
      move: (by) => this.set(a.moved(this.board, by)),
      approve: () => void this.decisions.approve(this.board.items.filter((item) => item.id === this.board.open)),
      edit: () => this.edit(),
      reject: () => this.decisions.reject(),
      all: () => void this.decisions.approve(this.board.items),
      undo: () => void this.decisions.undo(),
      next: () => this.next.start(),
      help: () => openHelp(this.around.element, this.keys()),
    };
  }

  private edit(): void {
    const item = a.openItem(this.board);
    if (!item || !this.decidable() || this.decisions.deciding.includes(item.id)) return;
    this.editor = editItem(item, {
      approve: (turns) => void this.decisions.approve([item], turns).then((saved) => saved && this.focus()),
      cancel: () => this.leaveEditor(),
    });
    this.list.edit(this.editor.element);
    this.around.drawHead();
    this.editor.focus();
  }

  private leaveEditor(): void {
    this.editor = null;
    if (this.found) this.list.draw(this.board, this.found, this.running);
    this.list.mark(this.board.open);
    this.around.drawHead();
    this.focus();
  }

  private decided(ids: string[], to: Shelf): void {
    if (this.editor && ids.includes(this.editor.id)) this.editor = null;
    if (this.found) this.found = a.counted(this.found, ids, to);
    this.set(a.without(this.board, ids));
  }

  /** The next step is under way: its drafts are shown, unless something still waits for approval here. */
  private started(run: string): void {
    if ((this.found?.counts.waiting ?? 0) === 0) return this.around.follow(run);
    this.ctx.notice(t("The next step has begun: its drafts are in the run at the top of the table."));
    void this.read();
    this.around.refresh();
  }
}

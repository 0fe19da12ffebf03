// Approving what a run proposed, in the place of its drafts: the items in full, decided on by key or button, and below
// them the step that goes on from what was approved, with its price by now.
import { openHelp } from "../browse/help.ts";
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { uid } from "../work/parts.ts";
import { editItem, type ItemEditor } from "./approve_edit.ts";
import { itemView } from "./approve_item.ts";
import { approveBar, approveKeys, type ApproveActions } from "./approve_keys.ts";
import { nextBox, type NextBox } from "./approve_next.ts";
import * as a from "./approve_state.ts";
import type { Item, Proposed, Shelf } from "./approve_types.ts";
import { askReason } from "./generate_reject.ts";

/** What the page around does: shows a run, reads the runs again, redraws the bar above. */
export interface Around {
  element: HTMLElement;
  follow(run: string): void;
  refresh(): void;
  drawHead(): void;
}

export class ApprovePane {
  readonly element = h("div", { class: "wb-approve", hidden: true });
  private readonly list = h("div", { class: "wb-proposals", role: "group", tabindex: 0, "aria-label": t("What was proposed") });
  private readonly shelves = h("div", { class: "wb-row wb-shelves", role: "group", "aria-label": t("Show") });
  private readonly next: NextBox;
  private readonly ids = new Map<string, string>();
  private board = a.EMPTY;
  private found: Proposed | null = null;
  private run = "";
  private running = false;
  private editor: ItemEditor | null = null;
  /** An item that was asked for by name: the next answer opens it. */
  private wanted = "";
  /** Items whose decision is being saved. */
  private deciding: string[] = [];
  /** The bar as it was built last, and what it was built from. */
  private built: { from: string; bar: HTMLElement } | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly around: Around,
  ) {
    this.next = nextBox(ctx, (run) => this.started(run));
    fill(this.element, this.shelves, this.list, this.next.element);
  }

  /** Whether a run is shown whose drafts are items to approve. */
  get on(): boolean {
    return this.run !== "";
  }

  close(): void {
    this.next.close();
  }

  focus(): void {
    this.list.focus({ preventScroll: true });
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
      fill(this.list, loading());
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
      if (run !== this.run || shelf !== this.board.shelf || this.deciding.length > 0) return;
      this.found = found;
      const { wanted } = this;
      this.wanted = "";
      this.set(a.opened(a.filled(this.board, found.items), wanted));
      if (wanted && this.board.open !== wanted) this.ctx.notice(t("What you chose is not among those shown here; it comes as these are decided."));
    } catch (error) {
      if (run !== this.run) return;
      if (this.found) this.ctx.notice(error);
      else fill(this.list, failed(error, () => void this.read()));
    }
  }

  private set(board: a.Board): void {
    const redraw = !a.same(board.items, this.board.items) || board.shelf !== this.board.shelf || board.items.length === 0;
    this.board = board;
    if (!this.found) return;
    this.next.draw(this.found);
    this.drawShelves(this.found);
    if (!this.editor) {
      if (redraw || this.list.querySelector("[role=option]") === null) this.drawList(this.found);
      this.mark();
    }
    this.around.drawHead();
  }

  private drawShelves(found: Proposed): void {
    const chip = (shelf: Shelf): HTMLElement =>
      h(
        "button",
        { class: "wb-button wb-button-quiet wb-button-small", "aria-pressed": String(shelf === this.board.shelf), data: { shelf }, on: { click: () => this.turnTo(shelf) } },
        `${a.shelfName(shelf)} `,
        h("span", { class: "wb-numbers wb-quiet" }, inDigits(found.counts[shelf])),
      );
    const had = this.shelves.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["shelf"] : undefined;
    fill(this.shelves, ...a.SHELVES.filter((shelf) => shelf !== "used" || found.counts.used > 0).map(chip));
    if (had) this.shelves.querySelector<HTMLElement>(`[data-shelf=${had}]`)?.focus();
  }

  private drawList(found: Proposed): void {
    const { items, shelf } = this.board;
    const top = this.list.scrollTop;
    this.list.setAttribute("role", items.length === 0 ? "group" : "listbox");
    if (items.length === 0) return fill(this.list, emptyState(...a.nothingOn(shelf, found, this.running)));
    fill(
      this.list,
      ...items.map((item) => itemView(item, this.idOf(item.id), (id) => (this.set(a.opened(this.board, id)), this.focus()))),
      found.more ? h("p", { class: "wb-quiet wb-proposals-more", role: "presentation" }, a.moreInWords(items.length, found.counts[shelf])) : null,
    );
    this.list.scrollTop = top;
  }

  private mark(): void {
    const open = this.board.open ? this.idOf(this.board.open) : "";
    this.list.querySelectorAll<HTMLElement>("[role=option]").forEach((item) => {
      const on = item.id === open;
      if (item.getAttribute("aria-selected") === String(on)) return;
      item.setAttribute("aria-selected", String(on));
      if (on) scrollTo(this.list, item);
    });
    if (open && !this.editor) this.list.setAttribute("aria-activedescendant", open);
    else this.list.removeAttribute("aria-activedescendant");
  }

  private idOf(item: string): string {
    return this.ids.get(item) ?? (this.ids.set(item, uid("item")), this.ids.get(item)!);
  }

  private turnTo(shelf: Shelf): void {
    if (this.holds()) return;
    this.editor = null;
    this.board = { ...a.EMPTY, shelf };
    fill(this.list, loading());
    this.around.drawHead();
    void this.read();
  }

  private decidable(): boolean {
    return this.board.shelf === "waiting" && this.board.open !== "";
  }

  private actions(): ApproveActions {
    return {
      move: (by) => this.set(a.moved(this.board, by)),
      approve: () => void this.approve(this.board.items.filter((item) => item.id === this.board.open)),
      edit: () => this.edit(),
      reject: () => this.reject(),
      all: () => void this.approve(this.board.items),
      undo: () => void this.undo(),
      next: () => this.next.start(),
      help: () => openHelp(this.around.element, this.keys()),
    };
  }

  private async approve(items: Item[], turns?: Turn[]): Promise<boolean> {
    const ids = items.map((item) => item.id);
    const seen = Object.fromEntries(items.map((item) => [item.id, item.changed]));
    return this.decide(ids, "approve.give", { seen, ...(turns ? { turns } : {}) });
  }

  private reject(): void {
    if (!this.decidable()) return;
    const id = this.board.open;
    askReason(this.around.element, (reason) => void this.decide([id], "draft.reject", { reason }));
  }

  private edit(): void {
    const item = a.openItem(this.board);
    if (!item || !this.decidable() || this.deciding.includes(item.id)) return;
    this.editor = editItem(item, {
      approve: (turns) => void this.approve([item], turns).then((saved) => saved && this.focus()),
      cancel: () => this.leaveEditor(),
    });
    fill(this.list, this.editor.element);
    this.list.setAttribute("role", "group");
    this.list.removeAttribute("aria-activedescendant");
    this.around.drawHead();
    this.editor.focus();
  }

  private leaveEditor(): void {
    this.editor = null;
    if (this.found) this.drawList(this.found);
    this.mark();
    this.around.drawHead();
    this.focus();
  }

  /** Save a decision; only then the item leaves the list. */
  private async decide(ids: string[], name: string, args: Record<string, unknown>): Promise<boolean> {
    if (this.deciding.length > 0 || !this.decidable() || ids.length === 0) return false;
    const { run } = this;
    this.deciding = ids;
    try {
      await this.ctx.call(name, { ids, ...args });
      if (run !== this.run) return false;
      if (this.editor && ids.includes(this.editor.id)) this.editor = null;
      if (this.found) this.found = a.counted(this.found, ids, name === "draft.reject" ? "rejected" : "ready");
      this.set(a.without(this.board, ids));
      return true;
    } catch (error) {
      this.ctx.notice(error);
      return false;
    } finally {
      this.deciding = [];
      void this.read();
      this.around.refresh();
    }
  }

  private async undo(): Promise<void> {
    try {
      const { step } = await this.ctx.call<{ step: { label: string } | null }>("step.undo");
      this.ctx.notice(step ? t("Taken back: {what}.", { what: said(step.label) }) : t("There is nothing to take back."));
      if (step) (await this.read(), this.around.refresh());
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** The next step is under way: its drafts are shown, unless something still waits for approval here. */
  private started(run: string): void {
    if ((this.found?.counts.waiting ?? 0) === 0) return this.around.follow(run);
    this.ctx.notice(t("The next step has begun: its drafts are in the run at the top of the table."));
    void this.read();
    this.around.refresh();
  }
}

// The browse page: joins query bar, facets, list, conversation, tags and editor over one session.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import type { Opened } from "../core/nouns.ts";
import { rootOf } from "../core/overlay.ts";
import { Editor } from "../edit/editor.ts";
import { QueryBar } from "../query/bar.ts";
import { appliedToRow } from "../tags/answers.ts";
import { planKeys, type KeyPlan } from "../tags/assign.ts";
import { Desk } from "../tags/desk.ts";
import { TagPane } from "../tags/pane.ts";
import { Conversation } from "./conversation.ts";
import { openEvery } from "./every.ts";
import { Facets } from "./facets.ts";
import { openHelp } from "./help.ts";
import { openHistory } from "./history.ts";
import { ListPane } from "./listpane.ts";
import { openNote } from "./note.ts";
import { Session } from "./session.ts";
import { browseKeys } from "./shortcuts.ts";
import { setAside, takeStep } from "./steps.ts";

const REFRESH_MS = 80;

export class BrowsePage {
  private readonly session: Session;
  private readonly bar: QueryBar;
  private readonly facets: Facets;
  private readonly list: ListPane;
  private readonly conversation: Conversation;
  private readonly tags: TagPane;
  private readonly desk: Desk;
  private readonly page = h("div", { class: "wb-browse" });
  private readonly saved = h("span", { class: "wb-saved", role: "status" });
  private editor: Editor | null = null;
  private opened: Opened | null = null;
  private plan: KeyPlan = planKeys([]);
  private stops: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    this.session = new Session(ctx);
    const run = (query: string): void => void this.session.run(query).catch(ctx.notice);
    this.bar = new QueryBar({ onQuery: run, onLeave: () => this.list.focus(), fields: () => this.session.fields, values: (field) => this.valuesOf(field) });
    this.facets = new Facets((query) => (this.bar.set(query), run(query)));
    this.list = new ListPane(this.session, () => openEvery(this.root, this.ctx, this.session, () => void this.refresh()));
    this.conversation = new Conversation({ onTurn: (turn) => this.session.setTurn(turn), onOpen: (id) => void this.session.open(id), actions: () => this.tools() });
    this.desk = this.makeDesk();
    this.tags = new TagPane({ author: ctx.author, onAnswer: (scheme, value) => this.desk.answer(scheme, value), onChooser: (scheme) => this.desk.choose(scheme), onWhole: () => this.session.setTurn(null) });
    this.build();
    this.listen();
    this.start();
  }

  close(): void {
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
    this.editor?.close();
    this.list.list.close();
    this.session.close();
    this.root.replaceChildren();
  }

  private build(): void {
    const filters = h("button", { class: "wb-button wb-filters-button", "aria-label": "Filters", on: { click: () => this.page.classList.toggle("wb-filters-open") } }, "Filters");
    const tool = (name: string, label: string, run: () => void): HTMLElement => h("button", { class: "wb-icon-button", "aria-label": label, title: label, on: { click: run } }, icon(name));
    const top = h("div", { class: "wb-browse-top" }, filters, this.bar.element, this.saved, tool("undo", "Undo my last step (u)", () => this.step("undo")), tool("redo", "Redo (Shift+U)", () => this.step("redo")), tool("keys", "Keys (?)", () => this.help()));
    this.page.append(this.facets.element, this.list.element, this.conversation.element, this.tags.element);
    this.root.append(top, this.page);
    this.conversation.none(true);
  }

  private listen(): void {
    const { events } = this.session;
    events.on("start", () => this.schemesCame());
    events.on("rows", ({ shift }) => (this.list.rows(shift), this.ready()));
    events.on("current", (at) => this.list.current(at));
    events.on("opened", (opened) => this.show(opened));
    events.on("facets", (facets) => this.facets.draw(facets, this.session.query));
    events.on("mistake", (error) => this.bar.complain(error));
    events.on("marks", () => (this.list.refresh(), this.drawTags()));
    events.on("turn", (turn) => (this.conversation.markTurn(turn), this.drawTags()));
    const { ctx } = this;
    this.stops.push(
      bindKeys(this.root, () => this.shortcuts()),
      ctx.on("changed", () => this.later()),
      ctx.on("shown", (args) => this.shown(args)),
      ctx.trait.on("query", () => this.asked()),
      ctx.trait.on("selection", () => this.pointed()),
    );
  }

  private start(): void {
    const query = this.ctx.trait.get<string>("query") ?? "";
    this.bar.set(query);
    this.session
      .start(query)
      .then(async () => {
        const count = await this.desk.recover();
        if (count > 0) this.ctx.notice(`${count} answers that had not been saved were saved now.`);
        if (!this.root.contains(document.activeElement)) this.list.focus();
      })
      .catch(this.ctx.notice);
  }

  private schemesCame(): void {
    this.plan = planKeys(this.session.schemes);
    this.drawTags();
  }

  private ready(): void {
    requestAnimationFrame(() => rootOf(this.root).setAttribute("data-ready", "true"));
  }

  private shown(args: Record<string, unknown>): void {
    const query = args.query;
    if (typeof query === "string") {
      this.bar.set(query);
      void this.session.run(query).catch(this.ctx.notice);
    } else if (this.session.loaded) this.later();
    if (typeof args.id === "string") void this.session.open(args.id);
    this.list.focus();
  }

  /** Python set the query or the selection. */
  private asked(): void {
    const query = this.ctx.trait.get<string>("query") ?? "";
    if (query === this.session.query) return;
    this.bar.set(query);
    void this.session.run(query).catch(this.ctx.notice);
  }

  private pointed(): void {
    const ids = this.ctx.trait.get<string[]>("selection") ?? [];
    if (ids.join() === this.session.chosen().join()) return;
    this.session.marks.clear();
    if (ids.length > 1) for (const id of ids) this.session.marks.add(id);
    const at = ids[0] === undefined ? null : this.session.pages.find((row) => row.id === ids[0]);
    if (at !== null) this.session.go(at);
    else if (ids[0]) void this.session.open(ids[0]);
    this.session.events.emit("marks", null);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), REFRESH_MS);
  }

  private async refresh(): Promise<void> {
    if (!this.session.loaded) return;
    await this.session.refresh().catch(this.ctx.notice);
  }

  private show(opened: Opened | null): void {
    this.opened = opened;
    if (this.editor && (!opened || this.editor.editing !== opened.sample.id)) this.stopEditing();
    if (!opened) {
      if (this.session.currentId) this.conversation.wait();
      else this.conversation.none(this.session.total === 0);
    } else if (!this.editor) this.conversation.show(opened, this.session.row?.id === opened.sample.id ? this.session.row.why : [], this.session.turn, this.session.schemes);
    this.list.refresh();
    this.drawTags();
  }

  private drawTags(): void {
    const ids = this.session.chosen();
    const turn = this.session.marks.size > 0 ? null : this.session.turn;
    const number = (this.opened?.sample.turns.findIndex((item) => item.id === turn) ?? -1) + 1;
    const label = ids.length > 1 ? `${ids.length} marked` : turn ? `turn ${number}` : "conversation";
    if (ids.length === 0) return this.tags.show(this.session.schemes, this.plan, null);
    if (!this.opened) return;
    this.tags.show(this.session.schemes, this.plan, { ids, turn, tags: this.opened.tags, label });
  }

  private makeDesk(): Desk {
    const { session } = this;
    return new Desk({
      ctx: this.ctx,
      root: this.root,
      keeper: storage(),
      opened: () => this.opened,
      ids: () => session.chosen(),
      turn: () => (session.marks.size > 0 ? null : session.turn),
      onPaint: (decision) => {
        session.pages.update((row) => appliedToRow(row, decision));
        for (const id of decision.ids) session.cache.forget(id);
        this.list.refresh();
      },
      onTags: (opened) => {
        this.opened = opened;
        session.cache.put(opened);
        this.drawTags();
      },
      onScheme: (scheme) => {
        session.schemes = session.schemes.map((item) => (item.name === scheme.name ? scheme : item));
        this.schemesCame();
      },
      onRefused: () => void this.refresh(),
      onPending: (count) => this.showPending(count),
    });
  }

  private showPending(count: number): void {
    this.saved.textContent = count > 0 ? `Saving ${count}` : "Saved";
    this.saved.dataset.pending = String(count);
  }

  /** Do something that changes the workspace, tell about its failure, and show what is true then. */
  private async doing(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (error) {
      this.ctx.notice(error);
    }
    await this.refresh();
  }

  private step(which: "undo" | "redo"): void {
    void this.doing(() => takeStep(this.ctx, which));
  }

  private startEditing(): void {
    if (!this.opened || this.editor) return;
    this.editor = new Editor({
      call: this.ctx.call,
      notice: this.ctx.notice,
      onLeave: () => this.stopEditing(),
      onSaved: (sample) => {
        if (this.opened) this.session.cache.put((this.opened = { ...this.opened, sample }));
        this.stopEditing();
        this.ctx.notice(`Saved as revision ${sample.revision}.`);
        void this.refresh();
      },
    });
    fill(this.conversation.element, this.editor.element);
    this.editor.edit(this.opened.sample, this.session.turn);
  }

  private stopEditing(): void {
    this.editor?.close();
    this.editor = null;
    if (this.opened) this.show(this.opened);
    this.list.focus();
  }

  private tools(): { label: string; icon: string; keys: string; run: () => void }[] {
    return [
      { label: "Edit", icon: "edit", keys: "e", run: () => this.startEditing() },
      { label: "Add a note", icon: "note", keys: "n", run: () => this.note() },
      { label: "History", icon: "history", keys: "h", run: () => this.history() },
      { label: this.opened?.sample.state === "archived" ? "Bring back" : "Put aside", icon: "archive", keys: "#", run: () => this.archive() },
      { label: "Generate variants of it", icon: "generate", keys: "Generate", run: () => this.session.currentId && this.ctx.navigate("generate", { query: `id:${this.session.currentId}`, id: this.session.currentId, ids: this.session.chosen() }) },
    ];
  }

  private note(): void {
    const id = this.session.currentId;
    if (id) openNote(this.root, this.ctx, id, this.session.turn, () => void this.refresh());
  }

  private history(): void {
    if (this.session.currentId) openHistory(this.root, this.ctx, this.session.currentId);
  }

  private archive(): void {
    const ids = this.session.chosen();
    if (ids.length > 0) void this.doing(() => setAside(this.ctx, ids, this.opened?.sample.state === "archived"));
  }

  private moveTurn(by: number): void {
    const turns = this.opened?.sample.turns ?? [];
    const at = turns.findIndex((turn) => turn.id === this.session.turn);
    const next = at < 0 ? turns[by > 0 ? 0 : turns.length - 1] : turns[Math.min(turns.length - 1, Math.max(0, at + by))];
    if (next) this.session.setTurn(next.id);
  }

  private leave(): void {
    if (this.session.turn) this.session.setTurn(null);
    else if (this.session.marks.size > 0) this.session.clearMarks();
    this.list.focus();
  }

  private help(): void {
    openHelp(this.root, this.shortcuts());
  }

  private shortcuts(): Shortcut[] {
    if (this.editor?.element.contains(document.activeElement)) return [];
    const { session } = this;
    return browseKeys(
      {
        move: (by) => session.move(by),
        page: (by) => session.go(session.current + by * this.list.list.page),
        first: () => session.go(0),
        last: () => session.go(session.total - 1),
        search: () => this.bar.focus(),
        edit: () => this.startEditing(),
        undo: () => this.step("undo"),
        redo: () => this.step("redo"),
        note: () => this.note(),
        history: () => this.history(),
        mark: () => session.currentId && session.mark(session.currentId),
        archive: () => this.archive(),
        turn: (by) => this.moveTurn(by),
        leave: () => this.leave(),
        help: () => this.help(),
        scroll: (share) => this.conversation.scrollBy(share),
        answer: (scheme, value) => this.desk.answer(scheme, value),
        choose: (scheme) => this.desk.choose(scheme),
      },
      this.plan,
      session.schemes,
    );
  }

  private valuesOf(field: string): string[] {
    const scheme = this.session.schemes.find((item) => item.name === field);
    const facet = this.session.facets.find((item) => item.field === field);
    const examples = this.session.fields.find((item) => item.name === field)?.examples ?? [];
    return [...new Set([...(scheme?.choices ?? []).map((choice) => choice.value), ...(facet?.values ?? []).map((item) => item.value), ...(scheme || facet ? [] : examples)])];
  }
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

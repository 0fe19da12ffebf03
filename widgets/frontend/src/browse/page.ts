// The browse page: joins query bar, facets, list, conversation, tags and editor over one session.
import { openAsked } from "../asked/sheet.ts";
import { t } from "../core/i18n.ts";
import type { Ctx, JobState } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { focusIsFree } from "../core/focusfree.ts";
import { browserShelf } from "../core/kept.ts";
import { bindKeys } from "../core/keys.ts";
import type { Opened } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { pairsView } from "../edit/pairs.ts";
import { QueryBar } from "../query/bar.ts";
import type { Saved } from "../query/complete.ts";
import { quoted } from "../query/parts.ts";
import { RecentQueries } from "../query/recent.ts";
import { openSave } from "../query/save.ts";
import { Actions } from "./actions.ts";
import { CatchUp } from "./catchup.ts";
import { Conversation } from "./conversation.ts";
import { Editing } from "./editing.ts";
import { Facets } from "./facets.ts";
import { followOthers } from "./following.ts";
import { TurnLanguages } from "./languages.ts";
import { ListPane } from "./listpane.ts";
import { madeView } from "./made.ts";
import { forgetLink, PlaceKeeper } from "./place.ts";
import { Questions } from "./questions.ts";
import type { Density } from "./row.ts";
import { remarkSame } from "../same/browsed.ts";
import { savedQueries, type SavedQueries } from "./saved.ts";
import { Session } from "./session.ts";
import { topLine, type Top } from "./top.ts";
import { valuesOf } from "./values.ts";

export class BrowsePage {
  private readonly session: Session;
  private readonly bar: QueryBar;
  private readonly facets: Facets;
  private readonly list: ListPane;
  private readonly conversation: Conversation;
  private readonly questions: Questions;
  private readonly editing: Editing;
  private readonly page = h("div", { class: "wb-browse" });
  private readonly top: Top;
  private readonly actions: Actions;
  private readonly places: PlaceKeeper;
  private readonly recent: RecentQueries;
  private readonly saved: SavedQueries;
  private readonly languages: TurnLanguages;
  private stops: (() => void)[] = [];
  private lookJob = "";
  /** No rows came yet. */
  private opening = true;
  /** Something changed before the first rows came: they may be of before it. */
  private missed = false;
  private readonly catchUp = new CatchUp({
    others: () => void this.refresh(),
    own: () => this.session.found.loaded && void this.session.recount().catch(this.ctx.notice),
  });

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    this.session = new Session(ctx);
    this.places = new PlaceKeeper(`workbench.place ${ctx.trait.get("place") ?? ""} ${ctx.author}`, browserShelf());
    this.recent = new RecentQueries(ctx);
    this.saved = savedQueries(ctx, (saved) => ((this.session.saved = saved), this.bar.savedChanged()));
    this.bar = new QueryBar({
      onQuery: (query, meant) => this.ask(query, meant),
      onLeave: () => this.list.focus(),
      onSave: (query) => openSave(root, ctx, query, (saved, name) => this.savedAs(saved, name)),
      fields: () => this.session.fields,
      values: (field) => valuesOf(this.session, field),
      recent: () => this.recent.all,
      saved: () => this.session.saved,
      onFocus: () => this.saved.again(),
      onRemove: (name) => this.saved.remove(name),
    });
    this.list = new ListPane(this.session, { onEvery: () => this.questions.answerAll(), onReplace: () => this.actions.replace() });
    this.facets = new Facets({
      onQuery: (query) => (this.bar.set(query), this.ask(query, true)),
      isQuestion: (field) => this.session.schemes.some((scheme) => scheme.name === field),
      onLook: () => void this.look().catch(ctx.notice),
    });
    this.languages = new TurnLanguages(ctx, (opened, found) => this.conversation.languages(opened, found));
    this.conversation = new Conversation({
      onTurn: (turn) => this.session.opened.setTurn(turn),
      onOpen: (id) => void this.session.open(id),
      actions: () => this.actions.tools(),
      made: (opened) => madeView(opened, (draft) => openAsked(ctx, root, draft)),
      more: (opened) => pairsView(opened, ctx, () => void this.refresh()),
    });
    this.questions = new Questions({
      root,
      ctx,
      session: this.session,
      keeper: browserShelf(),
      onFind: (query) => (this.bar.set(query), void this.session.run(query).catch(ctx.notice)),
      onRows: () => this.list.refresh(),
      onChanged: () => void this.refresh(),
      onPending: (count) => this.top.pending(count),
      onWrote: (span) => this.catchUp.wrote(span),
    });
    this.editing = new Editing(ctx, this.conversation.element, {
      onOpen: (id) => this.session.open(id),
      onSaved: (sample) => {
        const { opened } = this.questions;
        if (opened) this.session.opened.cache.put((this.questions.opened = { ...opened, sample }));
        void this.refresh();
        void remarkSame(root, ctx, sample, () => void this.refresh());
      },
      onEnd: () => {
        if (this.questions.opened) this.show(this.questions.opened);
        this.list.focus();
      },
    });
    this.session.mayLeave = () => this.mayLeave();
    this.actions = new Actions({
      root,
      ctx,
      session: this.session,
      list: this.list,
      conversation: this.conversation,
      editing: this.editing,
      questions: this.questions,
      search: () => this.bar.focus(),
      filters: () => this.toFilters(),
      refresh: () => this.refresh(),
    });
    const filters = (): void => void this.page.classList.toggle("wb-filters-open");
    this.top = topLine(this.bar.element, {
      onFilters: filters,
      onUndo: () => this.actions.undo(),
      onRedo: () => this.actions.redo(),
      onSteps: () => this.actions.steps(),
      onHelp: () => this.actions.help(),
    }, [this.editing.waiting]);
    this.page.append(this.facets.element, this.list.element, this.conversation.element, this.questions.pane.element);
    root.append(this.top.element, this.page);
    this.conversation.none(true);
    this.listen();
    this.start();
  }

  close(): void {
    this.catchUp.stop();
    this.places.close();
    this.languages.close();
    for (const stop of this.stops) stop();
    this.editing.stop();
    this.list.list.close();
    this.session.close();
    this.root.replaceChildren();
  }

  private listen(): void {
    const { events } = this.session;
    events.on("start", () => this.questions.schemesCame());
    events.on("rows", ({ shift }) => this.rowsCame(shift));
    events.on("current", (at) => (this.catchUp.busy(), this.list.current(at)));
    events.on("opened", (opened) => this.show(opened));
    events.on("opened", () => this.session.found.loaded && this.places.keep(this.session.place));
    events.on("facets", (facets) => this.facets.draw(facets, this.session.found.query));
    events.on("mistake", (error) => this.bar.complain(error));
    events.on("marks", () => (this.list.refresh(), this.questions.draw()));
    events.on("turn", (turn) => (this.conversation.markTurn(turn), this.questions.draw()));
    const { ctx } = this;
    this.stops.push(
      bindKeys(this.root, () => this.actions.shortcuts()),
      ctx.on("changed", ({ position }) => this.catchUp.changed(position)),
      ctx.on("jobs", (jobs) => this.jobs(jobs)),
      followOthers({
        ctx,
        session: this.session,
        show: (query) => this.bar.set(query),
        stale: () => this.catchUp.changed(),
        focus: () => this.list.focus(),
      }),
    );
  }

  private start(): void {
    const query = this.ctx.trait.get<string>("query") ?? "";
    const kept = query ? null : this.places.begin(window.location.hash);
    forgetLink(window);
    const place = kept ?? { query, sort: "best", id: null };
    this.bar.set(place.query);
    // Keys work from the first moment on, also while the rows are on their way.
    if (!this.root.contains(document.activeElement) && this.root.closest(".jp-mod-active")) this.list.focus();
    void this.own();
    void this.questions.desk.recover();
    this.session
      .start(place)
      .then(() => void (this.missed && this.refresh()))
      .catch(this.ctx.notice);
  }

  /** What this person chose before: density, and what they asked lately. */
  private async own(): Promise<void> {
    try {
      const [density] = await Promise.all([this.ctx.recall<Density>("density"), this.recent.load()]);
      if (density) this.list.setDensity(density);
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** `meant`: asked for on purpose, so that it is worth remembering when it can be read. */
  private ask(query: string, meant: boolean): void {
    void this.session
      .run(query)
      .then(() => meant && this.session.found.query === query && this.recent.add(query))
      .catch(this.ctx.notice);
  }

  private savedAs(saved: Saved[], name: string): void {
    this.session.saved = saved;
    this.ctx.notice(t("Saved as {name}. The Release page can build it.", { name }));
    const query = `in:${quoted(name)}`;
    this.bar.set(query);
    this.ask(query, true);
    this.list.focus();
  }

  private toFilters(): void {
    this.page.classList.add("wb-filters-open");
    this.facets.focus();
  }

  private async look(): Promise<void> {
    this.lookJob = (await this.ctx.call<{ job: string }>("browse.look")).job;
    this.facets.look(true);
  }

  /** The checks have run: their findings can be counted now. */
  private jobs(jobs: JobState[]): void {
    const job = jobs.find((item) => item.id === this.lookJob);
    if (!job || job.state === "running") return;
    this.lookJob = "";
    this.facets.look(false);
    void this.refresh();
  }

  private rowsCame(shift: number): void {
    this.list.showSort();
    this.questions.overlayRows();
    this.list.rows(shift);
    this.takeKeys();
    markReady(this.root);
  }

  /** With the first rows keys mean them, wherever the focus was: the counts of the filters come later. */
  private takeKeys(): void {
    if (!this.opening) return;
    this.opening = false;
    if (focusIsFree(this.root)) this.list.focus();
  }

  /** Typed text is never thrown away for another conversation. */
  private mayLeave(): boolean {
    if (!this.editing.unsaved) return true;
    this.ctx.notice({
      code: "unsaved",
      message: t("This conversation has changes that are not saved."),
      hint: t("Save it (Ctrl+Enter), or close it (Esc): what you typed is kept."),
    });
    return false;
  }

  private async refresh(): Promise<void> {
    this.catchUp.done();
    this.missed = !this.session.found.loaded;
    if (this.missed) return;
    await this.session.refresh().catch(this.ctx.notice);
  }

  private show(opened: Opened | null): void {
    opened = this.questions.opened = opened && this.questions.desk.overlay(opened);
    if (!opened) {
      if (this.session.currentId) this.conversation.wait();
      else this.conversation.none(this.session.found.total === 0);
    } else if (!this.editing.holds(opened.sample))
      this.conversation.show(
        opened,
        this.session.row?.id === opened.sample.id ? this.session.row.why : [],
        this.session.opened.turn,
        this.session.schemes,
      );
    if (opened) this.languages.shown(opened);
    this.list.refresh();
    this.questions.draw();
  }
}

// What the browse page knows: the query and its rows, where the person is, what is open. It draws nothing.
import type { Ctx } from "../core/ctx.ts";
import { makeEmitter } from "../core/emitter.ts";
import type { Facet, Field, Opened, Row, Scheme } from "../core/nouns.ts";
import type { Saved } from "../query/complete.ts";
import { Pages } from "../list/pages.ts";
import { HeldKeys } from "./held.ts";
import { OpenCache } from "./opencache.ts";
import type { Place } from "./place.ts";
import { Reading, type Progress } from "./reading.ts";

interface SessionEvents {
  /** The schemes are known, or are others than before. */
  start: null;
  /** Rows came, changed, or their number did. `shift`: by how many rows the current one moved. */
  rows: { shift: number };
  /** Another row is the current one. */
  current: number;
  /** What is open changed (null while it loads). */
  opened: Opened | null;
  facets: Facet[];
  /** The query could not be read, or can be again. */
  mistake: unknown;
  marks: null;
  turn: string | null;
}

interface RowsAnswer {
  rows: Row[];
  total: number;
  index?: Progress;
  /** Whether these are all that the query finds; false while words of it cannot be searched everywhere yet. */
  complete?: boolean | null;
}

/** Rows fetched at once: two screens, so that a jump shows real rows soon. */
export const PAGE = 50;
const MOST_RANGE = 2_000;

/** The flag has a key and a button of its own. */
const isQuestion = (scheme: Scheme): boolean => scheme.name !== "flag";

export class Session {
  readonly events = makeEmitter<SessionEvents>();
  readonly pages: Pages<Row>;
  readonly marks = new Set<string>();
  /** Answered here since the rows were read last: what else is known of these is old. */
  answered = new Set<string>();
  readonly cache: OpenCache;
  /** The questions of the tag pane. */
  schemes: Scheme[] = [];
  saved: Saved[] = [];
  fields: Field[] = [];
  facets: Facet[] = [];
  query = "";
  sort = "best";
  total = 0;
  samples = 0;
  loaded = false;
  /** How much of the text the shown answer could search, where that was not all of it. */
  partly: Progress | null = null;
  current = 0;
  currentId: string | null = null;
  turn: string | null = null;
  /** Asked before another conversation takes the place of the open one. */
  mayLeave: () => boolean = () => true;
  /** What is wrong with the query that was asked last; what is shown is then still the one before. */
  private refused: unknown = null;
  private asked = 0;
  private readonly held = new HeldKeys();
  private readonly reading: Reading;
  view: { first: number; last: number } = { first: 0, last: 20 };

  constructor(readonly ctx: Ctx) {
    this.cache = new OpenCache((id) => ctx.call<Opened>("sample.open", { id }));
    this.reading = new Reading({
      ask: () => ctx.call("browse.progress"),
      onProgress: () => this.events.emit("marks", null),
      onDone: () => this.query && void this.refresh(),
      onError: ctx.notice,
    });
    this.pages = new Pages<Row>({
      size: PAGE,
      keep: 120,
      fetch: (offset, limit) => this.fetch(this.query, this.sort, offset, limit),
      onPage: (answer) => this.arrived(answer as RowsAnswer),
      onError: (error) => this.failed(error),
    });
  }

  /** Begin where a person was. A query that cannot be read any more is told about, over everything there is. */
  async start(place: Place): Promise<void> {
    const start = await this.ctx.call("browse.start");
    this.schemes = (start.schemes as Scheme[]).filter(isQuestion);
    this.fields = start.fields as Field[];
    this.samples = start.samples as number;
    this.saved = (start.slices ?? []) as Saved[];
    this.events.emit("start", null);
    await this.run(place.query, place.sort);
    if (!this.loaded) {
      const mistake = this.refused;
      await this.run("", place.sort);
      if (mistake) this.failed((this.refused = mistake));
    }
    if (place.id && place.id !== this.currentId) await this.find(place.id);
  }

  /** Make a sample the current row, wherever it stands in what was found; it stays unopened when it is not among it. */
  async find(id: string): Promise<boolean> {
    const { query, sort } = this;
    const at = await this.ctx.call<number | null>("browse.place", { id, query, sort });
    if (at === null || query !== this.query || sort !== this.sort) return false;
    await this.pages.reload(at, at + 1);
    this.go(at);
    return true;
  }

  /** The ids of rows `first` to `last`, both included, fetched where they are not here; at most a few pages of them. */
  async idsBetween(first: number, last: number): Promise<string[]> {
    const ids: string[] = [];
    for (let at = first; at <= Math.min(last, first + MOST_RANGE - 1); at++) {
      const row = this.pages.get(at);
      if (row) ids.push(row.id);
      else {
        const page = at - (at % PAGE);
        const answer = await this.fetch(this.query, this.sort, page, PAGE);
        ids.push(...answer.rows.slice(at - page, last - page + 1).map((item) => item.id));
        at = page + PAGE - 1;
      }
    }
    return ids.slice(0, MOST_RANGE);
  }

  markAll(ids: string[]): void {
    for (const id of ids) this.marks.add(id);
    this.select();
    this.events.emit("marks", null);
  }

  /** Where the person is now. */
  get place(): Place {
    return { query: this.query, sort: this.sort, id: this.currentId };
  }

  /** Show another query's rows from the top. What is shown stays until they come, or for good when it cannot be read. */
  async run(query: string, sort = this.sort): Promise<void> {
    if (!this.mayLeave()) return;
    const asked = ++this.asked;
    let answer: RowsAnswer;
    try {
      answer = await this.fetch(query, sort, 0, PAGE);
    } catch (error) {
      if (asked === this.asked) this.failed((this.refused = error));
      return;
    }
    if (asked !== this.asked) return;
    this.refused = null;
    this.query = query;
    this.sort = sort;
    this.held.drop();
    this.current = 0;
    this.currentId = null;
    this.marks.clear();
    this.pages.clear();
    this.pages.put(0, answer.rows);
    this.ctx.trait.set("query", query);
    this.arrived(answer);
    this.go(0);
    await this.loadFacets();
  }

  /** Somebody changed something: fetch again what is shown, and stay where the person is. */
  async refresh(): Promise<void> {
    this.cache.forget();
    this.answered.clear();
    if (await this.rowsAgain()) await this.reopen();
    await this.questionsAgain();
    await this.loadFacets();
  }

  /** The person answered here: rows come or go and are counted anew, and what was answered stands elsewhere by now. */
  async recount(): Promise<void> {
    const answered = this.answered;
    this.answered = new Set();
    for (const id of answered) this.cache.forget(id);
    const open = this.currentId;
    if ((await this.rowsAgain()) && answered.has(open!)) await this.reopen();
    await this.loadFacets();
  }

  /** Fetch the rows in view again; whether the conversation that was open still is. */
  private async rowsAgain(): Promise<boolean> {
    const id = this.currentId;
    const above = this.above();
    await this.pages.reload(Math.min(this.view.first, this.total), this.view.last);
    if (!id && this.total > 0) this.go(0);
    if (!id || id !== this.currentId) return false;
    const was = this.current;
    this.current = this.placeOf(id) ?? this.placeBehind(above) ?? Math.min(was, this.total - 1);
    this.current = Math.max(0, Math.min(this.current, this.total - 1));
    this.events.emit("rows", { shift: this.current - was });
    return true;
  }

  /** The ids of the rows above the current one that are here, the nearest first. */
  private above(): string[] {
    const ids: string[] = [];
    for (let at = this.current - 1; at >= 0 && ids.length < MOST_RANGE; at--) {
      const row = this.pages.get(at);
      if (row) ids.push(row.id);
      else break;
    }
    return ids;
  }

  private placeOf(id: string): number | null {
    return this.pages.find((row) => row.id === id);
  }

  /** Where the list goes on behind the nearest of these rows that is still there; at its top when none above is. */
  private placeBehind(above: string[]): number | null {
    for (const id of above) {
      const at = this.placeOf(id);
      if (at !== null) return at + 1;
    }
    return above.length === this.current ? 0 : null;
  }

  /** Somebody may have changed a question, or taken a change of one back. */
  private async questionsAgain(): Promise<void> {
    const schemes = (await this.ctx.call<Scheme[]>("scheme.list")).filter(isQuestion);
    if (JSON.stringify(schemes) === JSON.stringify(this.schemes)) return;
    this.schemes = schemes;
    this.events.emit("start", null);
  }

  get row(): Row | undefined {
    return this.pages.get(this.current);
  }

  /** The open sample is no longer among the rows: it was answered, and the query asks for unanswered ones. */
  get gone(): boolean {
    return this.currentId !== null && this.row !== undefined && this.row.id !== this.currentId;
  }

  move(by: number): void {
    this.go(this.current + (this.gone && by > 0 ? by - 1 : by));
  }

  go(at: number): void {
    if (this.total === 0) return this.clearOpened();
    if (this.currentId !== null && !this.mayLeave()) return;
    if (this.held.waiting && at !== this.current) this.held.drop();
    this.current = Math.max(0, Math.min(this.total - 1, at));
    const row = this.row;
    this.events.emit("current", this.current);
    this.held.waiting = !row;
    if (row) void this.open(row.id);
    else this.currentId = null;
    this.pages.need(this.current, Math.min(this.total, this.current + PAGE));
  }

  /** Do it now, or when the current row has come. */
  whenHere(run: () => void): void {
    this.held.whenHere(run);
  }

  get expecting(): boolean {
    return this.held.waiting;
  }

  /** How far words can be searched; null when everywhere. */
  get indexing(): Progress | null {
    return this.reading.now;
  }

  async open(id: string): Promise<void> {
    if (id !== this.currentId && this.currentId !== null && !this.mayLeave()) return;
    if (this.currentId !== id) this.setTurn(null);
    this.currentId = id;
    const ready = this.cache.ready(id);
    if (ready) this.events.emit("opened", ready);
    else this.events.emit("opened", null);
    this.select();
    try {
      const opened = await this.cache.get(id);
      if (this.currentId === id && opened !== ready) this.events.emit("opened", opened);
    } catch (error) {
      this.ctx.notice(error);
    }
    for (const near of [1, -1, 2]) this.prefetch(this.current + near);
  }

  /** The open sample again, after a change; what is shown stays until it comes. */
  async reopen(): Promise<void> {
    const id = this.currentId;
    if (!id) return;
    const opened = await this.cache.get(id);
    if (this.currentId === id) this.events.emit("opened", opened);
  }

  mark(id: string): void {
    if (!this.marks.delete(id)) this.marks.add(id);
    this.select();
    this.events.emit("marks", null);
  }

  clearMarks(): void {
    this.marks.clear();
    this.select();
    this.events.emit("marks", null);
  }

  setTurn(turn: string | null): void {
    if (this.turn === turn) return;
    this.turn = turn;
    this.events.emit("turn", turn);
  }

  /** What a decision is about: the marked samples, else the open one. */
  chosen(): string[] {
    if (this.marks.size > 0) return [...this.marks];
    return this.currentId ? [this.currentId] : [];
  }

  async loadFacets(): Promise<void> {
    const query = this.query;
    try {
      const facets = await this.ctx.call<Facet[]>("browse.facets", { query });
      if (query !== this.query) return;
      this.facets = facets;
      this.events.emit("facets", facets);
    } catch {
      // The rows' own call has told about a query that cannot be read.
    }
  }

  private fetch(query: string, sort: string, offset: number, limit: number): Promise<RowsAnswer> {
    return this.ctx.call<RowsAnswer>("browse.rows", { query, sort, offset, limit });
  }

  private select(): void {
    this.ctx.trait.set("selection", this.chosen());
  }

  private clearOpened(): void {
    this.currentId = null;
    this.select();
    this.events.emit("opened", null);
  }

  private prefetch(at: number): void {
    const row = at >= 0 && at < this.total ? this.pages.get(at) : undefined;
    if (row) this.cache.get(row.id).catch(() => this.cache.forget(row.id));
  }

  private arrived(answer: RowsAnswer): void {
    this.total = answer.total;
    this.samples = Math.max(this.samples, answer.total);
    this.loaded = true;
    this.reading.told(answer.index);
    const whole = answer.complete ?? (!this.query || this.indexing === null);
    this.partly = whole ? null : (answer.index ?? null);
    if (!this.refused) this.events.emit("mistake", null);
    this.events.emit("rows", { shift: 0 });
    const row = this.row;
    if (row && this.held.waiting) {
      this.go(this.current);
      this.held.run();
    }
  }

  close(): void {
    this.reading.close();
    this.events.clear();
  }

  private failed(error: unknown): void {
    this.events.emit("mistake", error);
  }
}

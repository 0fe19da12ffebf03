// Where a person is while browsing: the current row, what is open and marked, in what a query found. It draws nothing.
import type { Ctx } from "../core/ctx.ts";
import { makeEmitter } from "../core/emitter.ts";
import type { Field, Row, Scheme } from "../core/nouns.ts";
import type { Saved } from "../query/complete.ts";
import { readAgain } from "./again.ts";
import { Found, PAGE } from "./found.ts";
import { HeldKeys } from "./held.ts";
import { OpenOne } from "./openone.ts";
import type { Place } from "./place.ts";
import type { SessionEvents } from "./sessionevents.ts";

/** The flag has a key and a button of its own. */
const isQuestion = (scheme: Scheme): boolean => scheme.name !== "flag";

export class Session {
  readonly events = makeEmitter<SessionEvents>();
  readonly found: Found;
  readonly opened: OpenOne;
  readonly marks = new Set<string>();
  /** Answered here since the rows were read last: what else is known of these is old. */
  answered = new Set<string>();
  /** The questions of the tag pane. */
  schemes: Scheme[] = [];
  saved: Saved[] = [];
  fields: Field[] = [];
  /** Number of the current row. */
  current = 0;
  /** The rows on the screen. */
  view: { first: number; last: number } = { first: 0, last: 20 };
  /** Asked before another conversation takes the place of the open one. */
  mayLeave: () => boolean = () => true;
  private readonly held = new HeldKeys();

  constructor(readonly ctx: Ctx) {
    this.opened = new OpenOne(ctx, this.events);
    this.found = new Found({ ctx, events: this.events, onRows: () => this.rowsCame(), onSearchable: () => void this.refresh(), onMoved: () => void this.rowsAgain() });
  }

  /** Begin where a person was. A query that cannot be read any more is told about, over everything there is. */
  async start(place: Place): Promise<void> {
    const { found } = this;
    const start = await this.ctx.call("browse.start");
    this.schemes = (start.schemes as Scheme[]).filter(isQuestion);
    this.fields = start.fields as Field[];
    this.saved = (start.slices ?? []) as Saved[];
    found.samples = start.samples as number;
    this.events.emit("start", null);
    await this.run(place.query, place.sort);
    if (!found.loaded) {
      const mistake = found.refused;
      await this.run("", place.sort);
      if (mistake) found.refuse(mistake);
    }
    if (place.id && place.id !== this.currentId) await this.find(place.id);
  }

  /** Where the person is now. */
  get place(): Place {
    return { query: this.found.query, sort: this.found.sort, id: this.currentId };
  }

  /** The conversation that is open. */
  get currentId(): string | null {
    return this.opened.id;
  }

  get row(): Row | undefined {
    return this.found.pages.get(this.current);
  }

  /** The open sample is no longer among the rows: it was answered, and the query asks for unanswered ones. */
  get gone(): boolean {
    return this.currentId !== null && this.row !== undefined && this.row.id !== this.currentId;
  }

  /** Make a sample the current row, wherever it stands in what was found; it stays unopened when it is not among it. */
  async find(id: string): Promise<boolean> {
    const at = await this.found.placeOf(id);
    if (at === null) return false;
    await this.found.pages.reload([[at, at + 1]]);
    this.go(at);
    return true;
  }

  /** Show another query's rows from the top. What is shown stays until they come, or for good when it cannot be read. */
  async run(query: string, sort = this.found.sort): Promise<void> {
    if (!this.mayLeave()) return;
    const answer = await this.found.ask(query, sort);
    if (!answer) return;
    this.held.drop();
    this.current = 0;
    this.opened.leave();
    this.marks.clear();
    this.found.show(query, sort, answer);
    this.go(0);
    await this.found.loadFacets();
  }

  /** Somebody changed something: fetch again what is shown, and stay where the person is. */
  async refresh(): Promise<void> {
    this.opened.cache.forget();
    this.answered.clear();
    if (await this.rowsAgain()) await this.opened.again();
    await this.questionsAgain();
    await this.found.loadFacets();
  }

  /** The person answered here: rows come or go and are counted anew, and what was answered stands elsewhere by now. */
  async recount(): Promise<void> {
    const answered = this.answered;
    this.answered = new Set();
    for (const id of answered) this.opened.cache.forget(id);
    if ((await this.rowsAgain()) && answered.has(this.currentId!)) await this.opened.again();
    await this.found.loadFacets();
  }

  move(by: number): void {
    this.go(this.current + (this.gone && by > 0 ? by - 1 : by));
  }

  go(at: number): void {
    const { found } = this;
    if (found.total === 0) return this.clearOpened();
    if (this.currentId !== null && !this.mayLeave()) return;
    if (this.held.waiting && at !== this.current) this.held.drop();
    this.current = Math.max(0, Math.min(found.total - 1, at));
    const row = this.row;
    this.events.emit("current", this.current);
    this.held.waiting = !row;
    if (row) void this.open(row.id);
    else this.opened.leave();
    found.pages.need(this.current, Math.min(found.total, this.current + PAGE));
  }

  /** Do it now, or when the current row has come. */
  whenHere(run: () => void): void {
    this.held.whenHere(run);
  }

  get expecting(): boolean {
    return this.held.waiting;
  }

  async open(id: string): Promise<void> {
    if (id !== this.currentId && this.currentId !== null && !this.mayLeave()) return;
    const shown = this.opened.show(id);
    this.select();
    await shown;
    for (const near of [1, -1, 2]) this.prefetch(this.current + near);
  }

  /** What a decision is about: the marked samples, else the open one. */
  chosen(): string[] {
    if (this.marks.size > 0) return [...this.marks];
    return this.currentId ? [this.currentId] : [];
  }

  mark(id: string): void {
    if (!this.marks.delete(id)) this.marks.add(id);
    this.marked();
  }

  markAll(ids: string[]): void {
    for (const id of ids) this.marks.add(id);
    this.marked();
  }

  clearMarks(): void {
    this.marks.clear();
    this.marked();
  }

  close(): void {
    this.found.close();
    this.events.clear();
  }

  private marked(): void {
    this.select();
    this.events.emit("marks", null);
  }

  private select(): void {
    this.ctx.trait.set("selection", this.chosen());
  }

  private clearOpened(): void {
    this.opened.clear();
    this.select();
  }

  private prefetch(at: number): void {
    const row = at >= 0 && at < this.found.total ? this.found.pages.get(at) : undefined;
    if (row) this.opened.prefetch(row.id);
  }

  private rowsCame(): void {
    if (!this.row || !this.held.waiting) return;
    this.go(this.current);
    this.held.run();
  }

  /** Fetch the rows in view again; whether a conversation is open. The person may go on while they come. */
  private async rowsAgain(): Promise<boolean> {
    const { found } = this;
    const shift = await readAgain(found, this);
    if (this.currentId === null && !this.held.waiting && found.total > 0) this.go(0);
    if (this.currentId === null) return false;
    this.events.emit("rows", { shift });
    return true;
  }

  /** Somebody may have changed a question, or taken a change of one back. */
  private async questionsAgain(): Promise<void> {
    const schemes = (await this.ctx.call<Scheme[]>("scheme.list")).filter(isQuestion);
    if (JSON.stringify(schemes) === JSON.stringify(this.schemes)) return;
    this.schemes = schemes;
    this.events.emit("start", null);
  }
}

// What a query finds: its rows, how many they are, the filters beside them, and how far its words could be searched.
import type { Ctx } from "../core/ctx.ts";
import type { Facet, Row } from "../core/nouns.ts";
import { Pages } from "../list/pages.ts";
import { Reading, type Progress } from "./reading.ts";
import type { Telling } from "./sessionevents.ts";

export interface RowsAnswer {
  rows: Row[];
  total: number;
  index?: Progress;
  /** Whether these are all that the query finds; false while words of it cannot be searched everywhere yet. */
  complete?: boolean | null;
}

/** Rows fetched at once: two screens, so that a jump shows real rows soon. */
export const PAGE = 50;
const MOST_RANGE = 2_000;

interface FoundOptions {
  ctx: Ctx;
  events: Telling;
  /** Rows are here that were not. */
  onRows: () => void;
  /** A page shows that rows came or went: the others that are here do not fit to it. */
  onMoved: () => void;
  /** Words that could not be searched can be now. */
  onSearchable: () => void;
}

export class Found {
  readonly pages: Pages<Row>;
  query = "";
  sort = "best";
  total = 0;
  /** All samples there are. */
  samples = 0;
  loaded = false;
  facets: Facet[] = [];
  /** How much of the text the shown answer could search, where that was not all of it. */
  partly: Progress | null = null;
  /** What is wrong with the query that was asked last; what is shown is then still the one before. */
  refused: unknown = null;
  private asked = 0;
  private readonly reading: Reading;

  constructor(private readonly options: FoundOptions) {
    const { ctx, events, onSearchable } = options;
    this.reading = new Reading({
      ask: () => ctx.call("browse.progress"),
      onProgress: () => events.emit("marks", null),
      onDone: () => this.query && onSearchable(),
      onError: ctx.notice,
    });
    this.pages = new Pages<Row>({
      size: PAGE,
      keep: 120,
      fetch: (offset, limit) => this.fetch(this.query, this.sort, offset, limit),
      onPage: (answer, how) => {
        const moved = how === "more" && this.loaded && answer.total !== this.total;
        this.arrived(answer as RowsAnswer);
        if (moved) this.options.onMoved();
      },
      onError: (error) => events.emit("mistake", error),
    });
  }

  /** How far words can be searched; null when everywhere. */
  get indexing(): Progress | null {
    return this.reading.now;
  }

  /** The first rows of a query; null when it cannot be read, or another was asked meanwhile. Nothing is shown of it yet. */
  async ask(query: string, sort: string): Promise<RowsAnswer | null> {
    const asked = ++this.asked;
    try {
      const answer = await this.fetch(query, sort, 0, PAGE);
      return asked === this.asked ? answer : null;
    } catch (error) {
      if (asked === this.asked) this.refuse(error);
      return null;
    }
  }

  /** Say that a query cannot be read; what was found before stays. */
  refuse(error: unknown): void {
    this.refused = error;
    this.options.events.emit("mistake", error);
  }

  /** These are the rows from now on. */
  show(query: string, sort: string, answer: RowsAnswer): void {
    this.refused = null;
    this.query = query;
    this.sort = sort;
    this.pages.clear();
    this.pages.put(0, answer.rows);
    this.options.ctx.trait.set("query", query);
    this.arrived(answer);
  }

  /** Which row a sample is; null when it is not among them, or they are others by now. */
  async placeOf(id: string): Promise<number | null> {
    const { query, sort } = this;
    const at = await this.options.ctx.call<number | null>("browse.place", { id, query, sort });
    return query === this.query && sort === this.sort ? at : null;
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

  async loadFacets(): Promise<void> {
    const query = this.query;
    try {
      const facets = await this.options.ctx.call<Facet[]>("browse.facets", { query });
      if (query !== this.query) return;
      this.facets = facets;
      this.options.events.emit("facets", facets);
    } catch {
      // The rows' own call has told about a query that cannot be read.
    }
  }

  close(): void {
    this.reading.close();
  }

  private fetch(query: string, sort: string, offset: number, limit: number): Promise<RowsAnswer> {
    return this.options.ctx.call<RowsAnswer>("browse.rows", { query, sort, offset, limit });
  }

  private arrived(answer: RowsAnswer): void {
    this.total = answer.total;
    this.samples = Math.max(this.samples, answer.total);
    this.loaded = true;
    this.reading.told(answer.index);
    const whole = answer.complete ?? (!this.query || this.indexing === null);
    this.partly = whole ? null : (answer.index ?? null);
    if (!this.refused) this.options.events.emit("mistake", null);
    this.options.events.emit("rows", { shift: 0 });
    this.options.onRows();
  }
}

// Rows by number, fetched in pages when they come into view, the least recently used forgotten.

export interface PageAnswer<T> {
  rows: T[];
  total: number;
}

export interface PagesOptions<T> {
  size: number;
  keep: number;
  fetch: (offset: number, limit: number) => Promise<PageAnswer<T>>;
  /** A page came: "more" beside those that are here, or all that are here "anew". */
  onPage: (answer: PageAnswer<T>, how: "more" | "anew") => void;
  onError: (error: unknown) => void;
}

/** Rows from one to before another. */
export type Span = [first: number, last: number];

const AT_ONCE = 2;

export class Pages<T> {
  private pages = new Map<number, T[]>();
  private asked = new Set<number>();
  private generation = 0;
  /** What is in view and could not be asked for yet. */
  private wanted: [number, number] | null = null;

  constructor(private readonly options: PagesOptions<T>) {}

  get(at: number): T | undefined {
    return this.pages.get(Math.floor(at / this.options.size))?.[at % this.options.size];
  }

  /** Make sure that rows `first` to `last` come. Scrolling fast asks for what is in view last, not for all it passed. */
  need(first: number, last: number): void {
    const { size } = this.options;
    this.wanted = null;
    for (let page = Math.floor(first / size); page * size < last; page++) {
      if (this.pages.has(page)) this.touch(page);
      else if (this.asked.has(page)) continue;
      else if (this.asked.size >= AT_ONCE) this.wanted = [first, last];
      else void this.load(page);
    }
  }

  /** Take a page that was fetched already. */
  put(page: number, rows: T[]): void {
    this.pages.set(page, rows);
  }

  /** Forget everything: another query. Answers still on their way are ignored. */
  clear(): void {
    this.generation += 1;
    this.pages.clear();
    this.asked.clear();
    this.wanted = null;
  }

  /**
   * Fetch the pages around these rows again (from one to before another) and forget the others. The old rows stay until
   * all new ones are there: then they change at once, and `changed` hears how many rows there are before anybody does.
   */
  async reload(parts: Span[], changed: (total: number) => void = () => {}): Promise<void> {
    const generation = ++this.generation;
    const { size, fetch, onPage, onError } = this.options;
    const wanted = pagesOf(parts, size);
    this.asked = new Set(wanted);
    try {
      const answers = await Promise.all(wanted.map((page) => fetch(page * size, size)));
      if (generation !== this.generation) return;
      this.pages = new Map(answers.map((answer, at) => [wanted[at]!, answer.rows]));
      changed(answers[0]!.total);
      // Where rows came or went between two of the pages, these do not fit to one another either.
      for (const answer of answers) onPage(answer, answer.total === answers[0]!.total ? "anew" : "more");
    } catch (error) {
      if (generation === this.generation) onError(error);
    } finally {
      if (generation === this.generation) this.settled(wanted);
    }
  }

  /** Where a row is, among the rows that are here. */
  find(test: (row: T) => boolean): number | null {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex(test);
      if (at >= 0) return page * this.options.size + at;
    }
    return null;
  }

  /** Replace rows that are here, as an optimistic change does. */
  update(change: (row: T) => T): void {
    for (const [page, rows] of this.pages) this.pages.set(page, rows.map(change));
  }

  private touch(page: number): void {
    const rows = this.pages.get(page)!;
    this.pages.delete(page);
    this.pages.set(page, rows);
  }

  private async load(page: number): Promise<void> {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    const generation = this.generation;
    const { size, keep } = this.options;
    try {
      const answer = await this.options.fetch(page * size, size);
      if (generation !== this.generation) return;
      this.pages.set(page, answer.rows);
      for (const old of this.pages.keys()) {
        if (this.pages.size <= keep) break;
        this.pages.delete(old);
      }
      this.options.onPage(answer, "more");
    } catch (error) {
      if (generation === this.generation) this.options.onError(error);
    } finally {
      if (generation === this.generation) this.settled([page]);
    }
  }

  /** These are no longer on their way: what could not be asked for meanwhile is asked for now. */
  private settled(pages: number[]): void {
    for (const page of pages) this.asked.delete(page);
    if (this.wanted) this.need(...this.wanted);
  }
}

function pagesOf(parts: Span[], size: number): number[] {
  const pages = new Set<number>();
  for (const [first, last] of parts) {
    const from = Math.max(0, first);
    for (let page = Math.floor(from / size); page * size < Math.max(last, from + 1); page++) pages.add(page);
  }
  return [...pages].sort((one, other) => one - other);
}

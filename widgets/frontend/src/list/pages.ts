// Rows by number, fetched in pages when they come into view, the least recently used forgotten.

export interface PageAnswer<T> {
  rows: T[];
  total: number;
}

export interface PagesOptions<T> {
  size: number;
  keep: number;
  fetch: (offset: number, limit: number) => Promise<PageAnswer<T>>;
  onPage: (answer: PageAnswer<T>, first: number) => void;
  onError: (error: unknown) => void;
}

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

  /** Fetch the pages around these rows again and forget the others; old rows stay until the new ones are there. */
  async reload(first: number, last: number): Promise<void> {
    this.generation += 1;
    this.asked.clear();
    const { size } = this.options;
    const wanted: number[] = [];
    for (let page = Math.floor(first / size); page * size < Math.max(last, first + 1); page++) wanted.push(page);
    for (const page of this.pages.keys()) if (!wanted.includes(page)) this.pages.delete(page);
    await Promise.all(wanted.map((page) => this.load(page)));
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
      this.options.onPage(answer, page * size);
    } catch (error) {
      if (generation === this.generation) this.options.onError(error);
    } finally {
      if (generation === this.generation) {
        this.asked.delete(page);
        if (this.wanted) this.need(...this.wanted);
      }
    }
  }
}

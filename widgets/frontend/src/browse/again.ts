// Which row is the current one when the rows were read again: rows may have come and gone around it, and it with them.
import type { Row } from "../core/nouns.ts";
import type { Pages, Span } from "../list/pages.ts";
import type { Found } from "./found.ts";

const MOST_ABOVE = 2_000;
/** So far a person may come while the rows are on their way. */
const MOST_BELOW = 200;

/**
 * The rows around the current one that are here, in their order; `first` is the number of the first of them.
 * `left`: the current one and all above it are known to have left the list.
 */
interface Around {
  first: number;
  ids: string[];
  left?: boolean;
}

/** Where a person is: the number of the current row, what is open, and the rows on the screen. */
export interface Standing {
  current: number;
  readonly currentId: string | null;
  readonly view: { first: number; last: number };
}

/**
 * Fetch the rows in view and at the current one again, and move the person with theirs; by how many rows. Where none of
 * what stood around it is among these rows, Python says where that is now.
 */
export async function readAgain(found: Found, at: Standing): Promise<number> {
  const before = around(found.pages, at.current);
  const near: Span = [at.current - 1, at.current + 1];
  const shift = await read(found, at, before, near);
  if (shift !== null) return shift;
  const { query, sort } = found;
  const far = await whereNow(found, before, at);
  if (far) return (await read(found, at, before, far)) ?? 0;
  if (before.first > 0 || query !== found.query || sort !== found.sort) return 0;
  return (await read(found, at, { ...before, left: true }, [0, 1])) ?? 0;
}

/** null: it is not known where the current row is now, so that it stays at its number. */
async function read(found: Found, at: Standing, before: Around, near: Span): Promise<number | null> {
  let shift: number | null = 0;
  const view: Span = [Math.min(at.view.first, found.total), at.view.last];
  await found.pages.reload([view, near], (total) => {
    const was = at.current;
    const now = placeAgain(found.pages, before, at.currentId, was, total);
    at.current = Math.max(0, Math.min(now ?? was, total - 1));
    shift = now === null ? null : at.current - was;
  });
  return shift;
}

/** Rows to read, for what is open, or one that stood above it, is among them now; null when none of them is found. */
async function whereNow(found: Found, before: Around, at: Standing): Promise<Span | null> {
  const stood = stoodAt(before, at.currentId, at.current);
  const asked = at.currentId === null ? null : await found.placeOf(at.currentId);
  if (asked !== null) return [asked, asked + 1];
  for (let back = 1; back <= stood; back *= 2) {
    const place = await found.placeOf(before.ids[stood - back]!);
    if (place !== null) return [place, place + back + 1];
  }
  return null;
}

/** After how many of the rows around it the current one stood. */
function stoodAt({ first, ids }: Around, id: string | null, was: number): number {
  const stood = id === null ? -1 : ids.indexOf(id);
  return Math.min(stood < 0 ? was - first : stood, ids.length);
}

function around(pages: Pages<Row>, current: number): Around {
  let first = current;
  while (first > 0 && current - first < MOST_ABOVE && pages.get(first - 1)) first--;
  const ids: string[] = [];
  for (let at = first; at < current + MOST_BELOW; at++) {
    const row = pages.get(at);
    if (!row) break;
    ids.push(row.id);
  }
  return { first, ids };
}

/**
 * Where the open conversation stands now. When it left the list, or none is open yet: where the list goes on behind the
 * rows that stood above it. null when none of these is among the rows that are here.
 */
function placeAgain(pages: Pages<Row>, before: Around, id: string | null, was: number, total: number): number | null {
  return (id === null ? null : placeOf(pages, id)) ?? placeBehind(pages, before, id, was, total);
}

function placeOf(pages: Pages<Row>, id: string): number | null {
  return pages.find((row) => row.id === id);
}

function placeBehind(pages: Pages<Row>, before: Around, id: string | null, was: number, total: number): number | null {
  const { first, ids, left } = before;
  const above = stoodAt(before, id, was);
  const unknown = Math.max(0, was - first - ids.length); // rows between what is known and a row that is on its way
  for (let back = above - 1; back >= 0; back--) {
    const at = placeOf(pages, ids[back]!);
    if (at === null) continue;
    // The rows that stood between it and the current one have left only where those behind it now are here: a person
    // may have gone on past what is read again.
    return areHere(pages, at + 1, Math.min(at + above - back, total)) ? at + 1 + unknown : null;
  }
  const goesOn = isOneHere(pages, ids.slice(above)) && areHere(pages, 0, Math.min(above, total));
  return first === 0 && (left || ids.length === 0 || goesOn) ? unknown : null;
}

/** Whether one of those that stood behind is here: else those above may be further down, behind rows that came. */
function isOneHere(pages: Pages<Row>, ids: string[]): boolean {
  return ids.some((id) => placeOf(pages, id) !== null);
}

/** Whether these rows, from one to before another, are here: then one that stood among them and is not has left. */
function areHere(pages: Pages<Row>, first: number, last: number): boolean {
  for (let at = first; at < last; at++) if (!pages.get(at)) return false;
  return true;
}

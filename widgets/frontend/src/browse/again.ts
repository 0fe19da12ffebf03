// Which row is the current one when the rows were read again: rows may have come and gone around it, and it with them.
import type { Row } from "../core/nouns.ts";
import type { Pages } from "../list/pages.ts";

const MOST_ABOVE = 2_000;
/** So far a person may come while the rows are on their way. */
const MOST_BELOW = 200;

/** The rows around the current one that are here, in their order; `first` is the number of the first of them. */
export interface Around {
  first: number;
  ids: string[];
}

export function around(pages: Pages<Row>, current: number): Around {
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
 * rows that stood above it.
 */
export function placeAgain(pages: Pages<Row>, before: Around, id: string | null, was: number, total: number): number {
  const at = (id === null ? null : placeOf(pages, id)) ?? placeBehind(pages, before, id, was) ?? was;
  return Math.max(0, Math.min(at, total - 1));
}

function placeOf(pages: Pages<Row>, id: string): number | null {
  return pages.find((row) => row.id === id);
}

function placeBehind(pages: Pages<Row>, { first, ids }: Around, id: string | null, was: number): number | null {
  const stood = id === null ? was - first : ids.indexOf(id);
  const above = Math.min(stood < 0 ? was - first : stood, ids.length);
  const unknown = Math.max(0, was - first - ids.length); // rows between what is known and a row that is on its way
  for (let back = above - 1; back >= 0; back--) {
    const at = placeOf(pages, ids[back]!);
    if (at !== null) return at + 1 + unknown;
  }
  return first === 0 ? unknown : null;
}

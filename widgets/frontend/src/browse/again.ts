// Which row is the current one when the rows were read again: rows may have come and gone around it, and it with them.
import type { Row } from "../core/nouns.ts";
import type { Pages } from "../list/pages.ts";

const MOST_ABOVE = 2_000;

/** The ids of the rows above one that are here, the nearest first. */
export function rowsAbove(pages: Pages<Row>, current: number): string[] {
  const ids: string[] = [];
  for (let at = current - 1; at >= 0 && ids.length < MOST_ABOVE; at--) {
    const row = pages.get(at);
    if (row) ids.push(row.id);
    else break;
  }
  return ids;
}

/** Where the open conversation stands now; when it left the list, where the list goes on behind the rows above it. */
export function placeAgain(pages: Pages<Row>, id: string, above: string[], was: number, total: number): number {
  const at = placeOf(pages, id) ?? placeBehind(pages, above, was) ?? Math.min(was, total - 1);
  return Math.max(0, Math.min(at, total - 1));
}

function placeOf(pages: Pages<Row>, id: string): number | null {
  return pages.find((row) => row.id === id);
}

/** Where the list goes on behind the nearest of these rows that is still there; at its top when none above is. */
function placeBehind(pages: Pages<Row>, above: string[], was: number): number | null {
  for (const id of above) {
    const at = placeOf(pages, id);
    if (at !== null) return at + 1;
  }
  return above.length === was ? 0 : null;
}

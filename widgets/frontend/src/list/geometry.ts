// Where rows stand in a list of any length. Browsers limit an element's height (Chromium: 33.5 million px), so a long
// list scrolls in a shorter spacer: `scale` real pixels for each pixel of the scroll bar.

export const MAX_SPACER = 8_000_000;

export interface Geometry {
  count: number;
  rowHeight: number;
  viewport: number;
  spacer: number;
  scale: number;
  /** The largest possible offset, in real pixels. */
  end: number;
}

export function geometry(count: number, rowHeight: number, viewport: number, max = MAX_SPACER): Geometry {
  const full = count * rowHeight;
  const spacer = Math.min(full, max);
  const end = Math.max(0, full - viewport);
  const scroll = Math.max(0, spacer - viewport);
  return { count, rowHeight, viewport, spacer, end, scale: scroll > 0 ? end / scroll : 1 };
}

/** The rows to draw at `offset` real pixels: from `first` to before `last`, with `margin` rows on both sides. */
export function windowAt(g: Geometry, offset: number, margin = 5): { first: number; last: number } {
  const top = clamp(offset, 0, g.end);
  const first = Math.max(0, Math.floor(top / g.rowHeight) - margin);
  const last = Math.min(g.count, Math.ceil((top + g.viewport) / g.rowHeight) + margin);
  return { first, last };
}

/** The offset that brings row `at` into view with the least movement. */
export function reveal(g: Geometry, offset: number, at: number, margin = 1): number {
  const top = at * g.rowHeight;
  const space = Math.min(margin * g.rowHeight, Math.max(0, (g.viewport - g.rowHeight) / 2));
  if (top - space < offset) return clamp(top - space, 0, g.end);
  if (top + g.rowHeight + space > offset + g.viewport) return clamp(top + g.rowHeight + space - g.viewport, 0, g.end);
  return clamp(offset, 0, g.end);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

// Outlines drawn by hand: what lies inside, and fewer corners that say the same.
import type { Point } from "./types.ts";

/** Even-odd rule, as Python decides it (flows/map.py). */
export function inside(outline: readonly Point[], x: number, y: number): boolean {
  let within = false;
  for (let at = 0, before = outline.length - 1; at < outline.length; before = at, at += 1) {
    const [x1, y1] = outline[at]!;
    const [x2, y2] = outline[before]!;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
  }
  return within;
}

export function box(a: Point, b: Point): Point[] {
  return [
    [a[0], a[1]],
    [b[0], a[1]],
    [b[0], b[1]],
    [a[0], b[1]],
  ];
}

/** At most `most` corners, evenly along the outline. */
export function thinned(outline: readonly Point[], most = 240): Point[] {
  if (outline.length <= most) return [...outline];
  const step = outline.length / most;
  return Array.from({ length: most }, (_, at) => outline[Math.floor(at * step)]!);
}

/** Whether it encloses anything: a click is no outline. */
export function hasArea(outline: readonly Point[], least: number): boolean {
  if (outline.length < 3) return false;
  const xs = outline.map((point) => point[0]);
  const ys = outline.map((point) => point[1]);
  return Math.max(...xs) - Math.min(...xs) > least && Math.max(...ys) - Math.min(...ys) > least;
}

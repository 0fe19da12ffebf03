// Which part of the map is seen: a middle and a scale, the same in both directions. All functions are pure.
import type { Point } from "./types.ts";

export interface View {
  x: number;
  y: number;
  /** Pixels to one unit of the map. */
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export const EDGE = 1.2;
const FARTHEST = 0.6;
const NEAREST = 60;

/** The whole map, as large as it fits. */
export function whole(size: Size): View {
  return { x: 0, y: 0, scale: Math.max(40, Math.min(size.width, size.height) / (2 * EDGE)) };
}

/** The view that shows some points with a margin. */
export function around(size: Size, points: Point[]): View {
  if (points.length === 0) return whole(size);
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(size.width / Math.max(right - left, 0.05), size.height / Math.max(high - low, 0.05)) * 0.7;
  return bounded(size, { x: (left + right) / 2, y: (low + high) / 2, scale });
}

export function toScreen(size: Size, view: View, x: number, y: number): Point {
  return [size.width / 2 + (x - view.x) * view.scale, size.height / 2 - (y - view.y) * view.scale];
}

export function toMap(size: Size, view: View, px: number, py: number): Point {
  return [view.x + (px - size.width / 2) / view.scale, view.y - (py - size.height / 2) / view.scale];
}

/** Nearer (factor above 1) or farther; what is under the pointer stays there. */
export function zoomed(size: Size, view: View, factor: number, px = size.width / 2, py = size.height / 2): View {
  const [x, y] = toMap(size, view, px, py);
  const { scale } = bounded(size, { ...view, scale: view.scale * factor });
  return bounded(size, { scale, x: x - (px - size.width / 2) / scale, y: y + (py - size.height / 2) / scale });
}

export function moved(size: Size, view: View, dx: number, dy: number): View {
  return bounded(size, { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale });
}

function bounded(size: Size, view: View): View {
  const base = whole(size).scale;
  const within = (value: number): number => Math.max(-EDGE, Math.min(EDGE, value));
  return { x: within(view.x), y: within(view.y), scale: Math.max(base * FARTHEST, Math.min(base * NEAREST, view.scale)) };
}

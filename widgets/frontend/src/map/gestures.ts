// What the pointer does on the map: draw around points, pull a box, move, zoom, point, click.
import type { Point, Tool } from "./types.ts";

export interface Hands {
  tool(): Tool;
  drawn(path: Point[]): void;
  /** The outline is closed; `event` says whether to add (Shift) or take away (Alt). */
  done(path: Point[], event: PointerEvent): void;
  move(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  point(at: Point | null): void;
  click(at: Point): void;
}

const CLICK = 4;
const WHEEL = 0.0016;

/** Listen on `surface`; positions are pixels inside it. The returned function stops. */
export function followPointer(surface: HTMLElement, hands: Hands): () => void {
  let path: Point[] | null = null;
  let moving: Point | null = null;
  let begun: Point = [0, 0];
  const at = (event: MouseEvent): Point => {
    const frame = surface.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  const outline = (): Point[] => (hands.tool() === "box" && path ? corners(begun, path[path.length - 1]!) : (path ?? []));
  const down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    surface.setPointerCapture(event.pointerId);
    begun = at(event);
    hands.point(null);
    if (event.button === 1 || hands.tool() === "move") moving = begun;
    else path = [begun];
  };
  const go = (event: PointerEvent): void => {
    const here = at(event);
    if (moving) {
      hands.move(here[0] - moving[0], here[1] - moving[1]);
      moving = here;
    } else if (path) {
      path.push(here);
      hands.drawn(outline());
    } else hands.point(here);
  };
  const up = (event: PointerEvent): void => {
    const here = at(event);
    const still = Math.hypot(here[0] - begun[0], here[1] - begun[1]) < CLICK && (path?.length ?? 0) < 8;
    const whole = outline();
    const drew = path !== null;
    stop();
    if (still) hands.click(here);
    else if (drew) hands.done(whole, event);
  };
  const stop = (): void => {
    path = null;
    moving = null;
    hands.drawn([]);
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    hands.zoom(Math.exp(-event.deltaY * lines * WHEEL), ...at(event));
  };
  const leave = (): void => hands.point(null);
  const listeners: [string, (event: any) => void][] = [
    ["pointerdown", down],
    ["pointermove", go],
    ["pointerup", up],
    ["pointercancel", stop],
    ["pointerleave", leave],
  ];
  for (const [name, listener] of listeners) surface.addEventListener(name, listener);
  surface.addEventListener("wheel", wheel, { passive: false });
  return () => {
    for (const [name, listener] of listeners) surface.removeEventListener(name, listener);
    surface.removeEventListener("wheel", wheel);
  };
}

function corners(a: Point, b: Point): Point[] {
  return [a, [b[0], a[1]], b, [a[0], b[1]]];
}

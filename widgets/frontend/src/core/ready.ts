// The sign that a widget shows its first data, for whoever drives the page from outside.
import { rootOf } from "./overlay.ts";

/** Set `data-ready` on the widget around `element` once what was just drawn is painted. */
export function markReady(element: HTMLElement): void {
  requestAnimationFrame(() => rootOf(element).setAttribute("data-ready", "true"));
}

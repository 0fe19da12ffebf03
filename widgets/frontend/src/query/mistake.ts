// A mistake in a query: its words under the bar, and its place marked in the bar itself.
import { fill, h } from "../core/dom.ts";
import { saidAlone } from "../core/i18n.ts";
import { CommandError } from "../core/rpc.ts";
import { fromCodePoints } from "../text/invisible.ts";

const AROUND = 24;

interface Place {
  start: number;
  end: number;
}

/** Where Python says the mistake is, in the page's characters; null when it names no place. */
export function placeOf(error: unknown, text: string): Place | null {
  if (!(error instanceof CommandError) || typeof error.details.start !== "number") return null;
  const start = fromCodePoints(text, error.details.start);
  const end = fromCodePoints(text, Number(error.details.end ?? error.details.start));
  return { start, end: Math.max(end, start + 1) };
}

/** What is wrong, and what to do. */
export function mistakeWords(error: unknown, text: string): (HTMLElement | null)[] {
  const place = placeOf(error, text);
  const words = error instanceof Error ? error.message : String(error);
  const hint = error instanceof CommandError ? error.hint : "";
  return [
    place ? excerpt(text, place) : null,
    h("span", {}, saidAlone(words)),
    hint ? h("span", { class: "wb-quiet" }, saidAlone(hint)) : null,
  ];
}

/** Draw the text again behind the field, invisible but for the line under the mistake. */
export function underline(backdrop: HTMLElement, error: unknown, text: string): void {
  const place = error === null ? null : placeOf(error, text);
  if (!place) return fill(backdrop);
  fill(
    backdrop,
    h("span", {}, text.slice(0, place.start)),
    h("em", {}, text.slice(place.start, place.end) || "  "),
    h("span", {}, text.slice(place.end)),
  );
}

function excerpt(text: string, { start, end }: Place): HTMLElement {
  return h(
    "code",
    { dir: "auto" },
    h("span", {}, text.slice(Math.max(0, start - AROUND), start)),
    h("em", {}, text.slice(start, end) || " "),
    h("span", {}, text.slice(end, end + AROUND)),
  );
}

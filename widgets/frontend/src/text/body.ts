// A message's text as elements: blocks that the browser lays out only when they come into view, marks, visible escapes.
import { inDigits, t } from "../core/i18n.ts";
import { h, type Child } from "../core/dom.ts";
import { WHOLE } from "../core/unfolded.ts";
import { blockStarts, mergeSpans, pieces, type Span } from "./invisible.ts";

/** Beyond this many characters, cut between blocks, the rest of a message is shown on request. */
export const SHOWN = 200_000;

const SMALL = 4000;

export function messageBody(text: string, marks: Span[] = []): HTMLElement {
  const body = h("div", { class: "wb-text", dir: "auto" });
  const merged = mergeSpans(marks, text.length);
  if (text.length <= SMALL) {
    body.append(...inline(text, 0, merged));
    return body;
  }
  const starts = [...blockStarts(text), text.length];
  const kept = text.length > SHOWN ? starts.filter((start) => start <= SHOWN).length - 1 : starts.length - 1;
  body.append(...blocks(text, starts.slice(0, kept + 1), merged));
  if (kept < starts.length - 1) {
    body.setAttribute(WHOLE, "");
    body.append(rest(text, starts.slice(kept), merged));
  }
  return body;
}

/** A button that gives way to what is left of the message. What stands there already is not laid out again. */
function rest(text: string, starts: number[], marks: Span[]): HTMLElement {
  const words = t("Show the other {n} characters", { n: inDigits(text.length - starts[0]!) });
  const more = h("button", { class: "wb-button wb-button-small" }, words);
  more.addEventListener("click", () => {
    more.parentElement?.setAttribute(WHOLE, "all");
    more.replaceWith(...blocks(text, starts, marks));
  });
  return more;
}

/** A block from each start to the next one; the last start is the end. */
function blocks(text: string, starts: number[], marks: Span[]): HTMLElement[] {
  return starts.slice(1).map((end, at) => {
    const start = starts[at]!;
    return h("div", { class: "wb-block", dir: "auto" }, ...inline(text.slice(start, end), start, marks));
  });
}

/** `text` begins at `offset` of the message; marks are in the message's characters. */
function inline(text: string, offset: number, marks: Span[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(at, mark.start - offset);
    const end = Math.min(text.length, mark.end - offset);
    if (end <= start || start >= text.length) continue;
    nodes.push(...plain(text.slice(at, start)), h("mark", {}, ...plain(text.slice(start, end))));
    at = end;
  }
  nodes.push(...plain(text.slice(at)));
  return nodes;
}

/** Text with hidden characters shown as small labels. */
export function plain(text: string): Node[] {
  if (!text) return [];
  return pieces(text).map((piece) =>
    piece.mark
      ? h("span", { class: "wb-hidden-char", title: t("hidden character {name}", { name: piece.mark }) }, piece.mark)
      : document.createTextNode(piece.text),
  );
}

/** One line of untrusted text with some of its characters marked. */
export function markedLine(text: string, marks: Span[], className = ""): HTMLElement {
  return h("bdi", { class: className, dir: "auto" }, ...inline(text, 0, mergeSpans(marks, text.length)));
}

/** One line of untrusted text, isolated from what stands beside it. */
export function line(text: string, className = ""): HTMLElement {
  return h("bdi", { class: className, dir: "auto" }, ...(plain(text) as Child[]));
}

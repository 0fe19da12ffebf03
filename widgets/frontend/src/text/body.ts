// A message's text as elements: blocks that the browser lays out only when they come into view, marks, visible escapes.
import { inDigits, t } from "../core/i18n.ts";
import { h, type Child } from "../core/dom.ts";
import { blockStarts, mergeSpans, pieces, type Span } from "./invisible.ts";

/** Beyond this many characters the rest of a message is shown on request. */
export const SHOWN = 200_000;

const SMALL = 4000;

export function messageBody(text: string, marks: Span[] = [], shown = SHOWN): HTMLElement {
  const body = h("div", { class: "wb-text", dir: "auto" });
  const visible = text.length > shown ? text.slice(0, shown) : text;
  appendBlocks(body, visible, mergeSpans(marks, visible.length));
  if (text.length > shown) {
    const more = h(
      "button",
      { class: "wb-button wb-button-small" },
      t("Show the other {n} characters", { n: inDigits(text.length - shown) }),
    );
    more.addEventListener("click", () => body.replaceWith(messageBody(text, marks, text.length)));
    body.append(more);
  }
  return body;
}

function appendBlocks(body: HTMLElement, text: string, marks: Span[]): void {
  if (text.length <= SMALL) {
    body.append(...inline(text, 0, marks));
    return;
  }
  const starts = blockStarts(text);
  starts.forEach((start, at) => {
    const end = starts[at + 1] ?? text.length;
    body.append(h("div", { class: "wb-block", dir: "auto" }, ...inline(text.slice(start, end), start, marks)));
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

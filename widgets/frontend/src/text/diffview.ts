// A word diff as elements: removed text struck, added text underlined, both said to screen readers.
import { h } from "../core/dom.ts";
import { plain } from "./body.ts";
import type { DiffPart } from "./diff.ts";

const CONTEXT = 160;

/** `folded`: long unchanged stretches show only their ends. */
export function diffView(parts: DiffPart[], folded = false): HTMLElement {
  return h(
    "div",
    { class: "wb-diff wb-text", dir: "auto" },
    ...parts.flatMap((part, at) => {
      if (part.kind === "removed") return [h("del", {}, ...plain(part.text))];
      if (part.kind === "added") return [h("ins", {}, ...plain(part.text))];
      return plain(folded ? fold(part.text, at === 0, at === parts.length - 1) : part.text);
    }),
  );
}

function fold(text: string, first: boolean, last: boolean): string {
  if (text.length <= CONTEXT * 2) return text;
  const start = first ? "" : text.slice(0, CONTEXT);
  const end = last ? "" : text.slice(-CONTEXT);
  return `${start} … ${end}`;
}

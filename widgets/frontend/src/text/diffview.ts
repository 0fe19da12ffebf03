// A word diff as elements: removed text struck, added text underlined, both said to screen readers.
import { h } from "../core/dom.ts";
import { inDigits, t } from "../core/i18n.ts";
import { plain } from "./body.ts";
import type { DiffPart } from "./diff.ts";

const CONTEXT = 160;
/** Longer changed stretches show their ends and their length. */
const LONG = 6000;

/** `folded`: long unchanged stretches show only their ends. */
export function diffView(parts: DiffPart[], folded = false): HTMLElement {
  return h(
    "div",
    { class: "wb-diff wb-text", dir: "auto" },
    ...parts.flatMap((part, at) => {
      if (part.kind === "removed") return [h("del", {}, ...plain(cutShort(part.text)))];
      if (part.kind === "added") return [h("ins", {}, ...plain(cutShort(part.text)))];
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

function cutShort(text: string): string {
  if (text.length <= LONG) return text;
  const all = t("{n} characters", { n: inDigits(text.length) });
  return `${text.slice(0, CONTEXT)} … (${all}) … ${text.slice(-CONTEXT)}`;
}

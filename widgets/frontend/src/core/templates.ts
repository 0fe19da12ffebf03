// Templates: texts of Python that hold names, numbers and values are found by what stands around these holes.

export interface Template {
  fits: RegExp;
  holes: string[];
  /** Which of the holes hold what is to be typed: that stays as it is. */
  typed: boolean[];
  text: string;
  /** Letters outside the holes: the template that says most is tried first. */
  weight: number;
}

/** With fewer letters of its own than this, a template holds single words or quotations only, unless it names what it holds. */
const FEW_LETTERS = 8;

/** "one of: {values}" is sure of what it means, and what it holds may be a list. */
const NAMED = /^\p{L}[\p{L} ]*: \{\w+\}$/u;

/** What stands before a list of names or values that are to be typed; with more of the list behind it, or none. */
const BEFORE_TYPED = /(?:\bknown|(?<!it is )one of|one or more of|columns|parts|fields|formats|yourself|it has|they have|(?<!: )there are):? (?:\{\w+\})?$/;

/** Letters and signs of its own that a template has at least where it is looked for inside another text. */
export const LONG = 14;

/** The templates of a catalogue, those that say most first. */
export function templatesOf(catalogue: Record<string, string | string[]>): Template[] {
  return Object.entries(catalogue)
    .flatMap(([from, to]) => (typeof to === "string" ? templateOf(from, to) : []))
    .sort((a, b) => b.weight - a.weight);
}

/** Only texts with holes and at least one word, so that a template never swallows what it does not mean. */
function templateOf(from: string, to: string): Template[] {
  const found = [...from.matchAll(/\{(\w+)\}/g)];
  const holes = found.map((match) => match[1]!);
  const fixed = from.replace(/\{\w+\}/g, "");
  if (holes.length === 0 || !/\p{L}{2}/u.test(fixed)) return [];
  const letters = fixed.replace(/[^\p{L}]/gu, "").length;
  // "{from} to {to}" means two values, and not any sentence that has a "to" in it.
  const hole = letters < FEW_LETTERS && !NAMED.test(from) ? `('[^']*'|"[^"]*"|\\S+)` : "([\\s\\S]*?)";
  const pattern = from
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(hole);
  return [{ fits: new RegExp(`^${pattern}$`), holes, typed: found.map((match) => BEFORE_TYPED.test(from.slice(0, match.index))), text: to, weight: fixed.length }];
}

// Characters that change how text is shown without being seen themselves, made visible; and long text cut in blocks.

/** A run of text; `mark` names a control character that stands there. */
export interface Piece {
  text: string;
  mark?: string;
}

const NAMES: Record<string, string> = {
  "\u200b": "ZWSP",
  "\u200c": "ZWNJ",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u061c": "ALM",
  "\ufeff": "BOM",
  "\u00ad": "SHY",
  "\u2060": "WJ",
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\u0000": "NUL",
  "\u001b": "ESC",
  "\r": "CR",
  "\u007f": "DEL",
  "\u2028": "LS",
  "\u2029": "PS",
  "\u0085": "NEL",
};

// The zero-width joiner (U+200D) is left alone inside emoji and scripts that need it, and shown elsewhere.
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|(?<![\p{Emoji}\p{M}\p{L}\ufe0f])\u200d|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** Cut text where a hidden character stands. Joining the pieces' texts gives the text again. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let last = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > last) found.push({ text: text.slice(last, match.index) });
    found.push({ text: match[0], mark: nameOf(match[0]) });
    last = match.index + match[0].length;
  }
  if (last < text.length || found.length === 0) found.push({ text: text.slice(last) });
  return found;
}

function nameOf(character: string): string {
  return NAMES[character] ?? `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

export const BLOCK = 4000;

/** Offsets at which text is cut in blocks of at most `size`: at a line break if there is one, never inside a character. */
export function blockStarts(text: string, size = BLOCK): number[] {
  const starts = [0];
  let at = 0;
  while (text.length - at > size) {
    let cut = text.lastIndexOf("\n", at + size - 1) + 1;
    if (cut <= at + size / 2) cut = at + size;
    const code = text.charCodeAt(cut);
    if (code >= 0xdc00 && code <= 0xdfff) cut -= 1;
    starts.push(cut);
    at = cut;
  }
  return starts;
}

/** A stretch of text to be marked: characters `start` to `end`. */
export interface Span {
  start: number;
  end: number;
}

/** Sorted, merged and clipped to `length`; useless spans are left out. */
export function mergeSpans(spans: Span[], length: number): Span[] {
  const sorted = spans
    .map((span) => ({ start: Math.max(0, span.start), end: Math.min(length, span.end) }))
    .filter((span) => span.end > span.start)
    .sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged[merged.length - 1];
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}

/** Python counts code points; the page counts UTF-16 units. */
export function fromCodePoints(text: string, offset: number): number {
  let units = 0;
  let points = 0;
  while (points < offset && units < text.length) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
    points += 1;
  }
  return units;
}

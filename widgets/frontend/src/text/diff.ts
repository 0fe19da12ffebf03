// Word diffs while typing. The same cuts as workbench/text.py: words, single Chinese, Japanese and Korean characters, spaces, signs.

export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

const CJK = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u3040-\\u30ff\\uac00-\\ud7af";
const TOKEN = new RegExp(
  `[${CJK}]|(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+(?:['’](?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+)*|\\s+|.`,
  "gsu",
);

/** Above this many tokens in the changed middle, lines are compared first: exact diffs are quadratic. */
export const LIMIT = 1500;

/** How far back a safe place to cut is looked for, in characters. */
const REACH = 4000;
/** So many characters are compared at once. */
const LEAP = 8192;
const SPLIT = new RegExp(`[${CJK}]`);

export function cut(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/**
 * What changed between two texts. Without the added parts it is `before`, without the removed ones `after`.
 * What both begin and end with is found character by character, so that a megabyte is compared as fast as a line.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  const head = commonStart(before, after);
  const tail = commonEnd(before, after, head);
  return joined([
    { kind: "same", text: before.slice(0, head) },
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    { kind: "same", text: before.slice(before.length - tail) },
  ]);
}

/** The length of what both begin with, cut back to where a word ends for certain. */
function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + LEAP <= most && a.slice(at, at + LEAP) === b.slice(at, at + LEAP)) at += LEAP;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length && at === b.length) return at;
  const least = Math.max(0, at - REACH);
  for (let place = at; place > least; place--) if (endsWord(a, b, place)) return place;
  return least === 0 ? 0 : whole(a, least);
}

/** A cut here is a cut in both texts, whatever comes after it. */
function endsWord(a: string, b: string, at: number): boolean {
  if (SPLIT.test(a[at - 1]!)) return true;
  const space = (text: string): boolean => /\s/.test(text[at] ?? "");
  return at < a.length && at < b.length && !/\s/.test(a[at - 1]!) && space(a) && space(b);
}

function commonEnd(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let size = 0;
  const piece = (text: string): string => text.slice(text.length - size - LEAP, text.length - size);
  while (size + LEAP <= most && piece(a) === piece(b)) size += LEAP;
  while (size < most && a.charCodeAt(a.length - 1 - size) === b.charCodeAt(b.length - 1 - size)) size += 1;
  const least = Math.max(0, size - REACH);
  for (let place = size; place > least; place--) {
    const [x, y] = [a.length - place, b.length - place];
    const first = a[x]!;
    if (SPLIT.test(first)) return place;
    const spaced = (text: string, at: number): boolean => at > 0 && !/\s/.test(text[at - 1]!);
    if (/\s/.test(first) && spaced(a, x) && spaced(b, y)) return place;
  }
  return least === 0 ? 0 : a.length - whole(a, a.length - least);
}

/** The place itself, or the next one when it stands inside a character. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function middle(before: string, after: string): DiffPart[] {
  if (before.length + after.length > LIMIT * 40) return byLines(before, after);
  const a = cut(before);
  const b = cut(after);
  return a.length > LIMIT || b.length > LIMIT ? byLines(before, after) : changed(a, b);
}

/** Lines that stayed are kept; what lies between them is compared word by word where it is small enough. */
function byLines(before: string, after: string): DiffPart[] {
  const a = before.split(/(?<=\n)/);
  const b = after.split(/(?<=\n)/);
  if (a.length < 3 || b.length < 3 || a.length > LIMIT || b.length > LIMIT) return replaced(before, after);
  const parts: DiffPart[] = [];
  for (const part of paired(changed(a, b))) {
    if (part.kind === "same") parts.push({ kind: "same", text: part.text });
    else parts.push(...fine(part.removed, part.added));
  }
  return parts;
}

function fine(before: string, after: string): DiffPart[] {
  const small = before.length + after.length < LIMIT * 8;
  const [a, b] = small ? [cut(before), cut(after)] : [[], []];
  return small && a.length * b.length < 250_000 ? changed(a, b) : replaced(before, after);
}

function replaced(before: string, after: string): DiffPart[] {
  return [
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ];
}

type Stretch = { kind: "same"; text: string } | { kind: "changed"; removed: string; added: string };

function paired(parts: DiffPart[]): Stretch[] {
  const found: Stretch[] = [];
  for (const part of parts) {
    if (part.kind === "same") {
      found.push({ kind: "same", text: part.text });
      continue;
    }
    let last = found.at(-1);
    if (last?.kind !== "changed") found.push((last = { kind: "changed", removed: "", added: "" }));
    last[part.kind] += part.text;
  }
  return found;
}

/** Longest common subsequence by dynamic programming. */
function changed(a: string[], b: string[]): DiffPart[] {
  if (a.length > LIMIT || b.length > LIMIT || a.length === 0 || b.length === 0) return replaced(a.join(""), b.join(""));
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  return walk(a, b, best, width);
}

function walk(a: string[], b: string[], best: Uint16Array, width: number): DiffPart[] {
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ kind: "same", text: a[i]! });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && best[(i + 1) * width + j]! >= best[i * width + j + 1]!)) {
      parts.push({ kind: "removed", text: a[i]! });
      i += 1;
    } else {
      parts.push({ kind: "added", text: b[j]! });
      j += 1;
    }
  }
  return parts;
}

/** Neighbours of one kind become one; within a change the removed text comes first. */
function joined(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let removed = "";
  let added = "";
  const flush = (): void => {
    if (removed) result.push({ kind: "removed", text: removed });
    if (added) result.push({ kind: "added", text: added });
    removed = added = "";
  };
  for (const part of parts) {
    if (!part.text) continue;
    if (part.kind === "removed") removed += part.text;
    else if (part.kind === "added") added += part.text;
    else {
      flush();
      const last = result[result.length - 1];
      if (last?.kind === "same") last.text += part.text;
      else result.push({ ...part });
    }
  }
  flush();
  return result;
}

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

/** Above this many tokens in the changed middle, old and new are shown whole: exact diffs are quadratic. */
export const LIMIT = 1500;

export function cut(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** What changed between two texts. Without the added parts it is `before`, without the removed ones `after`. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const a = cut(before);
  const b = cut(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const middle = changed(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return joined([
    { kind: "same", text: a.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: a.slice(a.length - tail).join("") },
  ]);
}

/** Longest common subsequence by dynamic programming. */
function changed(a: string[], b: string[]): DiffPart[] {
  if (a.length > LIMIT || b.length > LIMIT || a.length === 0 || b.length === 0) {
    return [
      { kind: "removed", text: a.join("") },
      { kind: "added", text: b.join("") },
    ];
  }
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

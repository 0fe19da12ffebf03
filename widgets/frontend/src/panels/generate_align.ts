// A draft beside its parent, turn by turn: which turn became which, and what changed in it.
import type { Turn } from "../core/nouns.ts";
import { wordDiff, type DiffPart } from "../text/diff.ts";

export interface Pair {
  kind: "same" | "changed" | "added" | "removed";
  before?: Turn;
  after?: Turn;
  parts?: DiffPart[];
}

/** Turns with the same id belong together when they keep their role; else the same place counts. */
export function aligned(before: Turn[], after: Turn[]): Pair[] {
  const old = new Map(before.map((turn) => [turn.id, turn]));
  const byId = after.some((turn) => old.get(turn.id)?.role === turn.role);
  return byId ? alignedById(before, after, old) : alignedByPlace(before, after);
}

function alignedById(before: Turn[], after: Turn[], old: Map<string, Turn>): Pair[] {
  const kept = new Set(after.map((turn) => turn.id));
  const pairs = after.map((turn) => paired(old.get(turn.id), turn));
  before.forEach((turn, at) => {
    if (!kept.has(turn.id)) pairs.splice(Math.min(at, pairs.length), 0, { kind: "removed", before: turn });
  });
  return pairs;
}

function alignedByPlace(before: Turn[], after: Turn[]): Pair[] {
  const pairs = after.map((turn, at) => paired(before[at], turn));
  return [...pairs, ...before.slice(after.length).map((turn): Pair => ({ kind: "removed", before: turn }))];
}

function paired(before: Turn | undefined, after: Turn): Pair {
  if (!before) return { kind: "added", after };
  if (before.content === after.content && before.role === after.role) return { kind: "same", before, after };
  return { kind: "changed", before, after, parts: wordDiff(before.content, after.content) };
}

/** Runs of unchanged turns become one fold; the turn before a change stays, because it is what the change answers. */
export function folded(pairs: Pair[], least = 2): (Pair | { hidden: Pair[] })[] {
  const parts: (Pair | { hidden: Pair[] })[] = [];
  let at = 0;
  while (at < pairs.length) {
    let end = at;
    while (end < pairs.length && pairs[end]!.kind === "same") end += 1;
    const hide = end < pairs.length ? end - 1 : end;
    if (hide - at >= least) {
      parts.push({ hidden: pairs.slice(at, hide) });
      at = hide;
    } else {
      parts.push(pairs[at]!);
      at += 1;
    }
  }
  return parts;
}

/** In words, for the heading: "2 of 6 turns changed, 1 added". */
export function changesInWords(pairs: Pair[]): string {
  const number = (kind: Pair["kind"]): number => pairs.filter((pair) => pair.kind === kind).length;
  const total = pairs.filter((pair) => pair.after).length;
  const said = [
    number("changed") ? `${number("changed")} of ${total} turns changed` : "",
    number("added") ? `${number("added")} added` : "",
    number("removed") ? `${number("removed")} left out` : "",
  ].filter(Boolean);
  return said.join(", ") || "nothing changed";
}

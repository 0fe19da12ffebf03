// A draft beside its parent, turn by turn: which turn became which, and what changed in it.
import { t, tn } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { wordDiff, type DiffPart } from "../text/diff.ts";

export interface Pair {
  kind: "same" | "changed" | "added" | "removed";
  before?: Turn;
  after?: Turn;
  /** Word by word, when enough words stayed. */
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
  return replaced(pairs);
}

/** A turn left out and a new one of the same role at its place are one turn that was written anew. */
function replaced(pairs: Pair[]): Pair[] {
  const joined: Pair[] = [];
  for (const pair of pairs) {
    const last = joined.at(-1);
    if (last?.kind === "removed" && pair.kind === "added" && last.before!.role === pair.after!.role) {
      joined[joined.length - 1] = paired(last.before, pair.after!);
    } else joined.push(pair);
  }
  return joined;
}

function alignedByPlace(before: Turn[], after: Turn[]): Pair[] {
  const pairs = after.map((turn, at) => paired(before[at], turn));
  return [...pairs, ...before.slice(after.length).map((turn): Pair => ({ kind: "removed", before: turn }))];
}

function paired(before: Turn | undefined, after: Turn): Pair {
  if (!before) return { kind: "added", after };
  if (before.content === after.content && before.role === after.role) return { kind: "same", before, after };
  const parts = wordDiff(before.content, after.content);
  return alike(parts) ? { kind: "changed", before, after, parts } : { kind: "changed", before, after };
}

const LEAST_COMMON = 0.3;

/** Whether enough words stayed for a word diff to be read; a text written anew is easier to read by itself. */
function alike(parts: DiffPart[]): boolean {
  const length = (kind: DiffPart["kind"]): number => parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.text.trim().length, 0);
  const same = length("same");
  return same / Math.max(1, same + Math.max(length("removed"), length("added"))) >= LEAST_COMMON;
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
  const told = [
    number("changed") ? tn("{n} of {all} turns changed", "{n} of {all} turns changed", number("changed"), { all: total }) : "",
    number("added") ? tn("{n} added", "{n} added", number("added")) : "",
    number("removed") ? t("{n} left out", { n: number("removed") }) : "",
  ].filter(Boolean);
  return told.join(", ") || t("nothing changed");
}

// Two people changed one conversation: what each did to every turn, what was chosen, and the text that comes of it.
import type { Turn } from "../core/nouns.ts";
import { differs } from "./draft.ts";

export type Side = "theirs" | "mine";

export interface MergeRow {
  key: string;
  /** The turn as it was when editing began; null where it is new. */
  base: Turn | null;
  /** null: deleted on that side, or not there. */
  theirs: Turn | null;
  mine: Turn | null;
  /** Who changed it: "both" differently, "same" both alike or nobody. */
  who: "same" | "theirs" | "mine" | "both";
  choice: Side | null;
  /** What was typed over the choice. */
  edited: string | null;
}

/** One row for each turn of either side, in my order; what only they added stands after the turn it follows there. */
export function mergeRows(base: Turn[], theirs: Turn[], mine: Turn[]): MergeRow[] {
  const before = byId(base);
  const their = byId(theirs);
  let fresh = 0;
  const rows = mine.map((turn): MergeRow => {
    const id = turn.id && before.has(turn.id) ? turn.id : "";
    return id ? row(id, before.get(id)!, their.get(id) ?? null, turn) : row(`mine-${++fresh}`, null, null, turn);
  });
  const placed = new Set(rows.map((item) => item.key));
  let after = "";
  for (const turn of theirs) {
    if (!placed.has(turn.id)) {
      rows.splice(rows.findIndex((item) => item.key === after) + 1, 0, row(turn.id, before.get(turn.id) ?? null, turn, null));
      placed.add(turn.id);
    }
    after = turn.id;
  }
  return rows;
}

function row(key: string, base: Turn | null, theirs: Turn | null, mine: Turn | null): MergeRow {
  const they = changedFrom(base, theirs);
  const me = changedFrom(base, mine);
  const alike = !changedFrom(theirs, mine);
  const who = alike ? "same" : they && me ? "both" : they ? "theirs" : "mine";
  const choice: Side | null = who === "both" ? null : who === "theirs" ? "theirs" : "mine";
  return { key, base, theirs, mine, who, choice, edited: null };
}

function changedFrom(old: Turn | null, now: Turn | null): boolean {
  return old === null || now === null ? old !== now : differs(old, now);
}

/** How many turns still wait for a choice. */
export function undecided(rows: MergeRow[]): number {
  return rows.filter((item) => item.choice === null).length;
}

/** The turn a row stands for now; null when the chosen side deleted it or nothing is chosen yet. */
export function chosenTurn(item: MergeRow): Turn | null {
  const turn = item.choice === null ? null : item.who === "same" ? (item.mine ?? item.theirs) : item[item.choice];
  return turn && item.edited !== null ? { ...turn, content: item.edited } : turn;
}

export function mergedTurns(rows: MergeRow[]): Turn[] {
  return rows.map(chosenTurn).filter((turn): turn is Turn => turn !== null);
}

/** Whether both sides put the turns they have in common into another order. */
export function orderDiffers(theirs: Turn[], mine: Turn[]): boolean {
  const ids = (turns: Turn[], other: Turn[]): string =>
    turns
      .map((turn) => turn.id)
      .filter((id) => id && other.some((turn) => turn.id === id))
      .join("\n");
  return ids(theirs, mine) !== ids(mine, theirs);
}

function byId(turns: Turn[]): Map<string, Turn> {
  return new Map(turns.map((turn) => [turn.id, turn]));
}

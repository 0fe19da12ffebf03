// A conversation being edited, as a value: every change gives a new one.
import type { Turn } from "../core/nouns.ts";

export interface DraftTurn {
  turn: Turn;
  /** The text as it was saved; null for a new turn. */
  saved: Turn | null;
  /** A name for this turn while it is edited; new turns have no id yet. */
  key: string;
}

export interface EditDraft {
  turns: DraftTurn[];
  removed: Turn[];
  last: number;
}

export const ROLES = ["system", "user", "assistant", "tool"];

export function draftOf(turns: Turn[]): EditDraft {
  return { turns: turns.map((turn) => ({ turn, saved: turn, key: turn.id })), removed: [], last: 0 };
}

export function withText(draft: EditDraft, key: string, content: string): EditDraft {
  return each(draft, key, (item) => ({ ...item, turn: { ...item.turn, content } }));
}

export function withRole(draft: EditDraft, key: string, role: string): EditDraft {
  return each(draft, key, (item) => ({ ...item, turn: { ...item.turn, role } }));
}

/** A new, empty turn after the one of that key (at the top for null), in the role whose turn it is. */
export function added(draft: EditDraft, after: string | null): EditDraft {
  const at = after === null ? 0 : draft.turns.findIndex((item) => item.key === after) + 1;
  const role = draft.turns[at - 1]?.turn.role === "user" ? "assistant" : "user";
  const last = draft.last + 1;
  const item: DraftTurn = { turn: { id: "", role, content: "" }, saved: null, key: `new-${last}` };
  return { ...draft, last, turns: draft.turns.toSpliced(at, 0, item) };
}

export function removed(draft: EditDraft, key: string): EditDraft {
  const item = draft.turns.find((turn) => turn.key === key);
  const gone = item?.saved ? [...draft.removed, item.saved] : draft.removed;
  return { ...draft, removed: gone, turns: draft.turns.filter((turn) => turn.key !== key) };
}

export function moved(draft: EditDraft, key: string, by: -1 | 1): EditDraft {
  const at = draft.turns.findIndex((item) => item.key === key);
  const to = at + by;
  if (at < 0 || to < 0 || to >= draft.turns.length) return draft;
  const turns = [...draft.turns];
  [turns[at], turns[to]] = [turns[to]!, turns[at]!];
  return { ...draft, turns };
}

export function turnsOf(draft: EditDraft): Turn[] {
  return draft.turns.map((item) => item.turn);
}

export interface Changes {
  changed: number;
  added: number;
  removed: number;
  moved: boolean;
}

export function changes(draft: EditDraft, saved: Turn[]): Changes {
  const order = draft.turns.filter((item) => item.saved).map((item) => item.turn.id);
  const before = saved.map((turn) => turn.id).filter((id) => order.includes(id));
  return {
    changed: draft.turns.filter((item) => item.saved && differs(item.turn, item.saved)).length,
    added: draft.turns.filter((item) => !item.saved).length,
    removed: draft.removed.length,
    moved: order.join("\n") !== before.join("\n"),
  };
}

export function anyChange(found: Changes): boolean {
  return found.changed + found.added + found.removed > 0 || found.moved;
}

export function inWords(found: Changes): string {
  const count = (number: number, word: string): string => (number ? `${number} ${word}` : "");
  return (
    [
      count(found.changed, "changed"),
      count(found.added, "new"),
      count(found.removed, "deleted"),
      found.moved ? "order changed" : "",
    ]
      .filter(Boolean)
      .join(", ") || "nothing changed"
  );
}

function differs(a: Turn, b: Turn): boolean {
  return a.content !== b.content || a.role !== b.role;
}

function each(draft: EditDraft, key: string, change: (item: DraftTurn) => DraftTurn): EditDraft {
  return { ...draft, turns: draft.turns.map((item) => (item.key === key ? change(item) : item)) };
}

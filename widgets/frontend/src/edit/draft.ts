// A conversation being edited, as a value: every change gives a new one. Turns keep their ids.
import { t, tn } from "../core/i18n.ts";
import type { ToolCall, Turn } from "../core/nouns.ts";

export interface DraftTurn {
  turn: Turn;
  /** The turn as it was saved; null for a new turn. */
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

/** A draft of these turns against saved ones: turns without an id, or with one that was not saved, are new. */
export function draftAgainst(turns: Turn[], saved: Turn[]): EditDraft {
  const known = new Map(saved.map((turn) => [turn.id, turn]));
  let last = 0;
  const items = turns.map((turn): DraftTurn => {
    const old = known.get(turn.id) ?? null;
    return old ? { turn, saved: old, key: turn.id } : { turn: { ...turn, id: "" }, saved: null, key: `new-${++last}` };
  });
  const kept = new Set(items.map((item) => item.turn.id));
  return { turns: items, removed: saved.filter((turn) => !kept.has(turn.id)), last };
}

export function withText(draft: EditDraft, key: string, content: string): EditDraft {
  return withTurn(draft, key, { content });
}

export function withRole(draft: EditDraft, key: string, role: string): EditDraft {
  return withTurn(draft, key, { role });
}

/** An empty name is none. */
export function withName(draft: EditDraft, key: string, name: string): EditDraft {
  const turns = draft.turns.map((item) => {
    if (item.key !== key) return item;
    const { name: _, ...turn } = item.turn;
    return { ...item, turn: name ? { ...turn, name } : turn };
  });
  return { ...draft, turns };
}

export function withCall(draft: EditDraft, key: string, at: number, call: Partial<ToolCall>): EditDraft {
  const calls = draft.turns.find((item) => item.key === key)?.turn.tool_calls ?? [];
  return withTurn(draft, key, { tool_calls: calls.map((old, place) => (place === at ? { ...old, ...call } : old)) });
}

/** A new, empty turn after the one of that key (at the top for null), in the role whose turn it is. */
export function added(draft: EditDraft, after: string | null): EditDraft {
  const at = after === null ? 0 : placeOf(draft, after) + 1;
  const role = draft.turns[at - 1]?.turn.role === "user" ? "assistant" : "user";
  return inserted(draft, at, { id: "", role, content: "" });
}

/** Cut a turn in two; the first part keeps the id, and with it the answers and notes. */
export function split(draft: EditDraft, key: string, at: number): EditDraft {
  const place = placeOf(draft, key);
  const turn = draft.turns[place]?.turn;
  if (!turn) return draft;
  const rest: Turn = { id: "", role: turn.role, content: turn.content.slice(at).trimStart() };
  if (turn.name) rest.name = turn.name;
  return inserted(withText(draft, key, turn.content.slice(0, at).trimEnd()), place + 1, rest);
}

/** Join a turn with the next one; it keeps its id and role. */
export function merged(draft: EditDraft, key: string): EditDraft {
  const first = draft.turns[placeOf(draft, key)]?.turn;
  const next = draft.turns[placeOf(draft, key) + 1];
  if (!first || !next) return draft;
  const content = [first.content, next.turn.content].filter(Boolean).join("\n\n");
  const calls = [...(first.tool_calls ?? []), ...(next.turn.tool_calls ?? [])];
  return removed(withTurn(draft, key, { content, ...(calls.length > 0 ? { tool_calls: calls } : {}) }), next.key);
}

export function removed(draft: EditDraft, key: string): EditDraft {
  const item = draft.turns.find((turn) => turn.key === key);
  const gone = item?.saved ? [...draft.removed, item.saved] : draft.removed;
  return { ...draft, removed: gone, turns: draft.turns.filter((turn) => turn.key !== key) };
}

export function moved(draft: EditDraft, key: string, by: -1 | 1): EditDraft {
  const at = placeOf(draft, key);
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
  return (
    [
      found.changed ? tn("{n} changed", "{n} changed", found.changed) : "",
      found.added ? tn("{n} new", "{n} new", found.added) : "",
      found.removed ? tn("{n} deleted", "{n} deleted", found.removed) : "",
      found.moved ? t("order changed") : "",
    ]
      .filter(Boolean)
      .join(", ") || t("nothing changed")
  );
}

/** What keeps a draft from being saved, in words; "" when nothing does. */
export function mistakeIn(draft: EditDraft): string {
  if (draft.turns.length === 0) return t("A conversation needs at least one turn.");
  for (const [at, { turn, saved }] of draft.turns.entries()) {
    if (!turn.content.trim() && !turn.tool_calls?.length)
      return t("Turn {n} is empty: write something or delete it.", { n: at + 1 });
    for (const [place, call] of (turn.tool_calls ?? []).entries()) {
      const old = saved?.tool_calls?.[place];
      if (old && old.name === call.name && old.arguments === call.arguments) continue;
      const wrong = callMistake(call);
      if (wrong) return t("Turn {n}: {wrong}.", { n: at + 1, wrong });
    }
  }
  return "";
}

/** What is wrong with a tool call, in words; "" when nothing is. */
export function callMistake(call: ToolCall): string {
  if (!call.name.trim()) return t("the function has no name");
  try {
    JSON.parse(call.arguments || "{}");
    return "";
  } catch {
    return t("the arguments are not JSON");
  }
}

/** The assistant's turn whose rewriting can be kept as a preference pair: the first that differs, if it is one. */
export function pairTurn(draft: EditDraft, saved: Turn[]): string | null {
  for (const [at, item] of draft.turns.entries()) {
    const old = saved[at];
    if (!old) return null;
    if (old.id === item.turn.id && !differs(item.turn, old)) continue;
    const answered = at > 0 && old.id === item.turn.id && old.role === "assistant" && item.turn.role === "assistant";
    return answered ? old.id : null;
  }
  return null;
}

export function differs(a: Turn, b: Turn): boolean {
  return (
    a.content !== b.content ||
    a.role !== b.role ||
    (a.name ?? "") !== (b.name ?? "") ||
    JSON.stringify(a.tool_calls ?? []) !== JSON.stringify(b.tool_calls ?? [])
  );
}

function withTurn(draft: EditDraft, key: string, change: Partial<Turn>): EditDraft {
  const turns = draft.turns.map((item) => (item.key === key ? { ...item, turn: { ...item.turn, ...change } } : item));
  return { ...draft, turns };
}

function inserted(draft: EditDraft, at: number, turn: Turn): EditDraft {
  const last = draft.last + 1;
  return { ...draft, last, turns: draft.turns.toSpliced(at, 0, { turn, saved: null, key: `new-${last}` }) };
}

function placeOf(draft: EditDraft, key: string): number {
  return draft.turns.findIndex((item) => item.key === key);
}

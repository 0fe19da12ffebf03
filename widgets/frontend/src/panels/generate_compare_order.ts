// The order of a request's candidates while a person makes it, as a value; and the requests there are to compare.
import { key } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import type { Finding, Line } from "./generate_types.ts";

/** Why the others of a request are rejected when the best is accepted, as Python writes it down. */
export const NOT_PREFERRED = key("not preferred");

export interface Candidate {
  id: string;
  rank: number | null;
  /** How often it was changed since it was made. */
  changed: number;
  /** What it says after the beginning that all share. */
  turns: Turn[];
  gates: Finding[];
}

export interface Compared {
  run: string;
  group: string;
  shared: Turn[];
  candidates: Candidate[];
}

/** Who wrote a candidate, told only when a person asks. */
export interface Maker {
  id: string;
  row: number;
  model: string;
  recipe: string;
  temperature: number | null;
  score: number | null;
  scored_by: string;
  /** Share of its pairs that a model which may be relied on, by comparing both ways, called it the better one of. */
  won?: number;
  compared_by?: string;
  /** What a gate said that names the model. */
  told?: string[];
}

/** What `draft.reveal` answers: also how far people and the machine agree, here and in the whole domain. */
export interface Revealed {
  candidates: Maker[];
  tau: number | null;
  domain: string;
  agreed: { requests: number; tau: number; low?: number | null; high?: number | null } | null;
  refused: string;
}

export interface Order {
  places: Readonly<Record<string, number>>;
  saved: Readonly<Record<string, number>>;
  /** The candidate that was given a place last: the one the next can be tied with. */
  last: string;
}

export function orderOf(candidates: readonly Candidate[]): Order {
  const saved = Object.fromEntries(candidates.flatMap((one) => (one.rank ? [[one.id, one.rank]] : [])));
  return { places: saved, saved, last: "" };
}

export function placed(order: Order, id: string, place: number | null): Order {
  const { [id]: _, ...rest } = order.places;
  return place === null ? { ...order, places: rest } : { ...order, places: { ...rest, [id]: place }, last: id };
}

/** The same place as the candidate that was placed last; null when there is none to tie with. */
export function tied(order: Order, id: string): Order | null {
  const place = order.last === id ? undefined : order.places[order.last];
  return place === undefined ? null : placed(order, id, place);
}

/** What is to be saved: the new place of every candidate whose place changed, null where it has none any more. */
export function changes(order: Order): Record<string, number | null> {
  const ids = new Set([...Object.keys(order.places), ...Object.keys(order.saved)]);
  return Object.fromEntries([...ids].flatMap((id) => (order.places[id] === order.saved[id] ? [] : [[id, order.places[id] ?? null]])));
}

/** These places are saved: all there are, or those that were sent. */
export function savedNow(order: Order, sent = order.places): Order {
  return { ...order, saved: sent };
}

/** The place of every candidate, as the decision needs it. */
export function everyPlace(order: Order, candidates: readonly Candidate[]): Record<string, number | null> {
  return Object.fromEntries(candidates.map((one) => [one.id, order.places[one.id] ?? null]));
}

export function isShared(order: Order, id: string): boolean {
  const place = order.places[id];
  return place !== undefined && Object.entries(order.places).some(([other, there]) => other !== id && there === place);
}

export function bestOf(order: Order, candidates: readonly Candidate[]): string[] {
  const places = candidates.flatMap((one) => order.places[one.id] ?? []);
  return candidates.filter((one) => order.places[one.id] === Math.min(...places)).map((one) => one.id);
}

/** Candidates that came or were decided meanwhile: those that are there keep their column, new ones come after them. */
export function joinedBy(now: Compared, found: Compared): Compared {
  const there = new Map(found.candidates.map((one) => [one.id, one]));
  const known = new Set(now.candidates.map((one) => one.id));
  const kept = now.candidates.filter((one) => there.has(one.id)).map((one) => there.get(one.id)!);
  return { ...found, candidates: [...kept, ...found.candidates.filter((one) => !known.has(one.id))] };
}

/** The ids of the requests with several undecided candidates, each as one of them, in the order of the queue. */
export function requests(lines: readonly Line[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    if (!line.group) continue;
    const key = `${line.run}\n${line.group}`;
    groups.set(key, [...(groups.get(key) ?? []), line.id]);
  }
  return [...groups.values()].filter((ids) => ids.length > 1);
}

/** A, B, C ...: what a column is called as long as nobody asked who wrote it. */
export class Letters {
  private readonly given = new Map<string, string>();

  of(id: string): string {
    const known = this.given.get(id);
    if (known) return known;
    const at = this.given.size;
    const letter = String.fromCharCode(65 + (at % 26)) + (at < 26 ? "" : String(Math.floor(at / 26) + 1));
    this.given.set(id, letter);
    return letter;
  }
}

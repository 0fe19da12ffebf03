// Answers as values: whose is whose, and what a decision makes of them before Python has confirmed it.
import { said, t } from "../core/i18n.ts";
import type { Choice, Row, RowTag, Scheme, Tag, TagValue } from "../core/nouns.ts";

/** One intention: set (or with null remove) my answer on some samples, or on one turn of one sample. */
export interface Decision {
  ids: string[];
  scheme: string;
  value: TagValue | null;
  turn: string | null;
  /** Given in a review queue that keeps it in its own way: asked again, or settling a dispute. */
  review?: { queue: string; how: "again" | "settle"; note?: string };
}

/** An answer of its own to any question: looked, and could not decide. */
export const CANNOT_SAY = "cannot say";

export function same(a: TagValue | undefined, b: TagValue | undefined): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.join("\n") === b.join("\n") : String(a) === String(b);
}

export function mine(tags: Tag[], scheme: string, author: string, turn: string | null): Tag | undefined {
  return tags.find(
    (tag) => tag.scheme === scheme && tag.author === author && !tag.machine && (tag.turn ?? null) === turn,
  );
}

export function others(tags: Tag[], scheme: string, author: string, turn: string | null): Tag[] {
  return tags.filter(
    (tag) => tag.scheme === scheme && (tag.author !== author || tag.machine) && (tag.turn ?? null) === turn,
  );
}

/** The newest answer that a machine suggests. */
export function suggested(tags: Tag[], scheme: string, turn: string | null): Tag | undefined {
  return tags
    .filter((tag) => tag.machine && tag.scheme === scheme && (tag.turn ?? null) === turn)
    .sort((a, b) => b.at - a.at)[0];
}

/** The value in the scheme's own type, as the choice's text says it. */
export function typed(scheme: Scheme, value: string): TagValue {
  if (value === CANNOT_SAY) return value;
  if (scheme.kind === "ordinal") return Number(value);
  if (scheme.kind === "boolean") return value === "true";
  return value;
}

/** A sample's tags as they will be. */
export function applied(tags: Tag[], sample: string, decision: Decision, author: string): Tag[] {
  if (!decision.ids.includes(sample)) return tags;
  const old = mine(tags, decision.scheme, author, decision.turn);
  const kept = tags.filter((tag) => tag !== old);
  if (decision.value === null) return kept;
  const tag: Tag = { sample, scheme: decision.scheme, value: decision.value, author, at: Date.now(), machine: false };
  return [...kept, decision.turn ? { ...tag, turn: decision.turn } : tag];
}

/** A row's answers as they will be. */
export function appliedToRow(row: Row, decision: Decision): Row {
  if (!decision.ids.includes(row.id) || decision.turn) return row;
  const place = row.tags.findIndex((tag) => tag.scheme === decision.scheme);
  const tags: RowTag[] = row.tags.filter((tag) => tag.scheme !== decision.scheme);
  if (decision.value !== null)
    tags.splice(place < 0 ? tags.length : place, 0, {
      scheme: decision.scheme,
      value: decision.value,
      mine: true,
      machine: false,
    });
  return { ...row, tags };
}

/** An answer in words: the choice's label, with its parents in a tree. */
export function inWords(scheme: Scheme | undefined, value: TagValue): string {
  if (Array.isArray(value)) return value.map((item) => inWords(scheme, item)).join(", ");
  if (value === CANNOT_SAY) return t("Cannot say");
  if (typeof value === "boolean") return value ? t("Yes") : t("No");
  const choices = scheme?.choices ?? [];
  if (scheme?.kind === "ordinal") return String(value);
  if (scheme?.kind === "hierarchical") return pathWords(choices, String(value));
  return labelOf(choices, String(value));
}

/** An answer in words where there is room: a point of a scale with its label. */
export function inFullWords(scheme: Scheme, value: TagValue): string {
  const label = scheme.kind === "ordinal" && scheme.choices?.find((choice) => same(choice.value, value))?.label;
  return label ? `${String(value)} ${said(label)}` : inWords(scheme, value);
}

/** What a question is called. */
export function titleOf(scheme: Scheme): string {
  return said(scheme.title || scheme.name);
}

export function labelOf(choices: Choice[], value: string): string {
  return said(choices.find((choice) => choice.value === value)?.label || value);
}

export function pathWords(choices: Choice[], value: string): string {
  const parts = value.split("/");
  return parts
    .map((_, at) => labelOf(choices, parts.slice(0, at + 1).join("/")))
    .map((label) => label.split("/").pop()!)
    .join(" › ");
}

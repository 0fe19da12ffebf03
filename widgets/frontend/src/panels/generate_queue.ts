// The queue of undecided drafts as a value: what is there, which one is open. No element is touched here.
import { t } from "../core/i18n.ts";
import type { Line } from "./generate_types.ts";

export interface Queue {
  lines: Line[];
  /** The id of the open draft, or "" when there is none. */
  open: string;
  /** Put off for now: still there, but not opened by themselves. */
  skipped: ReadonlySet<string>;
}

export const EMPTY: Queue = { lines: [], open: "", skipped: new Set() };

export function openIndex(queue: Queue): number {
  return queue.lines.findIndex((line) => line.id === queue.open);
}

/** New lines from the workspace: the open draft stays open while it is there, else the one at its place opens. */
export function merged(queue: Queue, lines: Line[]): Queue {
  const at = openIndex(queue);
  const there = new Set(lines.map((line) => line.id));
  const skipped = new Set([...queue.skipped].filter((id) => there.has(id)));
  if (there.has(queue.open)) return { lines, open: queue.open, skipped };
  return { lines, skipped, open: nextOpen(lines, Math.max(0, at), skipped) };
}

/** The same lines, though perhaps new objects: nothing to draw. */
export function sameLines(a: Line[], b: Line[]): boolean {
  return a.length === b.length && a.every((line, at) => line.id === b[at]!.id && line.rank === b[at]!.rank && line.changed === b[at]!.changed && line.opinion === b[at]!.opinion);
}

/** Ids of the lines that say something else than before. */
export function saidOtherwise(before: Line[], after: Line[]): string[] {
  const says = (line: Line): string => `${line.changed} ${line.opinion ?? ""} ${line.weighed ?? 0}`;
  const known = new Map(before.map((line) => [line.id, says(line)]));
  return after.filter((line) => known.has(line.id) && known.get(line.id) !== says(line)).map((line) => line.id);
}

export function opened(queue: Queue, id: string): Queue {
  return queue.lines.some((line) => line.id === id) ? { ...queue, open: id } : queue;
}

/** Down (1) or up (-1) the list, stopping at its ends. */
export function moved(queue: Queue, by: number): Queue {
  if (queue.lines.length === 0) return queue;
  const at = openIndex(queue);
  const next = Math.min(Math.max(at < 0 ? 0 : at + by, 0), queue.lines.length - 1);
  return { ...queue, open: queue.lines[next]!.id };
}

/** Decided drafts leave; the next one that was not put off opens. */
export function decided(queue: Queue, ids: readonly string[]): Queue {
  const gone = new Set(ids);
  const at = Math.max(0, openIndex(queue));
  const before = queue.lines.slice(0, at).filter((line) => !gone.has(line.id)).length;
  const lines = queue.lines.filter((line) => !gone.has(line.id));
  const skipped = new Set([...queue.skipped].filter((id) => !gone.has(id)));
  if (!gone.has(queue.open) && lines.some((line) => line.id === queue.open)) return { lines, skipped, open: queue.open };
  return { lines, skipped, open: nextOpen(lines, before, skipped) };
}

/** Put the open draft off and open the next one that was not. */
export function skipped(queue: Queue): Queue {
  const at = openIndex(queue);
  if (at < 0) return queue;
  const all = new Set(queue.skipped).add(queue.open);
  return { ...queue, skipped: all, open: nextOpen(queue.lines, at + 1, all) };
}

function nextOpen(lines: Line[], from: number, skip: ReadonlySet<string>): string {
  const order = [...lines.slice(from), ...lines.slice(0, from)];
  return (order.find((line) => !skip.has(line.id)) ?? order[0])?.id ?? "";
}

/** The candidates that answer the same request as a draft, itself included; alone when it has no group. */
export function groupOf(queue: Queue, id: string): Line[] {
  const line = queue.lines.find((item) => item.id === id);
  if (!line) return [];
  if (!line.group) return [line];
  return queue.lines.filter((item) => item.run === line.run && item.group === line.group);
}

/** Ranks to save when a person gives `id` the rank `rank`: those the group has already, and this one. */
export function ranksWith(queue: Queue, id: string, rank: number): Record<string, number> | null {
  const group = groupOf(queue, id);
  if (group.length < 2 || rank > group.length) return null;
  const ranks: Record<string, number> = {};
  for (const line of group) if (line.rank) ranks[line.id] = line.rank;
  return { ...ranks, [id]: rank };
}

export function whyNoRank(queue: Queue, id: string): string {
  const many = groupOf(queue, id).length;
  return many < 2 ? t("Ranks are for several candidates of one request.") : t("There are only {n} candidates.", { n: many });
}

export function ranked(queue: Queue, ranks: Record<string, number | null>): Queue {
  return { ...queue, lines: queue.lines.map((line) => (line.id in ranks ? { ...line, rank: ranks[line.id] ?? null } : line)) };
}

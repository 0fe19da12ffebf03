// What Python answers about questions that change (widgets/_schemes.py).
import type { Choice, Scheme, TagValue } from "../core/nouns.ts";

/** A question as it shall be, what each old answer becomes, and which old answers need another look. */
export interface Change {
  scheme: Scheme;
  moved: Record<string, string>;
  review: string[];
  known: string[];
}

export interface ValueImpact {
  value: TagValue;
  becomes: TagValue;
  review: boolean;
  answers: number;
  people?: string[];
  mine: number;
}

export interface SliceImpact {
  name: string;
  query: string;
  becomes: string;
}

/** Empty lists and texts are absent. */
export interface Impact {
  values?: ValueImpact[];
  carried: number;
  waiting: number;
  mine: number;
  people?: string[];
  samples: number;
  slices?: SliceImpact[];
  builds?: string[];
  problem?: string;
}

export interface Saved {
  scheme: Scheme;
  carried: number;
  waiting: number;
  mine: number;
}

export interface Version {
  version: number;
  author: string;
  at: number;
  moved: Record<string, string>;
  review: string[];
  choices: number;
  current: boolean;
}

export const NO_IMPACT: Impact = { carried: 0, waiting: 0, mine: 0, samples: 0 };

export function choicesOf(scheme: Scheme): Choice[] {
  return scheme.choices ?? [];
}

export function isTree(scheme: Scheme): boolean {
  return scheme.kind === "hierarchical";
}

/** How deep a choice stands in its tree. */
export function depthOf(scheme: Scheme, value: string): number {
  return isTree(scheme) ? value.split("/").length - 1 : 0;
}

/** What stands above a choice in its tree; "" at the top. */
export function parentOf(scheme: Scheme, value: string): string {
  return isTree(scheme) ? value.split("/").slice(0, -1).join("/") : "";
}

/** A choice itself, or one that stands below it. */
export function within(scheme: Scheme, value: string, above: string): boolean {
  return value === above || (isTree(scheme) && value.startsWith(`${above}/`));
}

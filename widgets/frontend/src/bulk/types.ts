// What Python answers about bulk answers (widgets/_bulk.py), and what is asked for.
import type { Row, Scheme, TagValue } from "../core/nouns.ts";
import type { Estimate } from "./check.ts";

/** A query, or the ids of marked samples. */
export type Which = string | string[];

export interface BulkPlan {
  total: number;
  changes: number;
  same: number;
  differ: number;
  kept: number;
  others: number;
}

export interface PlanAnswer {
  plan: BulkPlan;
  rows: Row[];
}

export interface BulkTag {
  id: string;
  author: string;
  at: number;
  /** null for samples that were marked one by one. */
  query: string | null;
  scheme: string;
  value: TagValue;
  replace: boolean;
  total: number;
  changed: number;
  left_out: number;
  check: Estimate | null;
  undone: boolean;
}

export interface BulkOptions {
  which: Which;
  total: number;
  /** The query as a person wrote it, to be shown; null for marked samples. */
  query: string | null;
  schemes: Scheme[];
  /** Something was changed. */
  onDone: () => void;
}

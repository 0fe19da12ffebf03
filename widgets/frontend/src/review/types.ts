// What Python says about reviews (widgets/_review_views.py).
import type { Opened, Scheme, TagValue } from "../core/nouns.ts";

export type Order = "query" | "random" | "uncertain" | "disputed" | "again" | "settle";

export interface QueueLine {
  id: string;
  name: string;
  order: Order;
  author: string;
  at: number;
  query: string;
  schemes: string[];
  total: number;
  done: number;
}

export interface Start {
  schemes: Scheme[];
  queues: QueueLine[];
  samples: number;
}

export interface Report {
  scheme: string;
  author: string;
  examples: number;
  suggested: number;
  left_out: number;
  measured: number;
  percent?: number | null;
  branch?: number | null;
  always?: number | null;
  bands?: { least: number; measured: number; right: number }[];
  at: number;
}

export interface FlipNumbers {
  answers: number;
  revealed: number;
  differed: number;
  pulled: number;
  suggested: number;
  as_suggested: number;
  rate: number | null;
  pull: number | null;
  policy: string;
  flips: number;
}

export interface About {
  agreement: { percent: number | null; alpha: number | null; units: number };
  disputed: number;
  again: { pairs: number; percent: number | null; kappa: number | null };
  flips: FlipNumbers;
  suggestions: Report | null;
  answered: number;
  fewest: number;
}

export interface Item {
  sample: string;
  scheme?: string;
}

export interface Asked {
  scheme: string;
  turn?: string;
}

export interface Example {
  scheme: string;
  value: TagValue;
  sample: string;
  turn?: string;
  note?: string;
  author: string;
  text: string;
}

export interface OpenQueue {
  queue: {
    id: string;
    name: string;
    order: Order;
    query: string;
    together: boolean;
    each_turn: boolean;
    found: number;
    ranked: number;
    author: string;
    schemes: string[];
  };
  schemes: Scheme[];
  items: Item[];
  done: number[];
  skipped: number[];
  next: number | null;
  pace: { decisions: number; seconds: number; per_minute: number | null };
  quick: Record<string, string[]>;
  examples: Example[];
  reports: Record<string, Report>;
}

/** A sample with the questions about it. `hidden` counts answers that are shown only after mine: "scheme turn" -> n. */
export interface Reviewed extends Opened {
  asked: Asked[];
  answered: Asked[];
  hidden: Record<string, number>;
}

export interface AgainResult {
  scheme: string;
  pairs: number;
  left_out: number;
  percent: number | null;
  kappa: number | null;
  differing: { sample: string; title: string; before: TagValue; again: TagValue }[];
}

export interface Results {
  done: number;
  total: number;
  pace: { decisions: number; seconds: number; per_minute?: number | null; middle?: number | null };
  answers: { scheme: string; values: { value: TagValue; count: number }[] }[];
  again: AgainResult[];
  agreement: {
    scheme: string;
    units: number;
    percent: number | null;
    alpha: number | null;
    authors: string[];
    disputed: number;
  }[];
  flips: (FlipNumbers & { scheme: string })[];
}

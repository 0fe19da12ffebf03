// What Python answers to approve.* commands (widgets/_approve.py). Empty fields are absent in what comes from records.
import type { Turn } from "../core/nouns.ts";
import type { Finding, FormField } from "./generate_types.ts";

export type Shelf = "waiting" | "ready" | "used" | "rejected";

/** A part of an item: a field of a role card, the facts, a question. `made` is what it was before it was rewritten. */
export interface Part {
  id: string;
  title: string;
  text: string;
  made: string;
}

export interface Item {
  id: string;
  row: number;
  state: string;
  /** How often it was changed since it was made. */
  changed: number;
  turns: Turn[];
  parts: Part[];
  findings: Finding[];
  source: { kind?: "passage" | "sample" | "topic"; text?: string; id?: string };
  decided_by: string;
  reason: string;
}

/** The step that goes on from what was approved. */
export interface NextStep {
  recipe: string;
  title: string;
  needs_model: boolean;
  form: FormField[];
}

export interface Proposed {
  run: string;
  what: string;
  counts: Record<Shelf, number>;
  items: Item[];
  more: boolean;
  next: NextStep;
  runs: string[];
}

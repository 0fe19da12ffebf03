// What Python answers to repeat.* commands (widgets/_repeat.py).
import type { Finding } from "../panels/generate_types.ts";
import type { Rule } from "../replace/types.ts";
import type { DiffPart } from "../text/diff.ts";

/** One corrected place of an edit: its rules from narrow to wide, and how many drafts (and samples) the best of them fits. */
export interface Correction {
  removed: string;
  added: string;
  rules: Rule[];
  best: number;
  fits: number;
}

export interface Offered {
  run: string;
  corrections: Correction[];
}

/** A draft or a sample that the rule changes. */
export interface Fit {
  id: string;
  kind: "draft" | "sample";
  title: string;
  recipe: string;
  row: number;
  run: string;
  stale: boolean;
  hits: number;
  emptied: number;
  checked: boolean;
  worse: Finding[];
  better: Finding[];
  turns: { turn: number; role: string; parts: DiffPart[] }[];
}

export interface Report {
  read: number;
  found: number;
  hits: number;
  beyond: number;
  emptied: number;
  live: number;
  /** Ids of those that a gate speaks against afterwards. */
  broken: string[];
  unsure: number;
  rows: Fit[];
}

export interface Done {
  drafts: number;
  samples: number;
  hits: number;
  conflicts: number;
}

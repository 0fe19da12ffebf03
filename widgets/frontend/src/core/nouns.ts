// The nouns as Python writes them (workbench/records.py): empty optional fields are absent.

export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

export interface Turn {
  id: string;
  role: string;
  content: string;
  name?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
  extra?: Record<string, unknown>;
}

export interface Origin {
  kind: "imported" | "generated" | "written";
  [field: string]: unknown;
}

export interface Sample {
  id: string;
  turns: Turn[];
  origin: Origin;
  source: string;
  language?: string;
  title?: string;
  extra?: Record<string, unknown>;
  revision: number;
  state: "active" | "archived";
  created_at: number;
  updated_at: number;
}

export type TagValue = string | number | boolean | string[];

export interface Tag {
  sample: string;
  scheme: string;
  value: TagValue;
  author: string;
  at: number;
  turn?: string;
  note?: string;
  confidence?: number;
  machine: boolean;
}

export interface Choice {
  value: string;
  label?: string;
  guideline?: string;
  key?: string;
  retired?: boolean;
}

export interface Scheme {
  name: string;
  kind: "nominal" | "hierarchical" | "ordinal" | "boolean" | "multi" | "text";
  title?: string;
  guideline?: string;
  choices?: Choice[];
  on: "sample" | "turn" | "both";
  /** When other people's and machines' answers are shown: before mine, only after it, or never. */
  suggestion?: "prefill" | "after_answer" | "never";
  open: boolean;
  version?: number;
}

export interface Note {
  id: string;
  author: string;
  at: number;
  text: string;
  turn?: string;
}

export interface Source {
  id?: string;
  name: string;
  license?: string;
  policy?: string;
  locator?: string;
  [field: string]: unknown;
}

/** Why a sample was found; `start` and `end` are characters of that turn's content. */
export interface Why {
  kind: "field" | "words" | "meaning";
  label: string;
  turn?: string;
  start?: number;
  end?: number;
  score?: number;
}

export interface RowTag {
  scheme: string;
  value: TagValue;
  mine: boolean;
  machine: boolean;
}

/** A line of the list. */
export interface Row {
  id: string;
  title: string;
  preview: string;
  language: string;
  turns: number;
  origin: "imported" | "generated" | "written";
  from: string;
  depth: number;
  synthetic: boolean;
  revision: number;
  state: string;
  tags: RowTag[];
  why: Why[];
  /** What to mark in `preview`, as [start, end] in code points. */
  marks?: [number, number][];
}

/** A person's word on a rewritten answer: kept as a preference pair, or not. */
export interface PreferencePair {
  id: string;
  turn: string;
  base: number;
  revision: number;
  author: string;
  at: number;
  kept: boolean;
}

/** One sample with everything the conversation pane shows. */
export interface Opened {
  sample: Sample;
  synthetic: boolean;
  depth: number;
  source: Source | null;
  tags: Tag[];
  notes: Note[];
  pairs?: PreferencePair[];
  parents: string[];
  children: string[];
  branch_of: string | null;
  /** What the checks found in the draft it was accepted from, as it was accepted. */
  found?: Finding[];
  /** In the data pyramid: how high, and which gates to the top are missing. */
  place?: { tier: string; missing: string[] };
  titles: Record<string, string>;
}

/** What a check found; a gate is one that a draft goes through. */
export interface Finding {
  check: string;
  /** What the gate is called on the screen. */
  title?: string;
  score: number;
  severity: "info" | "warning" | "problem";
  message: string;
  turn?: string;
}

export interface Field {
  name: string;
  kind: string;
  description: string;
  examples?: string[];
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  /** What to put into a query. */
  term: string;
}

export interface Facet {
  field: string;
  label: string;
  values?: FacetValue[];
  /** How many have no answer. */
  missing?: number;
}

// What Python answers to generate.*, run.* and draft.* commands (widgets/_generate.py, _drafts.py). Empty fields are absent.
import type { Finding, Sample, Turn } from "../core/nouns.ts";
import type { Opinion } from "./generate_opinion.ts";
import type { Rule } from "../replace/types.ts";

export interface FormField {
  name: string;
  kind?: string;
  title?: string;
  help?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  choices?: (string | number | { value: string | number; label?: string })[];
}

/** Who says it (or what it is), and the text: what goes in and what comes out. */
export interface Shown {
  before: [string, string][];
  after: [string, string][];
  /** By the recipe itself; else it is an illustration. */
  made: boolean;
}

export interface Recipe {
  name: string;
  version: string;
  title: string;
  explanation: string;
  needs_model: boolean;
  starts_from?: string;
  purpose?: string;
  /** What it makes of what, by language. */
  shown?: Record<string, Shown>;
  keeps?: string | string[];
  varies?: string | string[];
  form?: FormField[];
  /** What it makes are items to approve (always, or with some settings); this recipe goes on from them. */
  then?: { recipe: string; what: string } | null;
}

export interface Preset {
  name: string;
  title: string;
  base_url: string;
  local: boolean;
  key_variable: string;
  needs_key: boolean;
  example: string;
  help: string;
}

export interface ModelSettings {
  base_url: string;
  model: string;
  key_variable: string;
  key_service: string;
  key_user: string;
  local?: boolean;
  usd_per_million_in?: number | string;
  usd_per_million_out?: number | string;
}

export interface ModelView {
  /** After a removal: settings of the removed model that the drawer has no fields for. */
  removed?: Record<string, string | number>;
  presets: Preset[];
  settings: ModelSettings;
  local: boolean;
  label: string;
  /** Every connected model by its short name, the workspace's own first. */
  models: { name: string; label: string; settings: ModelSettings }[];
}

export interface Start {
  recipes: Recipe[];
  model: ModelView;
}

export interface Cost {
  calls: number;
  tokens: number;
  usd: number | null;
  states?: Record<string, number>;
  /** Answered calls whose tokens the endpoint did not report: they are our estimate. */
  estimated?: number;
  /** What the calls that were maybe charged took at most, beside `tokens`. */
  tokens_in_doubt?: number;
}

/** A row that came to nothing: "failed", or "in_doubt" when its call was maybe charged. */
export interface LostRow {
  id: string;
  row: number;
  state: string;
  reason: string;
  raw: string;
  repairable: boolean;
}

export interface Run {
  id: string;
  recipe: string;
  version: string;
  author: string;
  state: string;
  here: boolean;
  requested: number;
  counts: Record<string, number>;
  waiting: number;
  reasons: Record<string, number>;
  reused?: number;
  message: string;
  model: string;
  query: string;
  started_at: number;
  ended_at: number | null;
  cost: Cost;
  forecast?: Forecast | null;
  limit?: Limit | null;
  /** What its drafts are called where they are items to approve; "" for any other run. */
  proposes?: string;
  /** The run whose approved items it goes on from. */
  follows?: string;
}

/** What a run may spend (a kind that is absent has no limit), and what it has spent (widgets/_limits.py). */
export interface Limit {
  budget: Budget;
  calls: number;
  tokens: number;
  usd: number;
}

export interface Budget {
  usd?: number | null;
  tokens?: number | null;
  calls?: number | null;
}

/** What the whole run will take with 90 % certainty, each from and to (flows.forecast.Forecast). */
export interface Forecast {
  tokens: [number, number];
  usd?: [number, number] | null;
  minutes: [number, number];
  passed: [number, number];
  /** Calls whose tokens are our estimate. */
  estimated?: number;
  /** What the first rows cannot say about the others. */
  unknown?: string[];
}

/** A draft as a line of the queue. */
export interface Line {
  id: string;
  run: string;
  row: number;
  recipe: string;
  group: string;
  rank: number | null;
  turns: number;
  start: string;
  worst: "" | "info" | "warning" | "problem";
  findings: number;
  /** What a model thinks of it; "doubt" when it is not to be relied on, "off" when it seems only not to be as promised. */
  opinion?: "" | "fine" | "off" | "flagged" | "doubt";
  /** How many test conversations say what that is worth: while a model is being asked, they become more. */
  weighed?: number;
  /** How often it was changed since it was made. */
  changed?: number;
}

export type { Finding };

export interface Draft {
  id: string;
  run: string;
  row: number;
  turns: Turn[];
  parents?: string[];
  recipe: string;
  version: string;
  state: string;
  model?: string;
  params?: Record<string, unknown>;
  seed: number;
  depth: number;
  group?: string;
  rank?: number;
  gates?: Finding[];
  meta?: Record<string, unknown>;
  /** What people changed in it before it was decided on, and what it said at first. */
  changes?: { author: string; at: number; rule: Partial<Rule> }[];
  made?: Turn[];
}

export interface OpenedDraft {
  draft: Draft;
  parent: Sample | null;
  parent_title: string;
  parents: number;
  decided: boolean;
  /** Whether it can be run turn by turn, or is being run so. */
  live?: "" | "offered" | "begun";
  /** What a model thinks of it, where one was asked. */
  opinion?: Opinion | null;
}

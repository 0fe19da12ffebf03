// What Python answers to run.yield and run.gated (widgets/_yield.py, widgets/_gaps.py). Python's empty fields are absent.
import type { Line } from "./generate_types.ts";

export type Verdict = "passed" | "unsure" | "failed";
export type Fate = "accepted" | "rejected" | "undecided";

export interface Became extends Record<Fate, number> {
  drafts: number;
}

/** One gate; "" stands for all of them together. */
export interface GateYield extends Record<Verdict, Became> {
  gate: string;
  title: string;
  explanation: string;
}

export interface RunYield {
  run: string;
  requested: number;
  made: number;
  lost: { reason: string; rows: number }[];
  everything: GateYield;
  gates: GateYield[];
  usd: number | null;
  /** What the calls that were maybe charged cost at most, beside `usd`. */
  usd_in_doubt: number | null;
  /** Answered calls whose tokens, and with them `usd`, are our estimate. */
  estimated?: number;
  minutes: number;
  accepted: number;
  /** Rows with a model's opinion; null for a run that makes drafts. */
  judged: number | null;
  /** What one accepted draft took; null where it is not known. */
  each: { usd: number | null; minutes: number | null };
  /** Whether its recipe declares figures (run.figures). */
  figures?: boolean;
  /** What each model gave and cost, where the run asked several. */
  models?: ModelYield[];
}

/** One model of a run that asks several. */
export interface ModelYield extends Record<"made" | "accepted" | "rejected" | "calls" | "tokens", number> {
  model: string;
  /** What a person connected it as; "" for what was asked at an address where none of the run's models is any more. */
  asked_as: string;
  usd: number | null;
  usd_in_doubt: number | null;
}

/** One number about all drafts of a run; `unit` "share" means 0 to 1, any other names what is counted. */
export interface Figure {
  title: string;
  value?: number | null;
  unit: string;
  meaning: string;
  to?: number | null;
  of?: number | null;
  limit?: number | null;
  interval?: [number, number] | null;
  /** How many were looked at, of all, where not all were. */
  measured?: [number, number] | null;
  /** What it consists of, or who is meant: names without a number. */
  parts?: [string, number | null][];
  note?: string;
  wrong?: boolean;
}

/** What Python answers to run.figures, at once or as the result of a job (run.figured). */
export interface Figures {
  drafts: number;
  figures: Figure[];
}

export interface Said {
  gate: string;
  title: string;
  severity: "info" | "warning" | "problem";
  message: string;
}

/** A draft behind a count. */
export interface Gated extends Line {
  state: string;
  said: Said[];
  by: string;
  reason: string;
  sample: string;
}

/** Which drafts a count stands for. */
export interface Cell {
  gate: string;
  title: string;
  verdict: Verdict;
  fate: Fate | "";
  drafts: number;
}

/** A cell of a grid; `query` finds in Browse what it has, "" where no query can ask for it. */
export interface GridCell extends Record<"before" | "target" | "short", number> {
  cell: Record<string, string>;
  query: string;
}

/** A grid, cell by cell; `questions` are the axes about which people answer. */
export interface Grid<C extends GridCell> {
  axes: { name: string; values: string[] }[];
  questions: string[];
  cells: C[];
}

/** A cell after a run: `coming` is what it has still to write, `lost` what came to nothing, `waiting` what was accepted and nobody has answered about. */
export interface GapCell extends GridCell, Record<"written" | "inside" | "accepted" | "rejected" | "after" | "undecided" | "coming" | "lost" | "waiting" | "elsewhere", number> {}

/** A cell before a run, with what that would write for it. */
export interface PlannedCell extends GridCell {
  planned: number;
}

/** What Python answers to generate.gaps. */
export interface PlannedGaps extends Grid<PlannedCell>, Record<"selected" | "wanting" | "lacking" | "planned", number> {
  /** What of the grid nobody can answer. */
  notes: string[];
}

/** What Python answers to run.gaps. */
export interface Gaps extends Grid<GapCell> {
  /** Cells that were short before the run, and those of them that are full by now. */
  wanting: number;
  filled: number;
  usd: number | null;
  /** What one filled cell cost; null where it is not known, or where no cell is full yet. */
  each: number | null;
  /** Why the run stopped early. */
  ended: string;
}

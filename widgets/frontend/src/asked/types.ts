// What Python answers to prompt.* commands (widgets/_prompts.py).
import type { DiffPart } from "../text/diff.ts";

/** Words of a template, or what was put in its place. */
export interface Part {
  text: string;
  place?: string;
}

export interface Block {
  role: string;
  name: string;
  parts: Part[];
}

export type Missing = "" | "older" | "damaged";

export interface AskedCall {
  call: number;
  model: string;
  state: string;
  sent_at: number;
  turns: string[];
  missing: Missing;
  settings: { temperature?: number; max_tokens?: number; seed?: number };
  blocks: Block[];
}

export interface Asked {
  calls: AskedCall[];
  more: number;
}

/** A draft to compare with. */
export interface Alike {
  id: string;
  recipe: string;
  row: number;
  start: string;
}

export interface BlockDiff {
  role: string;
  name: string;
  how: "same" | "changed" | "added" | "removed";
  parts: DiffPart[];
}

/** The questions of two drafts in pairs; `more` counts those that were not sent. */
export interface AskedPairs {
  pairs: AskedPair[];
  more: number;
}

export interface AskedPair {
  old: number | null;
  new: number | null;
  missing: Missing;
  blocks: BlockDiff[];
}

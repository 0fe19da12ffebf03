// What Python answers to live.* commands (widgets/_live.py): a conversation that is run turn by turn.
import type { JobState } from "../core/ctx.ts";
import type { Turn } from "../core/nouns.ts";
import type { Finding, Limit } from "./generate_types.ts";

/** A turn of a conversation that is run turn by turn : whose words, and what the checks found. */
export interface LiveTurn {
  turn: Turn;
  by: "opening" | "model" | "person";
  findings: Finding[];
  pauses: boolean;
}

export interface LiveBranch {
  /** How many turns it shares with the branch before it. */
  kept: number;
  how: "made" | "fixed" | "again" | "returned";
  /** The branch that one which was "returned" to goes on from. */
  of?: number | null;
  author: string;
  at: number;
  turns: LiveTurn[];
}

export interface Live {
  id: string;
  run: string;
  wanted: number;
  finished: boolean;
  branches: LiveBranch[];
  stale: LiveTurn[];
  job: Pick<JobState, "state" | "message" | "error"> | null;
  /** The limit of its run, when that is what stopped it. */
  limit?: Limit | null;
}

export interface Measures {
  conversations: number;
  per_100_turns: number | null;
  seconds: number | null;
  untouched: number | null;
}

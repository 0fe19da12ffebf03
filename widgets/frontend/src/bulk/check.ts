// What a person said of a random sample, as a value: which conversations were judged how, and what that tells.

export type Verdict = "fits" | "misses" | "unsure";

export interface Judged {
  /** Sample id -> verdict, in the order in which they were shown. */
  verdicts: Map<string, Verdict>;
  /** Which one is looked at now. */
  at: number;
}

export interface Counts {
  fits: number;
  misses: number;
  unsure: number;
}

export function nothingJudged(): Judged {
  return { verdicts: new Map(), at: 0 };
}

export function judge(state: Judged, id: string, verdict: Verdict): Judged {
  return { verdicts: new Map(state.verdicts).set(id, verdict), at: state.at + 1 };
}

/** Back to the one before, whose verdict can be given again. */
export function back(state: Judged): Judged {
  return { ...state, at: Math.max(0, state.at - 1) };
}

export function countsOf(state: Judged): Counts {
  const counts: Counts = { fits: 0, misses: 0, unsure: 0 };
  for (const verdict of state.verdicts.values()) counts[verdict] += 1;
  return counts;
}

/** Those found not to fit: they do not get the answer. */
export function misfits(state: Judged): string[] {
  return [...state.verdicts].filter(([, verdict]) => verdict === "misses").map(([id]) => id);
}

export interface Estimate extends Counts {
  precision: number | null;
  interval: [number, number] | null;
  confidence: number;
}

/** How sure the estimate lets one be: the lower end of the interval decides. */
export function sureness(estimate: Estimate): "good" | "fair" | "poor" | "unknown" {
  if (!estimate.interval) return "unknown";
  const [low] = estimate.interval;
  return low >= 0.8 ? "good" : low >= 0.6 ? "fair" : "poor";
}

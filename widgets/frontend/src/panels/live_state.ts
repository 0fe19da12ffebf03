// A conversation that is run turn by turn, as values: what is shown of it and what it says of itself. No element here.
import { inDigits, percent, said, t, tn } from "../core/i18n.ts";
import { ago } from "../text/when.ts";
import type { Live, LiveBranch, LiveTurn, Measures } from "./live_types.ts";

export interface Shown extends LiveTurn {
  stale: boolean;
}

/** The turns of a branch; `null` is what holds now, with the stale turns after it. */
export function shownOf(live: Live, branch: number | null): Shown[] {
  const turns = (live.branches[branch ?? live.branches.length - 1] ?? now(live)).turns;
  const stale = branch === null ? live.stale : [];
  return [...turns.map((item) => ({ ...item, stale: false })), ...stale.map((item) => ({ ...item, stale: true }))];
}

export function now(live: Live): LiveBranch {
  return live.branches.at(-1)!;
}

export function running(live: Live): boolean {
  return live.job?.state === "running";
}

/** What the line above the turns says: what it is doing, or why it waits. */
export function statusOf(live: Live): string {
  const turns = now(live).turns;
  const last = turns.at(-1);
  const stale = live.stale.length > 0 ? tn("{n} stale turn after it: run to make it anew, or accept without it", "{n} stale turns after it: run to make them anew, or accept without them", live.stale.length) : "";
  const where = tn("{n} of {all} turns", "{n} of {all} turns", turns.length, { all: live.wanted });
  const what = running(live) ? t("turn {n} is being written", { n: turns.length + 1 }) : live.job?.state === "failed" ? failure(live) : last?.pauses ? t("paused: look at turn {n}", { n: turns.length }) : live.finished ? t("complete") : "";
  return [where, what, running(live) ? "" : stale].filter(Boolean).join(" · ");
}

/** Whether the next turn was sent, and nobody knows what became of it. */
export function inDoubt(live: Live): boolean {
  const error = live.job?.state === "failed" ? live.job.error : null;
  return error?.code === "call_in_doubt" || error?.maybe_charged === true;
}

function failure(live: Live): string {
  if (inDoubt(live)) return t("turn {n} was maybe charged: it was sent, and nobody knows what became of it", { n: now(live).turns.length + 1 });
  const error = live.job?.error;
  return [error?.message ?? "", error?.hint ?? ""].filter(Boolean).map(said).join(" – ");
}

/** A branch in the list of versions. */
export function branchName(live: Live, at: number): string {
  if (at === live.branches.length - 1) return t("Now");
  const branch = live.branches[at]!;
  if (branch.how === "made") return t("{n}: as it was made", { n: at + 1 });
  const values = { n: at + 1, turn: branch.kept + 1, who: branch.author, when: ago(branch.at) };
  if (branch.how === "returned") return t("{n}: version {of} again, for {who}, {when}", { n: at + 1, of: (branch.of ?? 0) + 1, who: branch.author, when: ago(branch.at) });
  return branch.how === "fixed" ? t("{n}: turn {turn} rewritten by {who}, {when}", values) : t("{n}: from turn {turn} made anew for {who}, {when}", values);
}

/** How often people stepped in, in one line; "" before there is anything to count. */
export function measuresInWords(found: Measures): string {
  if (found.conversations === 0 || found.per_100_turns === null) return "";
  const told = [tn("{n} intervention per 100 turns", "{n} interventions per 100 turns", Math.round(found.per_100_turns * 10) / 10)];
  if (found.seconds !== null) told.push(t("{n} s per fix", { n: inDigits(Math.round(found.seconds)) }));
  if (found.untouched !== null) told.push(tn("{share} of {n} conversation untouched", "{share} of {n} conversations untouched", found.conversations, { share: percent(found.untouched) }));
  return told.join(" · ");
}

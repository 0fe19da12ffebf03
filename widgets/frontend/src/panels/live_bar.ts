// The buttons above a conversation that is run turn by turn, and the list of its versions.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { button, keyed, select } from "../work/parts.ts";
import * as s from "./live_state.ts";
import type { Live } from "./live_types.ts";

export interface BarActions {
  runOrPause: () => void;
  step: () => void;
  edit: () => void;
  again: () => void;
  read: (branch: number) => void;
  goBack: () => void;
}

export interface Shown {
  live: Live;
  /** An earlier version is read; null: what holds now. */
  version: number | null;
  /** The turn that is chosen. */
  current: string;
  /** A pause was asked for; the turn that is being written is waited for. */
  pausing: boolean;
}

/** What each bar was drawn from: asked for often, it is drawn only when it says something else, and its list stays open. */
const drawn = new WeakMap<HTMLElement, string>();

/** Draw the buttons for what is shown. The focus stays where it was. */
export function drawBar(bar: HTMLElement, { live, version, current, pausing }: Shown, act: BarActions): void {
  const going = s.running(live);
  const old = version !== null;
  const here = s.now(live).turns.find((item) => item.turn.id === current);
  const from = JSON.stringify([going, live.finished, version, pausing, here?.by, branchNames(live), old && live.branches[version]?.turns.length]);
  if (drawn.get(bar) === from) return;
  drawn.set(bar, from);
  const had = bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["action"] : undefined;
  fill(
    bar,
    ...(old ? [goBack(live, version, act)] : [runs(live, pausing, act), button(keyed(t("Step"), "s"), act.step, { name: "live-step", title: t("Make one turn"), disabled: going || live.finished })]),
    button(keyed(t("Edit turn"), "e"), act.edit, { name: "live-edit", title: t("Your words become the history; the turns after them go stale"), disabled: old || !here }),
    button(keyed(t("Regenerate from here"), "g"), act.again, { name: "live-again", disabled: old || going || !here || here.by === "opening" }),
    live.branches.length > 1 ? versions(live, version, act) : null,
  );
  if (had) (bar.querySelector<HTMLElement>(`[data-action="${had}"]:not(:disabled)`) ?? bar.querySelector<HTMLElement>("button:not(:disabled)"))?.focus();
}

function runs(live: Live, pausing: boolean, act: BarActions): HTMLElement {
  if (s.running(live) && pausing) return button(t("Pausing after this turn"), act.runOrPause, { name: "live-pausing", disabled: true });
  if (s.running(live)) return button(keyed(t("Pause"), "r"), act.runOrPause, { name: "live-pause", title: t("Stop after the turn that is being written") });
  return button(keyed(t("Run on"), "r"), act.runOrPause, { name: "live-run", tone: "primary", disabled: live.finished });
}

function goBack(live: Live, version: number, act: BarActions): HTMLElement {
  const empty = live.branches[version]!.turns.length === 0;
  return button(keyed(t("Go on from this version"), "b"), act.goBack, { name: "live-return", tone: "primary", title: t("It holds from then on; the others stay to be read"), disabled: empty || s.running(live) });
}

function branchNames(live: Live): string[] {
  return live.branches.map((_, at) => s.branchName(live, at));
}

function versions(live: Live, version: number | null, act: BarActions): HTMLElement {
  const options = branchNames(live).map((label, at) => ({ value: String(at), label })).reverse();
  const chosen = select(options, String(version ?? live.branches.length - 1), { "aria-label": t("Version"), data: { action: "live-version" } });
  chosen.addEventListener("change", () => act.read(Number(chosen.value)));
  return h("span", { class: "wb-live-versions" }, h("kbd", {}, "v"), chosen);
}

// A draft that is run turn by turn: what is shown of it, and what its buttons and keys ask for.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { page, press } from "./dom.ts";
import { bindKeys } from "../src/core/keys.ts";
import type { Ctx } from "../src/core/ctx.ts";
import { LivePane } from "../src/panels/generate_live.ts";
import type { Live, LiveTurn, Measures } from "../src/panels/live_types.ts";
import { liveEditor } from "../src/panels/live_editor.ts";
import * as s from "../src/panels/live_state.ts";

const made = (id: string, content: string, more: Partial<LiveTurn> = {}): LiveTurn => ({
  turn: { id, role: Number(id.slice(1)) % 2 ? "user" : "assistant", content }, by: "model", findings: [], pauses: false, ...more,
});
const OPENING = made("t1", "Can you help?", { by: "opening" });
const found = { check: "repeats", score: 0, severity: "problem" as const, message: "repeats turn d2 word for word", turn: "d3" };

function live(more: Partial<Live> = {}, ...turns: LiveTurn[]): Live {
  const said = turns.length > 0 ? turns : [OPENING, made("d2", "Yes."), made("d3", "Good.")];
  return { id: "d", run: "r", wanted: 6, finished: said.length >= 6, branches: [{ kept: 0, how: "made", author: "", at: 1, turns: said }], stale: [], job: null, ...more };
}

function edited(): Live {
  const before = live().branches[0]!;
  const after = { kept: 1, how: "fixed" as const, author: "ana", at: Date.now(), turns: [OPENING, made("d2", "Yes, gladly.", { by: "person" })] };
  return live({ branches: [before, after], stale: [made("d3", "Good.")] });
}

const running = { state: "running", message: "It is", error: null };
const closing: (() => void)[] = [];
after(() => closing.forEach((close) => close()));
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

/** A pane on a Python that answers with `state.live`, and what it was asked besides looking. */
async function pane(first: Live): Promise<{ pane: LivePane; asked: [string, Record<string, unknown>][]; state: { live: Live }; notices: unknown[]; key: (name: string, more?: Record<string, unknown>) => Promise<void>; at: (selector: string) => HTMLElement }> {
  const asked: [string, Record<string, unknown>][] = [];
  const notices: unknown[] = [];
  const state = { live: first };
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<unknown> => {
    if (name === "live.open") return state.live;
    if (name === "live.measures") return { conversations: 1, per_100_turns: 0, seconds: null, untouched: 1 } satisfies Measures;
    if (name === "job.list") return [];
    asked.push([name, args]);
    return { job: "j" };
  };
  const shown = new LivePane({ call, on: () => () => {}, notice: (what: unknown) => notices.push(what) } as unknown as Ctx, "d", null, () => shown.element.focus());
  shown.element.tabIndex = 0;
  page.replaceChildren(shown.element);
  bindKeys(shown.element, () => shown.keys());
  await settle();
  closing.push(() => shown.close());
  const at = (selector: string): HTMLElement => shown.element.querySelector<HTMLElement>(selector)!;
  const key = async (name: string, more: Record<string, unknown> = {}): Promise<void> => {
    press(shown.editing ? at("textarea") : shown.element, name, more);
    await settle();
  };
  return { pane: shown, asked, state, notices, key, at };
}

test("stale turns stand behind what holds, and only there", () => {
  assert.deepEqual(s.shownOf(edited(), null).map((item) => [item.turn.content, item.stale]), [["Can you help?", false], ["Yes, gladly.", false], ["Good.", true]]);
  assert.deepEqual(s.shownOf(edited(), 0).map((item) => [item.turn.content, item.stale]), [["Can you help?", false], ["Yes.", false], ["Good.", false]]);
});

test("the status says what it does or why it waits", () => {
  assert.equal(s.statusOf(live({ job: running })), "3 of 6 turns · turn 4 is being written");
  assert.equal(s.statusOf(live({}, OPENING, made("d2", "Yes.", { findings: [found], pauses: true }))), "2 of 6 turns · paused: look at turn 2");
  assert.match(s.statusOf(edited()), /1 stale turn after it/);
  assert.equal(s.statusOf(live({ job: { state: "failed", message: "", error: { code: "budget", message: "the next call could pass the limit of 3 calls", hint: "" } } })), "3 of 6 turns · the next call could pass the limit of 3 calls");
  assert.equal(s.statusOf(live({ wanted: 3, finished: true })), "3 of 3 turns · complete");
});

test("versions have names, the newest is now", () => {
  assert.equal(s.branchName(edited(), 0), "1: as it was made");
  assert.equal(s.branchName(edited(), 1), "Now");
  const again = edited();
  again.branches.push({ kept: 2, how: "again", author: "ana", at: 1, turns: [] });
  assert.match(s.branchName(again, 1), /^2: turn 2 rewritten by ana/);
});

test("measures are told only where there is something to divide by", () => {
  assert.equal(s.measuresInWords({ conversations: 0, per_100_turns: null, seconds: null, untouched: null }), "");
  assert.equal(s.measuresInWords({ conversations: 4, per_100_turns: 6.66, seconds: 8.4, untouched: 0.75 }), "6.7 interventions per 100 turns · 8 s per fix · 75 % of 4 conversations untouched");
});

test("a stale turn says so in words, not by colour alone", async () => {
  const { at } = await pane(edited());
  assert.match(at("[data-stale=yes]").textContent!, /stale/);
  assert.equal(at("[data-stale=no]").textContent!.includes("stale"), false);
});

test("a turn shows what the checks found in it", async () => {
  const { at } = await pane(live({}, OPENING, made("d2", "Yes.", { findings: [found], pauses: true })));
  assert.match(at("[data-live-turn=d2]").textContent!, /repeats turn d2 word for word/);
});

test("r runs, s makes one turn, and r pauses what runs, which is told until it stands", async () => {
  const { asked, state, key, at, pane: shown } = await pane(live());
  await key("r");
  await key("s");
  state.live = live({ job: running });
  await shown.refresh();
  await key("s");
  await key("r");
  assert.deepEqual(asked, [["live.play", { id: "d" }], ["live.play", { id: "d", count: 1 }], ["live.pause", { id: "d" }]]);
  assert.equal(at("[data-action=live-pausing]").textContent, "Pausing after this turn");
  for (const [job, action] of [[null, "live-run"], [running, "live-pause"]] as const) {
    state.live = live({ job });
    await shown.refresh();
    assert.ok(at(`[data-action=${action}]`));
  }
});

test("an edit is saved with its time and its pair, and nothing is drawn over it", async () => {
  const { asked, state, key, at, pane: shown } = await pane(live());
  await key("K", { shiftKey: true });
  await key("e");
  const field = at("textarea") as HTMLTextAreaElement;
  assert.equal(field.value, "Yes.");
  field.value = "Yes, gladly.";
  state.live = live({ job: running }, OPENING, made("d2", "Yes."), made("d3", "Good."), made("d4", "Well."));
  await shown.refresh();
  assert.equal((at("textarea") as HTMLTextAreaElement).value, "Yes, gladly.");
  state.live = edited();
  await key("Enter", { ctrlKey: true });
  assert.deepEqual(asked, [["live.rewind", { id: "d", turn: "d2", text: "Yes, gladly.", pair: true, seconds: 0 }]]);
  assert.equal(shown.editing, false);
  assert.equal(at("textarea"), null);
  assert.equal(shown.element.querySelectorAll("[data-stale=yes]").length, 1);
});

test("escape leaves the editor and changes nothing", async () => {
  const { asked, key, pane: shown } = await pane(live());
  await key("e");
  await key("Escape");
  assert.deepEqual([shown.editing, asked.length], [false, 0]);
});

test("regenerating begins anew at the chosen turn and runs on; the opening is not regenerated", async () => {
  const { asked, key, at } = await pane(live());
  await key("g");
  assert.deepEqual(asked, [["live.rewind", { id: "d", turn: "d3" }], ["live.play", { id: "d" }]]);
  at("[data-live-turn=t1]").click();
  assert.equal((at("[data-action=live-again]") as HTMLButtonElement).disabled, true);
});

test("an earlier version is read and not changed", async () => {
  const { asked, key, at } = await pane(edited());
  await key("v");
  assert.match(at(".wb-live-turns").textContent!, /Yes\./);
  assert.match(at(".wb-live-told").textContent!, /earlier version/);
  for (const name of ["r", "s", "e", "g"]) await key(name);
  assert.deepEqual(asked, []);
  await key("v");
  assert.match(at(".wb-live-turns").textContent!, /Yes, gladly\./);
});

test("a typing slip is saved as no preference, and an opening is never asked", () => {
  let saved: object = {};
  let time = 1000;
  const editor = liveEditor(made("d2", "Yes."), { save: (what) => (saved = what), cancel: () => {} }, () => time);
  editor.element.querySelector<HTMLInputElement>("input[type=checkbox]")!.checked = false;
  time = 9400;
  editor.element.querySelector<HTMLElement>("[data-action=live-save]")!.click();
  assert.deepEqual(saved, { text: "Yes.", pair: false, seconds: 8 });
  assert.equal(liveEditor(OPENING, { save: () => {}, cancel: () => {} }).element.querySelector("input[type=checkbox]"), null);
});

const failed = (error: Record<string, unknown>): Live["job"] => ({ state: "failed", message: "", error: { message: "", hint: "", ...error } }) as Live["job"];

test("a turn that was maybe charged is a choice in words: send it again, or rewind", async () => {
  const { asked, at, state, pane: shown } = await pane(live({ job: failed({ code: "model", maybe_charged: true }) }));
  assert.match(at(".wb-live-told").textContent!, /turn 4 was maybe charged: it was sent, and nobody knows what became of it/);
  assert.match(at(".wb-live-choice").textContent!, /Send this turn again.*It may be paid for twice.*Rewind to turn 3/);
  at("[data-action=live-send-again]").click();
  await settle();
  state.live = live({ job: failed({ code: "call_in_doubt" }) });
  await shown.refresh();
  at("[data-action=live-rewind]").click();
  await settle();
  await settle();
  assert.deepEqual(asked, [["live.play", { id: "d", count: 1, send_again: true }], ["live.rewind", { id: "d", turn: "d3" }], ["live.play", { id: "d" }]]);
});

test("only the opening can be sent again: there is nothing to rewind to", async () => {
  const { at } = await pane(live({ job: failed({ code: "call_in_doubt" }) }, OPENING));
  assert.equal(at("[data-action=live-rewind]"), null);
});

test("a reached limit is raised where it is told, and only to something higher", async () => {
  const limit = { budget: { calls: 3 }, calls: 3, tokens: 90, usd: 0 };
  const { asked, at, state, pane: shown } = await pane(live({ job: failed({ code: "budget", message: "the next call could pass the limit of 3 calls" }), limit }));
  const field = at("[data-raise=calls]") as HTMLInputElement;
  const raise = at("[data-action=raise-limit]") as HTMLButtonElement;
  assert.match(at(".wb-raise").textContent!, /spent: 3/);
  assert.equal(raise.disabled, true);
  const type = (text: string): void => void ((field.value = text), field.dispatchEvent(new Event("input")));
  type("x");
  assert.equal(raise.disabled, true);
  type("8");
  await shown.refresh();
  assert.equal((at("[data-raise=calls]") as HTMLInputElement).value, "8", "what is typed outlives a look");
  raise.click();
  await settle();
  assert.deepEqual(asked, [["live.play", { id: "d", budget: { calls: 8 } }]]);
  state.live = live();
  await shown.refresh();
  assert.equal(at(".wb-raise"), null);
});

test("b goes on from the version that is read, and does nothing where now is read", async () => {
  const { asked, key, at } = await pane(edited());
  await key("b");
  await key("v");
  assert.match(at(".wb-live-bar").textContent!, /Go on from this version/);
  assert.equal(at("[data-action=live-run]"), null);
  await key("b");
  assert.deepEqual(asked, [["live.back", { id: "d", branch: 0 }]]);
});

test("a version that was gone back to says which", () => {
  const back = edited();
  back.branches.push({ kept: 1, how: "returned", of: 0, author: "ana", at: Date.now(), turns: back.branches[0]!.turns });
  back.branches.push({ kept: 1, how: "again", author: "ana", at: 1, turns: [] });
  assert.match(s.branchName(back, 2), /^3: version 1 again, for ana/);
});

test("a turn that comes leaves those before it as they are, and takes nobody away from what they read", async () => {
  const frame = document.createElement("div");
  frame.className = "wb-draft";
  const long = live({ job: running }, OPENING, made("d2", "y".repeat(300_000)));
  const { pane: shown, state, at } = await pane(long);
  page.replaceChildren(frame);
  frame.append(shown.element);
  at(".wb-text > .wb-button").click();
  const before = at("[data-live-turn=d2]");
  let moved = 0;
  (window as any).HTMLElement.prototype.scrollIntoView = () => (moved += 1);
  const come = async (...ids: string[]): Promise<void> => {
    state.live = live({ job: running }, OPENING, made("d2", "y".repeat(300_000)), ...ids.map((id) => made(id, id)));
    await shown.refresh();
  };
  await come("d3");
  assert.equal(at("[data-live-turn=d2]"), before);
  assert.equal(before.querySelector(".wb-text")!.textContent!.length, 300_000);
  assert.deepEqual([moved, at(".wb-live-on").dataset["liveTurn"]], [1, "d3"], "whoever reads the last turn goes along");
  frame.getBoundingClientRect = () => ({ top: 0, bottom: 100 }) as DOMRect;
  at("[data-live-turn=d3]").getBoundingClientRect = () => ({ top: 900, bottom: 950 }) as DOMRect;
  await come("d3", "d4");
  assert.equal(moved, 1, "whoever scrolled away from it does not");
  delete (window as any).HTMLElement.prototype.scrollIntoView;
});

test("while it runs the buttons and the list of versions stay the ones a person is using", async () => {
  const { pane: shown, state, at } = await pane({ ...edited(), job: running });
  const [list, pause] = [at("[data-action=live-version]"), at("[data-action=live-pause]")];
  state.live = { ...edited(), job: { ...running, message: "It is open" } };
  await shown.refresh();
  assert.deepEqual([at("[data-action=live-version]") === list, at("[data-action=live-pause]") === pause], [true, true]);
  state.live = edited();
  await shown.refresh();
  assert.equal(at("[data-action=live-pause]"), null);
});

// The deciding side of Generate as one page: what is being written is not lost, and a key means what has the focus.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { page, press } from "./dom.ts";
import type { Item } from "../src/panels/approve_types.ts";
import { decider } from "../src/panels/generate_decide.ts";
import { decideKeys } from "../src/panels/generate_keys.ts";
import { REASONS, askReason } from "../src/panels/generate_reject.ts";
import { CommandError } from "../src/core/rpc.ts";
import { liveKeys } from "../src/panels/live_keys.ts";
import type { Line, Run } from "../src/panels/generate_types.ts";

const closing: (() => void)[] = [];
after(() => closing.forEach((close) => close()));
const settle = (ms = 15): Promise<void> => new Promise((done) => setTimeout(done, ms));
const turns = (id: string) => [{ id: "t1", role: "user", content: `Hello ${id}` }, { id: "t2", role: "assistant", content: "Yes." }];
const line = (id: string): Line => ({ id, run: "r", row: 0, recipe: "noise", group: "", rank: null, turns: 2, start: id, worst: "", findings: 0, changed: 0 });
const run = (id: string, more: Partial<Run> = {}): Run => ({ id, recipe: "noise", version: "1", author: "ana", state: "done", here: false, requested: 2, counts: { drafted: 2 }, waiting: 0, reasons: {}, message: "", model: "", query: "", started_at: 1, ended_at: 2, cost: { calls: 0, tokens: 0, usd: 0 }, ...more });
const item = (id: string): Item => ({ id, row: 0, state: "draft", changed: 0, turns: turns(id), parts: [{ id: "t1", title: "Who asks", text: id, made: id }], findings: [], source: {}, decided_by: "", reason: "" });
const LIVE = { id: "d1", run: "r", wanted: 6, finished: false, branches: [{ kept: 0, how: "made", author: "", at: 1, turns: turns("d1").map((turn, at) => ({ turn, by: at ? "model" : "opening", findings: [], pauses: false })) }], stale: [], job: null };

/** What the queue says of its order where a test says nothing else. */
const AS_MADE = { order: "run", look: { can: false, trust: null } };

type Answer = (args: any) => unknown;

/** The page on a Python that answers with `answers`, and what it was asked. */
async function desk(answers: Record<string, Answer> = {}, live = false) {
  const asked: [string, any][] = [];
  const notices: unknown[] = [];
  const base: Record<string, Answer> = {
    "run.list": () => [run("r")],
    "draft.queue": () => ({ drafts: ["d1", "d2", "d3"].map(line), more: false }),
    "draft.open": ({ id }) => ({ draft: { ...line(id), turns: turns(id), version: "1", depth: 1, state: "draft", seed: 0 }, parent: null, parent_title: "", parents: 0, decided: false, live: live && id === "d1" ? "begun" : "" }),
    "live.open": () => LIVE,
    "live.measures": () => ({ conversations: 0, per_100_turns: null, seconds: null, untouched: null }),
    "run.yield": () => ({ run: "r", requested: 2, made: 2, lost: [], usd: null, usd_in_doubt: null, judged: null, minutes: 1, accepted: 0, gates: [], everything: { gate: "", title: "", explanation: "", ...Object.fromEntries(["passed", "unsure", "failed"].map((name) => [name, { drafts: 2, accepted: 0, rejected: 0, undecided: 2 }])) }, each: { usd: null, minutes: null } }),
    "run.gated": () => ({ drafts: [{ ...line("d2"), said: [], state: "draft", by: "", reason: "", sample: "" }], more: false }),
    "approve.list": () => ({ run: "r", what: "role cards", counts: { waiting: 3, ready: 0, used: 0, rejected: 0 }, items: ["d1", "d2", "d3"].map(item), more: false, next: { recipe: "duet", title: "Two roles talk", needs_model: true, form: [] }, runs: [] }),
    ...answers,
  };
  const call = async (name: string, args: any = {}): Promise<unknown> => {
    asked.push([name, args]);
    const answer = await (base[name] ?? (() => ({})))(args);
    return name === "draft.queue" ? { ...AS_MADE, ...(answer as object) } : answer;
  };
  const ctx = { call, on: () => () => {}, notice: (what: unknown) => void notices.push(what), navigate: () => {}, remember: () => {}, author: "ana" } as never;
  const decide = decider(ctx);
  closing.push(() => decide.close());
  const root = document.createElement("div");
  root.className = "wb-root";
  root.append(decide.element);
  page.replaceChildren(root);
  await settle();
  decide.focus();
  const at = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector)!;
  const key = async (name: string, more: Record<string, unknown> = {}): Promise<void> => (press(document.activeElement!, name, more), settle());
  const count = (name: string): number => asked.filter(([one]) => one === name).length;
  return { decide, root, asked, notices, at, key, count, base };
}

test("a turn being rewritten outlives a click on another row, and then what the queue has open is shown", async () => {
  const { root, at, key } = await desk({}, true);
  await key("e");
  const field = at(".wb-live-editor textarea") as HTMLTextAreaElement;
  field.value = "Yes, gladly.";
  at("[role=option]:nth-child(2)").click();
  await settle();
  assert.equal(root.contains(field), true);
  assert.equal((at("[data-action=accept]") as HTMLButtonElement).disabled, true, "what is open is not what is shown");
  press(field, "Escape");
  await settle();
  assert.match(at(".wb-draft").textContent!, /Hello d2/);
  assert.equal((at("[data-action=accept]") as HTMLButtonElement).disabled, false);
});

test("while the drafts of another run are on their way, nothing is done to those that are still shown", async () => {
  const drafts = (ids: string[], of: string) => ({ drafts: ids.map((id) => ({ ...line(id), run: of })), more: false });
  let slow = 0;
  const { at, key, asked, count } = await desk({
    "run.list": () => [run("r"), run("s")],
    "draft.queue": async ({ run: of }) => (await settle(slow), of === "s" ? drafts(["e1", "e2"], "s") : drafts(["d1", "d2"], "r")),
  });
  slow = 600;
  at("[data-run=s] .wb-link").click();
  at("[role=listbox]").focus();
  for (const name of ["a", "x", "e", "j", "m", "w", "1", " "]) await key(name);
  at("[data-action=accept]").click();
  assert.deepEqual(asked.filter(([name]) => /^draft\.(accept|reject|rank)$/.test(name)), []);
  assert.equal(at("[role=dialog]"), null);
  assert.equal(at(".wb-decide-two").getAttribute("aria-busy"), "true");
  assert.match(at(".wb-draft").textContent!, /Hello d1/, "nor is another one opened");
  await settle(800);
  assert.match(at(".wb-draft").textContent!, /Hello e1/);
  assert.equal(at(".wb-decide-two").getAttribute("aria-busy"), "false");
  await key("a");
  assert.deepEqual(asked.find(([name]) => name === "draft.accept")![1].ids, ["e1"]);
  assert.equal(count("draft.accept"), 1);
});

test("the reply to an earlier decision leaves the editor of another draft alone", async () => {
  const { at, key, root } = await desk({ "draft.accept": () => settle(60) });
  await key("a");
  at("[role=option]:nth-child(2)").click();
  await settle();
  await key("e");
  const field = at(".wb-draft textarea") as HTMLTextAreaElement;
  await settle(90);
  assert.equal(root.contains(field), true);
  assert.match(at(".wb-decide-head").textContent!, /Edit, then accept/);
  press(field, "Escape");
  await settle();
  assert.match(at(".wb-draft").textContent!, /Hello d2/);
});

test("e then j opens no editor for a draft that is no longer marked", async () => {
  const { root, key, base } = await desk();
  const open = base["draft.open"]!;
  base["draft.open"] = async (args) => (await settle(30), open(args));
  for (const name of ["j", "j", "e", "k"]) press(document.activeElement!, name);
  await settle(90);
  assert.equal(root.querySelector(".wb-draft-edit"), null);
  await key("e");
  assert.match((root.querySelector(".wb-draft-edit textarea") as HTMLTextAreaElement).value, /d2/);
});

test("an editor that cannot be opened is said", async () => {
  const { key, notices } = await desk({ "draft.open": () => Promise.reject(new Error("gone")) });
  await key("e");
  assert.equal(notices.length, 1);
});

test("a key of the table of runs that its row has no button for never means the draft below", async () => {
  const { key, count, at } = await desk({}, true);
  at("[data-action=run-open]").focus();
  await key("s");
  await key("g");
  assert.deepEqual([count("live.play"), count("live.rewind"), count("run.resume")], [0, 0, 0]);
});

test("a draft that was asked for by name is not asked for in the next run, and opens among what is to approve", async () => {
  const { decide, at, key, asked, base } = await desk();
  const choose = async (): Promise<void> => {
    await key("y");
    at("[data-cell=' failed ']").click();
    await settle();
    await key("d");
  };
  await choose();
  assert.equal(asked.findLast(([name]) => name === "draft.queue")![1].id, "d2");
  decide.follow("other");
  await settle();
  assert.deepEqual(asked.findLast(([name]) => name === "draft.queue")![1], { run: "other", id: null, order: "run" });
  base["run.list"] = () => [run("r", { proposes: "role cards" })];
  decide.follow("r");
  await settle();
  assert.match(at(".wb-approve [aria-selected=true]").textContent!, /d1/);
  at("[data-action=run-gave]").click();
  await settle();
  at("[data-cell=' failed ']").click();
  await settle();
  await key("d");
  assert.match(at(".wb-approve [aria-selected=true]").textContent!, /d2/);
});

test("the key of the runs is none of those of a turn", () => {
  const nothing = (): void => {};
  const live = liveKeys({ run: nothing, step: nothing, edit: nothing, again: nothing, version: nothing, goBack: nothing, move: nothing });
  const all = decideKeys({ move: nothing, accept: nothing, edit: nothing, reject: nothing, skip: nothing, undo: nothing, rank: nothing, help: nothing, compare: nothing, judge: nothing, asked: nothing, runs: nothing, gave: nothing, same: nothing }, live);
  const keys = all.flatMap((one) => one.keys).filter((name) => !/^\d$/.test(name));
  assert.deepEqual(keys.filter((name, at) => keys.indexOf(name) !== at), []);
  assert.deepEqual(all.find((one) => one.label === "Go to the runs")!.keys, ["Shift+R"]);
});

test("every digit ranks", () => {
  const given: number[] = [];
  const nothing = (): void => {};
  const keys = decideKeys({ move: nothing, accept: nothing, edit: nothing, reject: nothing, skip: nothing, undo: nothing, rank: (n) => given.push(n), help: nothing, compare: nothing, judge: nothing, asked: nothing });
  for (const key of "123456789") keys.find((item) => item.keys.includes(key))!.run({ key } as KeyboardEvent);
  assert.deepEqual(given, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a rejection is one digit, and closes the question", () => {
  document.body.replaceChildren();
  const root = document.createElement("div");
  root.className = "wb-root";
  document.body.append(root);
  const reasons: string[] = [];
  askReason(root, (reason) => reasons.push(reason));
  press(root.querySelector(".wb-reason")!, "2");
  assert.deepEqual(reasons, [REASONS[1]]);
  assert.equal(root.querySelector(".wb-overlay"), null);
});

const LOST = new CommandError({ code: "guarantee_lost", message: "the proof does not hold for this text: it says more than is proved: Pigs fly", hint: "", lost: [{ turn: "t2", kind: "proof", why: "it says more than is proved: Pigs fly" }] });

test("an edit that breaks the proof is told with its reason; the text stays open until it is mended or goes without", async () => {
  const found = [{ check: "length", title: "Length", score: 0, severity: "warning", message: "far shorter than before" }];
  const { asked, at, key, root, notices } = await desk({
    "draft.accept": (args) => {
      if (!args.plain) throw LOST;
      return { samples: ["s1"], found };
    },
    "repeat.offer": () => ({ job: "offer" }),
    "repeat.offered": () => ({ run: "", corrections: [] }),
    "job.list": () => [{ id: "offer", state: "done" }],
  });
  const accepted = () => asked.filter(([name]) => name === "draft.accept").map(([, args]) => args);
  await key("e");
  const field = at(".wb-draft textarea") as HTMLTextAreaElement;
  field.focus();
  await key("Enter", { ctrlKey: true });
  assert.match(at(".wb-sheet").textContent!, /not proved any more.*turn 2it says more than is proved: Pigs fly/);
  assert.equal(document.activeElement, at("[data-action=mend]"));
  await key("Escape");
  assert.equal(root.querySelector(".wb-sheet"), null);
  assert.equal(root.contains(field), true);
  assert.deepEqual(notices, []);
  field.focus();
  await key("Enter", { ctrlKey: true });
  at("[data-action=accept-plain]").click();
  await settle();
  assert.deepEqual(accepted().map((args) => args.plain), [undefined, undefined, true]);
  assert.equal(root.contains(field), false);
  assert.match(at(".wb-draft").textContent!, /Hello d2/);
  assert.match(String(notices.at(-1)), /Length: far shorter than before/);
});

const TRUST = { run: "j", model: "m", state: "done", drafts: 3, flagged: 1, caught: [9, 10], caught_range: [0.6, 0.98], alarms: [0, 10], alarms_range: [0, 0.3], people: [0, 0], length: null, least: 0.7, reliable: true };

test("the drafts stand as they were made until a person asks for those worth a look first", async () => {
  const ids: Record<string, string[]> = { run: ["d1", "d2", "d3"], look: ["d3", "d1", "d2"] };
  const { root, asked, at, key } = await desk({ "draft.queue": ({ order }) => ({ drafts: ids[order]!.map(line), more: false, order, look: { can: true, trust: TRUST } }) });
  const rows = (): string[] => [...root.querySelectorAll<HTMLElement>(".wb-queue-row")].map((row) => row.dataset["draftId"]!);
  assert.deepEqual(rows(), ids["run"]);
  assert.equal(at("[data-order=run]").getAttribute("aria-pressed"), "true");
  at("[data-order=look]").click();
  await settle();
  assert.deepEqual(rows(), ids["look"]);
  assert.equal(root.querySelector("[aria-selected=true]")!.getAttribute("data-draft-id"), "d3", "the first of them opens");
  assert.equal(at("[data-order=look]").getAttribute("aria-pressed"), "true");
  await key("o");
  assert.deepEqual(rows(), ids["run"]);
  assert.deepEqual(asked.filter(([name]) => name === "draft.queue").map(([, args]) => args.order), ["run", "look", "run"]);
});

test("where the model is not to be relied on its order cannot be chosen, and it is said why", async () => {
  const doubt = { ...TRUST, caught: [2, 10], reliable: false };
  let trust: unknown = null;
  const { at, count, key, decide } = await desk({ "draft.queue": ({ order }) => ({ drafts: ["d1", "d2"].map(line), more: false, order, look: { can: false, trust } }) });
  const told = (): HTMLElement => at(".wb-queue-order [role=status]");
  assert.ok(told().hidden);
  await key("o");
  assert.match(told().textContent!, /No model was asked about these drafts/);
  assert.equal(count("draft.queue"), 1);
  trust = doubt;
  decide.follow("r");
  await settle();
  assert.ok(told().hidden, "what was said of the earlier state is gone");
  at("[data-order=look]").click();
  await settle();
  assert.ok(!told().hidden);
  assert.match(told().textContent!, /not to be relied on here.*caught 2 of 10 planted mistakes/);
  assert.equal(at("[data-order=look]").getAttribute("aria-disabled"), "true");
});

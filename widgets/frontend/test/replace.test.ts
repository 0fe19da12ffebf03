// What find and replace and "the same change elsewhere" share: only the newest rule counts, each row can be taken out,
// and while the change is made the rule stays as it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import { openReplace } from "../src/replace/dialog.ts";
import { RoleTicks } from "../src/replace/fields.ts";
import type { FoundRow } from "../src/replace/preview.ts";
import { TickedRows } from "../src/replace/rows.ts";
import { Search } from "../src/replace/search.ts";

const settle = (ms = 10): Promise<void> => new Promise((end) => setTimeout(end, ms));
const WAITED = 400;

/** A Python whose jobs end at once; commands named in `slow` answer when they are told to. */
function python(answers: Record<string, (args: any) => unknown>, ...slow: string[]) {
  const sent: [string, any][] = [];
  const come: Record<string, () => void> = {};
  const jobs: { id: string; state: string }[] = [];
  const notices: unknown[] = [];
  const answer = (name: string, args: unknown): unknown => {
    if (name === "job.list") return jobs;
    if (!/look$|apply$/.test(name)) return answers[name]?.(args) ?? {};
    jobs.push({ id: `job${jobs.length}`, state: "done" });
    return { job: jobs.at(-1)!.id };
  };
  const call = (name: string, args: unknown = {}): Promise<unknown> => {
    sent.push([name, args]);
    return slow.includes(name) ? new Promise((end) => (come[name] = () => end(answer(name, args)))) : Promise.resolve(answer(name, args));
  };
  const ctx = { call, on: () => () => {}, notice: (what: unknown) => notices.push(what) } as unknown as Ctx;
  const named = (name: string): any[] => sent.filter((one) => one[0] === name).map((one) => one[1]);
  return { ctx, come, jobs, notices, named };
}

function searching(python_: ReturnType<typeof python>) {
  const heard: unknown[] = [];
  let question: Record<string, unknown> | null = { find: "a" };
  const search = new Search<{ find: string }>({
    ctx: python_.ctx,
    commands: "replace",
    asked: () => question,
    inView: () => true,
    onNothing: () => heard.push("nothing"),
    onBegin: () => heard.push("begin"),
    onProgress: () => heard.push("progress"),
    onFound: (report) => heard.push(report),
    onRefused: (error) => heard.push(error),
  });
  return { search, heard, ask: (next: Record<string, unknown> | null) => (question = next) };
}

test("what is found is told, and nothing is looked for without a question", async () => {
  const world = python({ "replace.report": () => ({ find: "a" }) });
  const { search, heard, ask } = searching(world);
  await search.look();
  await settle();
  assert.deepEqual(heard, ["begin", { find: "a" }]);
  assert.deepEqual(search.report, { find: "a" });
  ask(null);
  await search.look();
  assert.equal(heard.at(-1), "nothing");
  assert.equal(world.named("replace.look").length, 1);
  search.close();
});

test("a search that begins after a newer question is cancelled, and one that runs is too", async () => {
  const world = python({ "replace.report": () => ({}) }, "replace.look");
  const { search, heard } = searching(world);
  void search.look();
  search.later();
  world.come["replace.look"]!();
  await settle();
  assert.deepEqual(world.named("job.cancel"), [{ id: "job0" }]);
  await settle(WAITED);
  world.come["replace.look"]!();
  world.jobs.at(-1)!.state = "running";
  await settle();
  search.close();
  assert.deepEqual(world.named("job.cancel"), [{ id: "job0" }, { id: "job1" }]);
  assert.deepEqual(heard, ["begin", "begin", "progress"]);
});

test("more rows of what was found by an older rule are none", async () => {
  const world = python({ "replace.report": () => ({ find: "a" }) });
  const { search } = searching(world);
  await search.look();
  await settle();
  const more = search.more(1);
  search.later();
  assert.equal(await more, null);
  assert.equal(await search.more(1), null);
  assert.deepEqual(world.named("replace.report").map((args) => args.offset), [undefined, 1]);
  search.close();
});

test("a row that was taken out says so, and more are asked for from where the shown ones end", () => {
  const asked: number[] = [];
  let changed = 0;
  const rows = new TickedRows<{ id: string }>({ list: "list", row: "row", title: (row) => [row.id], places: () => [], onChange: () => (changed += 1), onMore: (offset) => asked.push(offset) });
  page.replaceChildren(rows.element);
  rows.clear(["b"]);
  rows.add([{ id: "a" }, { id: "b" }], 3);
  const out = (): string[] => [...rows.element.querySelectorAll<HTMLElement>(".wb-replace-out")].map((row) => row.dataset["fit"]!);
  assert.deepEqual(out(), ["b"]);
  const box = rows.element.querySelector<HTMLInputElement>("[data-fit=a] input")!;
  box.click();
  assert.deepEqual([out(), [...rows.without], changed], [["a", "b"], ["b", "a"], 1]);
  rows.element.querySelector<HTMLButtonElement>(".wb-replace-more")!.click();
  assert.deepEqual(asked, [2]);
  rows.add([{ id: "c" }], 3);
  assert.equal(rows.element.querySelector(".wb-replace-more"), null);
  rows.clear();
  assert.deepEqual([rows.element.childElementCount, rows.without.size], [0, 0]);
});

test("everybody is no list of roles, and nobody is known", () => {
  const roles = new RoleTicks();
  assert.deepEqual([roles.value, roles.nobody], [[], false]);
  roles.value = ["user"];
  assert.deepEqual(roles.value, ["user"]);
  for (const box of roles.boxes) box.checked = false;
  assert.ok(roles.nobody);
});

const row = (id: string): FoundRow => ({ id, title: `<b>${id}</b>`, stale: false, hits: 2, places: [{ turn: 1, role: "user", before: "", found: "<i>a</i>", by: "b", after: "" }] });

function replacing(answers: Record<string, (args: any) => unknown> = {}, ...slow: string[]) {
  const world = python({ "replace.report": () => ({ read: 9, found: 2, hits: 4, beyond: 0, emptied: 0, rows: [row("s1"), row("s2")] }), "replace.done": () => ({ changed: 2, hits: 4, conflicts: 0, named: [] }), ...answers }, ...slow);
  const root = document.createElement("div");
  page.replaceChildren(root);
  let done = 0;
  const opened: string[] = [];
  openReplace(root, world.ctx, "", { onDone: () => (done += 1), onOpen: (id) => opened.push(id) });
  const dialog = root.querySelector<HTMLElement>("[role=dialog]")!;
  const type = (text: string): void => {
    const find = dialog.querySelector<HTMLInputElement>("input[type=text]")!;
    find.value = text;
    find.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { ...world, root, dialog, type, opened, done: () => done, apply: dialog.querySelector<HTMLButtonElement>(".wb-button-primary")! };
}

test("what the old words found is not replaced under new ones", async () => {
  const { type, apply, dialog, come, named } = replacing({}, "replace.report");
  type("a");
  await settle(WAITED);
  type("ab");
  come["replace.report"]!();
  await settle();
  assert.ok(apply.disabled);
  press(dialog.querySelector("input")!, "Enter", { ctrlKey: true });
  assert.deepEqual(named("replace.apply"), []);
  press(dialog, "Escape");
});

test("places are text, one conversation is taken out, and the rest is replaced as one step", async () => {
  const { type, apply, dialog, root, named, notices, done } = replacing();
  type("a");
  await settle(WAITED);
  assert.equal(dialog.querySelectorAll(".wb-replace-body :is(b, i)").length, 0);
  dialog.querySelector<HTMLInputElement>("[data-fit=s2] input")!.click();
  assert.equal(dialog.querySelector(".wb-replace-told")!.textContent, "2 places, in 1 of 9 conversation read, 1 taken out");
  apply.click();
  await settle();
  assert.deepEqual(named("replace.apply"), [{ job: "job0", without: ["s2"] }]);
  assert.equal(done(), 1);
  assert.equal(root.querySelector("[role=dialog]"), null);
  assert.deepEqual(notices, ["Replaced in 4 places, 2 conversations. u takes it back."]);
});

test("while it is replaced the words stay as they are, and what somebody saved meanwhile can be opened", async () => {
  const { type, apply, dialog, come, named, opened } = replacing({ "replace.done": () => ({ changed: 1, hits: 2, conflicts: 1, named: [{ id: "s2", title: "Two" }] }) }, "replace.done");
  type("a");
  await settle(WAITED);
  apply.click();
  await settle();
  assert.ok(dialog.querySelector<HTMLElement & { inert: boolean }>(".wb-replace-rule")!.inert);
  assert.equal(document.activeElement, dialog, "the keys stay in the dialog");
  type("ab");
  await settle(WAITED);
  assert.equal(named("replace.look").length, 1);
  come["replace.done"]!();
  await settle();
  assert.match(dialog.textContent!, /saved by somebody since you looked/);
  assert.ok(apply.disabled);
  dialog.querySelector<HTMLButtonElement>(".wb-link")!.click();
  assert.deepEqual(opened, ["s2"]);
});

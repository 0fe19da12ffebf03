import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { mount } from "../src/panels/release.ts";

const later = (ms = 20) => new Promise((done) => setTimeout(done, ms));

test("a slice just saved is shown, also when somebody's change is told meanwhile", async () => {
  const slices: any[] = [];
  let changed = (): void => {};
  let asked = 0;
  const call = async (name: string, args: any): Promise<any> => {
    if (name === "slice.count") return { count: 3 };
    if (name === "slice.save") {
      slices.push({ name: args.name, title: args.title, query: args.where, count: 3, builds: [] });
      setTimeout(changed, 5);
      return {};
    }
    if (name === "slice.builds") return [];
    if (name !== "release.start") return {};
    asked += 1;
    const known = slices.map((item) => ({ ...item }));
    await later(asked === 3 ? 80 : 20);
    return { slices: known, exporters: [], folder: "/x" };
  };
  const on = (event: string, heard: any) => (event === "changed" && (changed = () => heard({ version: 1 })), () => {});
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const ctx = { call, on, trait, author: "ana", notice: (what: unknown) => assert.fail(String(what)), navigate: () => {} } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  await later(60);
  const title = root.querySelector<HTMLInputElement>("[data-field=title]")!;
  title.value = "Lab";
  title.dispatchEvent(new Event("input"));
  root.querySelector<HTMLButtonElement>("[data-action=save-slice]")!.click();
  await later(200);
  assert.equal(root.querySelector("[data-field=title]"), null);
  assert.ok(root.querySelector("[data-action=freeze]"));
  close();
});

test("what is typed before the first answer came stays", async () => {
  const call = async (name: string): Promise<any> => {
    if (name === "slice.count") return { count: 3 };
    if (name !== "release.start") return [];
    await later(60);
    return { slices: [{ name: "old", title: "Old", query: "", count: 3, builds: [] }], exporters: [], folder: "/x" };
  };
  let shown = (_: unknown): void => {};
  const on = (event: string, heard: any) => (event === "shown" && (shown = heard), () => {});
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const ctx = { call, on, trait, author: "ana", notice: (what: unknown) => assert.fail(String(what)), navigate: () => {} } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  shown({ query: "domain:health/*" });
  await later(120);
  assert.equal(root.querySelector<HTMLInputElement>("[data-field=query]")!.value, "domain:health/*");
  assert.match(root.querySelector(".wb-slices")!.textContent!, /Old/);
  close();
});

const BUILD = { id: "frz_1", name: "lab", query: "", count: 3, hash: "b2:0123456789ab", author: "ana", at: Date.now() - 60_000 };
const SLICE = { name: "lab", title: "Lab", query: "lab", count: 3, builds: 1, last: BUILD };
const EXPORTER = { name: "openai-chat", title: "OpenAI chat", description: "One a line.", loses: ["tags"] };

/** A page over canned answers; `said` holds what was asked. */
function shown(answers: Record<string, any>) {
  const said: [string, any][] = [];
  const heard: Record<string, (value: any) => void> = {};
  const went: any[] = [];
  const call = async (name: string, args: any): Promise<any> => {
    said.push([name, args]);
    const answer = answers[name];
    return typeof answer === "function" ? answer(args) : (answer ?? {});
  };
  const on = (event: string, listener: any) => ((heard[event] = listener), () => {});
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const ctx = { call, on, trait, author: "ana", notice: (what: unknown) => said.push(["notice", what]), navigate: (...args: any[]) => went.push(args) } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  const press = (key: string) => root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return { root, said, heard, went, close, press };
}

const ANSWERS = {
  "release.start": { slices: [SLICE, { ...SLICE, name: "other", title: "Other" }], exporters: [EXPORTER], out: "/w/exports/" },
  "slice.builds": [BUILD],
  "slice.now": { found: { summary: "", counts: { entered: 9, left: 0, changed: 0 }, entered: [{ kinds: ["imported"], count: 9, samples: ["s_1", "s_2"], reasons: [] }], left: [], changed: [] } },
  "release.preview": { format: "openai-chat", files: [{ name: "openai-chat.jsonl", records: 1, whole: false, text: '{"messages":[]}\n' }], notes: [], card: "# lab" },
};

test("what freezing would change stands there with its reasons, and each leads to its samples", async () => {
  const { root, went, close } = shown(ANSWERS);
  await later(900);
  assert.match(root.querySelector(".wb-now-sentence")!.textContent!, /Since the build frozen .*: 9 entered\./);
  const reason = root.querySelector<HTMLButtonElement>("[data-difference=entered] .wb-reason-link")!;
  assert.equal(reason.textContent, "9new import");
  reason.click();
  assert.deepEqual(went, [["browse", { query: "id:(s_1 OR s_2) state:*" }]]);
  close();
});

test("the preview holds exactly the text that Python gave, as text", async () => {
  const { root, close } = shown({ ...ANSWERS, "release.preview": { ...ANSWERS["release.preview"], files: [{ name: "a.jsonl", records: 1, whole: true, text: "<img src=x onerror=alert(1)>\n" }] } });
  await later(100);
  assert.equal(root.querySelector("pre[data-file]")!.textContent, "<img src=x onerror=alert(1)>\n");
  assert.equal(root.querySelectorAll("img").length, 0);
  root.querySelector<HTMLButtonElement>("[data-view=card]")!.click();
  await later(20);
  assert.equal(root.querySelector(".wb-dataset-card h4")!.textContent, "lab");
  close();
});

test("what a format understands is asked when it is ticked, seen in its preview and sent with the export", async () => {
  const options = [
    { name: "pages", title: "A page for each", values: ["domain", "sample"] },
    { name: "guard", title: "Guard", values: ["yes", "no"] },
  ];
  const exporters = [EXPORTER, { ...EXPORTER, name: "pages", options }, { ...EXPORTER, name: "csv", options: [options[1]!] }];
  const { root, said, close } = shown({ ...ANSWERS, "release.start": { ...ANSWERS["release.start"], exporters }, "release.export": { job: "j" }, "job.list": [] });
  await later(100);
  const line = root.querySelector<HTMLElement>(".wb-format-options")!;
  const tick = (name: string): void => root.querySelector<HTMLInputElement>(`[data-format="${name}"]`)!.click();
  assert.equal(line.hidden, true);
  tick("pages");
  tick("csv");
  assert.deepEqual([...line.querySelectorAll<HTMLElement>("[data-option]")].map((item) => item.dataset["option"]), ["pages", "guard"]);
  const guard = line.querySelector<HTMLInputElement>("[data-option=guard]")!;
  assert.equal(guard.checked, true);
  guard.click();
  await later(50);
  const previews = said.filter(([name]: any[]) => name === "release.preview").map(([, args]: any[]) => args.options);
  assert.deepEqual(previews, [{}, {}, {}, { guard: "no" }]);
  root.querySelector<HTMLButtonElement>("[data-action=export]")!.click();
  await later(20);
  const [, sent] = said.find(([name]: any[]) => name === "release.export")! as any[];
  assert.deepEqual([sent.to, sent.options], [["pages", "csv"], { guard: "no" }]);
  tick("pages");
  tick("csv");
  assert.equal(line.hidden, true);
  close();
});

test("counts follow the workspace in place", async () => {
  let now = 3;
  const { root, heard, close } = shown({
    ...ANSWERS,
    "release.start": () => ({ ...ANSWERS["release.start"], slices: [{ ...SLICE, count: now }, { ...SLICE, name: "other", count: null }] }),
    "slice.counts": () => ({ lab: { count: now }, other: { count: null, problem: { message: "no field", hint: "renamed" } } }),
  });
  await later(100);
  now = 4;
  const card = root.querySelector(".wb-slice");
  heard["changed"]!({ version: 2 });
  await later(900);
  assert.equal(root.querySelector(".wb-slice"), card);
  assert.equal(root.querySelector(".wb-slice-count")!.textContent, "4");
  assert.deepEqual([...root.querySelectorAll("[data-count]")].map((item) => item.textContent), ["4 conversations", "the query cannot be read"]);
  close();
});

test("every step has its key", async () => {
  const { root, said, went, press, close } = shown({ ...ANSWERS, "slice.freeze": { job: "job_1" }, "slice.frozen": BUILD, "job.list": [{ id: "job_1", title: "", state: "done", done: 0, total: 0, message: "" }] });
  await later(100);
  press("b");
  assert.deepEqual(went, [["browse", { query: "lab" }]]);
  press("f");
  await later(100);
  assert.deepEqual(said.filter(([name]) => name === "slice.freeze").map(([, args]) => args), [{ name: "lab" }]);
  assert.ok(said.some(([name, what]) => name === "notice" && String(what).startsWith("Frozen: 3 conversations")));
  press("j");
  await later(50);
  assert.equal(root.querySelector("[data-slice].wb-slice-page")!.getAttribute("data-slice"), "other");
  press("n");
  await later(20);
  assert.ok(root.querySelector("[data-field=title]"));
  press("f");
  close();
});

test("a slice is removed by its key, told with a way back, and the next one is open", async () => {
  let slices: any[] = ANSWERS["release.start"].slices;
  const { root, said, press, close } = shown({
    ...ANSWERS,
    "release.start": () => ({ ...ANSWERS["release.start"], slices }),
    "slice.remove": (args: any) => ((slices = slices.filter((item) => item.name !== args.name)), { removed: args.name, step: 7 }),
    "step.list": [{ id: 8, undoable: false, undone: false }, { id: 7, undoable: true, undone: false }],
    "step.undo": () => ((slices = ANSWERS["release.start"].slices), { step: { label: "remove slice lab", samples: 0 } }),
  });
  await later(100);
  press("Delete");
  await later(60);
  assert.equal(root.querySelectorAll("[data-slice=lab]").length, 0);
  assert.ok(root.querySelector(".wb-slice-page[data-slice=other]"));
  const told = said.find(([name]) => name === "notice")![1];
  assert.match(told.message, /^Lab is removed;/);
  told.act.run();
  await later(60);
  assert.ok(root.querySelector(".wb-slice-page[data-slice=lab]"));
  assert.equal(said.filter(([name]) => name === "step.undo").length, 1);
  close();
});

test("the way back takes nothing back but that step", async () => {
  const { root, said, close } = shown({ ...ANSWERS, "slice.remove": { step: 7 }, "step.list": [{ id: 9, undoable: true, undone: false }, { id: 7, undoable: true, undone: false }] });
  await later(100);
  root.querySelector<HTMLButtonElement>("[data-action=remove-slice]")!.click();
  await later(60);
  said.find(([name]) => name === "notice")![1].act.run();
  await later(30);
  assert.deepEqual(said.filter(([name]) => name === "step.undo"), []);
  assert.match(String(said.findLast(([name]) => name === "notice")![1]), /something else since then/);
  close();
});

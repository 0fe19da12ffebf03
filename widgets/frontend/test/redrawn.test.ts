// Pages that are read again because somebody, or a job, changed something: what a person unfolded, chose or has the focus
// on there stays.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { page } from "./dom.ts";
import type { Ctx, JobState } from "../src/core/ctx.ts";
import { h } from "../src/core/dom.ts";
import { keepFocus } from "../src/core/refocus.ts";
import { jobStrip } from "../src/jobs.ts";
import { mount as collect } from "../src/panels/collect.ts";
import { mount as quality } from "../src/panels/quality.ts";
import { mount as release } from "../src/panels/release.ts";

(globalThis as any).MutationObserver ??= class {
  observe(): void {}
  disconnect(): void {}
};
const closing: (() => void)[] = [];
after(() => closing.forEach((close) => close()));
const settle = (ms = 20): Promise<void> => new Promise((done) => setTimeout(done, ms));
type Answer = (args: any) => unknown;

/** A page on a Python that answers with `answers`, and a way to tell it that something changed. */
async function shown(mount: (root: HTMLElement, ctx: Ctx) => () => void, answers: Record<string, Answer>) {
  let changed = (_: unknown): void => {};
  const ctx = {
    call: async (name: string, args: any = {}) => (answers[name] ?? (() => ({})))(args),
    on: (event: string, hear: typeof changed) => (event === "changed" && (changed = hear), () => {}),
    notice: (what: unknown) => /Received protocol 'blob:'/.test(String(what)) || assert.fail(String(what)), // charts need a browser
    trait: { get: () => "", set: () => {}, on: () => () => {} },
    navigate: () => {},
    author: "ana",
  };
  const root = document.createElement("div");
  page.replaceChildren(root);
  closing.push(mount(root, ctx as unknown as Ctx));
  await settle(60);
  const at = <T extends HTMLElement = HTMLElement>(selector: string): T => root.querySelector<T>(selector)!;
  return { root, at, tell: () => changed({ version: 2, position: 2 }) };
}

test("the focus goes to the control of the same name, and nobody is called back from elsewhere", () => {
  const list = document.createElement("ul");
  const elsewhere = document.createElement("input");
  page.replaceChildren(list, elsewhere);
  const draw = (...names: string[]): void => list.replaceChildren(...names.map((name) => h("li", { data: { row: name } }, h("button", { data: { action: "go" } }, "Go"), h("button", {}, "No"))));
  draw("a", "b");
  list.querySelector<HTMLElement>("[data-row=b] button:last-child")!.focus();
  keepFocus(list, () => draw("new", "a", "b"));
  assert.equal(document.activeElement, list.querySelector("[data-row=b] button:last-child"));
  keepFocus(list, () => (draw("b"), elsewhere.focus()));
  assert.equal(document.activeElement, elsewhere);
});

test("a job in the top bar keeps the button that stops it, and its focus, while it goes on", () => {
  let tell = (_: JobState[]): void => {};
  const strip = jobStrip({ on: (_: string, draw: typeof tell) => ((tell = draw), () => {}), notice: () => {}, call: async () => null } as unknown as Ctx);
  page.replaceChildren(strip.element);
  const job = (id: string, done: number, total = 6): JobState => ({ id, title: `Job ${id}`, state: "running", done, total, message: "" });
  tell([job("a", 0, 0), job("b", 1)]);
  const stop = strip.element.querySelector<HTMLElement>("[aria-label='Stop: Job b']")!;
  stop.focus();
  tell([job("a", 2), job("b", 5)]);
  assert.equal(document.activeElement, stop);
  assert.match(strip.element.textContent!, /2 of 6.*5 of 6/);
  tell([job("b", 6), job("c", 0), job("d", 0)]);
  assert.equal(document.activeElement, stop);
  assert.match(strip.element.textContent!, /^Job b6 of 6✕Job c0 of 6✕and 1 more$/);
});

const imported = (id: string) => ({ id, file: `${id}.jsonl`, source: "src", author: "ana", at: Date.now() - 90_000, state: "done", imported: 3, duplicates: 0, quarantined: 0, read: 3, format: "openai-chat" });
const parsed = (format: string) => ({ path: "/a.csv", name: "a.csv", preview: { format, samples: [{ row: 1, turns: [{ id: "t1", role: "user", content: "Hi" }] }], guesses: [] } });

test("the list of past imports keeps the focus when another import is told", async () => {
  const imports = [imported("one"), imported("two")];
  const { at, tell } = await shown(collect, {
    "collect.start": () => ({ formats: [], sources: [], imports, places: [], most_upload: 1 }),
    "collect.imports": () => ({ imports, sources: [] }),
  });
  const name = at("[data-past=two] .wb-past-name");
  name.focus();
  tell();
  await settle();
  assert.equal(at("[data-past=two] .wb-past-name"), name, "what is the same is not drawn again");
  imports.unshift(imported("three"));
  tell();
  await settle(1600);
  assert.equal(document.activeElement, at("[data-past=two] .wb-past-name"));
  assert.notEqual(document.activeElement, name);
});

test("what is typed about the source stays when the file is read in another way", async () => {
  const { at } = await shown(collect, {
    "collect.start": () => ({ formats: ["table", "plain"].map((name) => ({ name, title: name })), sources: [], imports: [], places: [], most_upload: 1 }),
    "file.complete": () => ({ folder: "/", entries: [], more: false, note: "" }),
    "collect.preview": ({ format }) => (format ? { ...parsed(format), preview: { ...parsed(format).preview, license: "MIT" } } : parsed("table")),
  });
  const type = (input: HTMLInputElement, text: string): void => void ((input.value = text), input.dispatchEvent(new Event("input", { bubbles: true })));
  type(at<HTMLInputElement>(".wb-path-input"), "/a.csv");
  at("[data-action=preview]").click();
  await settle();
  type(at<HTMLInputElement>("[data-field=source]"), "Lab calls");
  const format = at<HTMLSelectElement>(".wb-format");
  format.focus();
  format.value = "plain";
  format.dispatchEvent(new Event("change"));
  await settle();
  assert.deepEqual([at<HTMLInputElement>("[data-field=source]").value, at<HTMLInputElement>("[data-field=license]").value], ["Lab calls", "MIT"]);
  assert.equal(document.activeElement, at(".wb-format"), "and the keys are where they were");
});

const figure = { name: "languages", figure: {}, words: "en: 3" };
const report = { count: 3, summary: { samples: 3, turns: 6, synthetic: 0, deepest: 0, languages: {}, tagged: {} }, figures: [figure, { ...figure, name: "lengths" }], checks: [], personal: [{ kind: "email", title: "E-mail", found: 1, samples: 1, severities: { problem: 1, warning: 0, info: 0 }, examples: [], ids: [] }], agreement: [] };
const answer = { name: "coverage", question: "What is missing?", sentence: "Nothing.", values: {}, shape: "bars", rows: ["a"], groups: ["b"], parts: [{ row: "a", group: "b", count: 1, query: "x", pick: "" }], figure: {} };

test("measured again, the quality page is unfolded and scrolled as it was", async () => {
  let slow = false;
  const { root, at } = await shown(quality, {
    "quality.count": () => ({ count: 3 }),
    "quality.measure": () => ({ job: "m" }),
    "quality.questions": () => ({ job: "q" }),
    "quality.answers": () => [answer],
    "quality.report": () => report,
    "quality.duplicates": () => ({ groups: 0, extra: 0, shown: [] }),
    "tidy.look": () => ({ job: "t" }),
    "tidy.report": () => ({ samples: 3, changed: 1, applied: false, steps: [], changes: [] }),
    "job.list": async () => (slow && (await settle(300)), ["m", "q", "t"].map((id) => ({ id, state: "done", title: "", done: 1, total: 1, message: "" }))),
  });
  const folds = ["[data-chart=lengths] details", "[data-check='E-mail']", "[data-part=tidy] details", "[data-question=coverage] details"];
  await settle(60);
  for (const fold of folds) at(fold).setAttribute("open", "");
  root.scrollTop = 400;
  const before = at("[data-chart=lengths]");
  slow = true;
  at("[data-action=measure]").click();
  await settle(270);
  assert.equal(at("[data-chart=lengths]"), null, "its progress stands there meanwhile");
  root.scrollTop = 0;
  await settle(500);
  assert.notEqual(at("[data-chart=lengths]"), before);
  assert.deepEqual(folds.map((fold) => at<HTMLDetailsElement>(fold).open), [true, true, true, true]);
  assert.equal(at<HTMLDetailsElement>("[data-chart=languages] details").open, false);
  assert.equal(root.scrollTop, 400);
});

const BUILD = { id: "f1", name: "lab", query: "", count: 3, hash: "b2:01", author: "ana", at: Date.now() - 60_000 };
const reason = (kind: string, count: number) => ({ kinds: [kind], count, samples: ["s_1"], reasons: [{ count, words: `because of ${kind}` }] });

/** The release page with a slice of which these builds are there. */
async function released(builds: unknown[], now: { found: unknown }) {
  const slice = () => ({ name: "lab", title: "Lab", query: "lab", count: 3, builds: builds.length, last: builds[0] });
  return shown(release, {
    "release.start": () => ({ slices: [slice()], exporters: [], out: "/w/" }),
    "slice.builds": () => [...builds],
    "slice.counts": () => ({ lab: { count: 3, last: builds[0] } }),
    "slice.now": () => now,
    "slice.compare": () => ({ counts: { entered: 0, left: 0, changed: 0 }, entered: [], left: [], changed: [] }),
    "release.preview": () => ({ format: "", files: [], notes: [], card: "" }),
  });
}

test("what freezing would change is compared again with its details open and the focus where it was", async () => {
  const found = (...groups: unknown[]) => ({ summary: "", counts: { entered: groups.length, left: 0, changed: 0 }, entered: groups, left: [], changed: [] });
  const now = { found: found(reason("imported", 2)) as unknown };
  const { at, tell } = await released([BUILD], now);
  await settle(850);
  at("[data-fold='entered imported'] details").setAttribute("open", "");
  const link = at("[data-fold='entered imported'] .wb-reason-link");
  link.focus();
  tell();
  await settle(1650);
  assert.equal(at("[data-fold='entered imported'] .wb-reason-link"), link, "the same is not drawn again");
  now.found = found(reason("edited", 1), reason("imported", 3));
  tell();
  await settle(1650);
  assert.notEqual(at("[data-fold='entered imported'] .wb-reason-link"), link);
  assert.deepEqual(["edited", "imported"].map((kind) => at<HTMLDetailsElement>(`[data-fold='entered ${kind}'] details`).open), [false, true]);
  assert.equal(document.activeElement, at("[data-fold='entered imported'] .wb-reason-link"));
});

test("two builds that are compared stay compared when another build is chosen, or one is frozen elsewhere", async () => {
  const builds = ["f3", "f2", "f1"].map((id) => ({ ...BUILD, id, hash: id }));
  const { at, tell } = await released(builds, { found: null });
  const details = at<HTMLDetailsElement>("[data-part=compare-builds]");
  const to = at<HTMLSelectElement>("[data-field=to]");
  assert.deepEqual([at<HTMLSelectElement>("[data-field=from]").value, to.value], ["f2", "f3"]);
  details.open = true;
  to.value = "f1";
  to.dispatchEvent(new Event("change"));
  await settle();
  at<HTMLInputElement>("[data-build=f2] input").click();
  builds.unshift({ ...BUILD, id: "f4", hash: "f4" });
  tell();
  await settle(900);
  tell();
  await settle(1200);
  assert.ok(at("[data-build=f4]"));
  assert.equal(at("[data-part=compare-builds]"), details);
  assert.deepEqual([details.open, at<HTMLSelectElement>("[data-field=from]").value, to.value], [true, "f2", "f1"]);
  assert.match(details.textContent!, /Nothing differs/);
});

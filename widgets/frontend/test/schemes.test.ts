import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import type { Scheme } from "../src/core/nouns.ts";
import { CommandError } from "../src/core/rpc.ts";
import { openSchemes } from "../src/schemes/editor.ts";
import type { Change, Impact } from "../src/schemes/types.ts";
import { headline, impactLines, savedWords, versionWords, waitingQuery } from "../src/schemes/words.ts";

const scheme: Scheme = {
  name: "domain",
  kind: "hierarchical",
  title: "Domain",
  on: "sample",
  open: false,
  version: 3,
  choices: [{ value: "health", label: "Health" }, { value: "health/lab", label: "<b>Lab</b>" }, { value: "law", label: "Law" }],
};
const change: Change = { scheme, moved: {}, review: [], known: ["health", "health/lab", "law"] };
const after: Scheme = { ...scheme, choices: [{ value: "health", label: "Health" }, { value: "law", label: "Law" }] };
const merged: Impact = {
  values: [
    { value: "health/lab", becomes: "law", review: false, answers: 4, people: ["ana", "ben"], mine: 2 },
    { value: "health", becomes: "health", review: true, answers: 1, people: ["ana"], mine: 1 },
  ],
  carried: 4,
  waiting: 1,
  mine: 3,
  people: ["ana", "ben"],
  samples: 3,
  slices: [
    { name: "lab", query: "domain:health/lab", becomes: "domain:law" },
    { name: "both", query: "domain:health", becomes: "domain:health" },
  ],
  builds: ["lab"],
};

test("a change is told by its answers, its people, its slices and builds", () => {
  assert.equal(headline(merged, true), "This touches 5 answers of ana, ben, in 3 conversations.");
  assert.equal(headline(merged, false), "Nothing is changed yet.");
  assert.deepEqual(impactLines(merged, scheme, after), [
    "4 answers: “Health › b>” becomes “Law”",
    "1 answer: “Health” – asked again, the answer stays until then",
    "Slice “lab” will ask for domain:law",
    "Slice “both” asks for it and may find other conversations",
    "Builds made so far stay as they are: lab",
  ]);
});

test("what waits is searched for: mine first, names with spaces in quotes", () => {
  const saved = { scheme, carried: 0, waiting: 3, mine: 2 };
  assert.equal(waitingQuery(saved, "ana"), "stale@ana:domain");
  assert.equal(waitingQuery(saved, "Ana Li"), 'stale@"Ana Li":domain');
  assert.equal(waitingQuery({ ...saved, mine: 0 }, "ana"), "stale:domain");
  assert.equal(savedWords(saved), "Saved. 3 answers wait for another look. u takes it all back.");
  assert.equal(versionWords({ version: 2, author: "a", at: 1, moved: { a: "b" }, review: ["c"], choices: 5, current: true }), "5 choices · 1 renamed, moved or merged · 1 split");
});

interface Asked {
  name: string;
  args: any;
}

function opened(answers: Record<string, (args: any) => unknown>): { asked: Asked[]; said: unknown[]; root: HTMLElement; found: string[]; ready: Promise<void> } {
  page.replaceChildren();
  const root = document.createElement("div");
  root.className = "wb-root";
  page.append(root);
  const asked: Asked[] = [];
  const said: unknown[] = [];
  const found: string[] = [];
  const call = async (name: string, args: any = {}): Promise<any> => {
    asked.push({ name, args });
    if (name === "scheme.open") return { change: args.name ? change : { ...change, scheme: { ...scheme, version: 0, title: "", choices: [] }, known: [] }, counts: { "health/lab": 4 } };
    return answers[name]!(args);
  };
  const ctx = { call, author: "ana", notice: (what: unknown) => said.push(what), on: () => () => {} } as unknown as Ctx;
  openSchemes(root, ctx, { schemes: [scheme], onSaved: () => {}, onFind: (query) => found.push(query) });
  return { asked, said, root, found, ready: new Promise((done) => setTimeout(done, 10)) };
}

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 10));

test("choices are merged, split and saved by keys, and what waits is one press away", async () => {
  const stepped: Change = { ...change, review: ["health"] };
  const desk = opened({
    "scheme.step": () => ({ change: stepped, impact: merged }),
    "scheme.save": () => ({ saved: { scheme, carried: 4, waiting: 1, mine: 1 }, schemes: [scheme] }),
  });
  await desk.ready;
  const list = desk.root.querySelector<HTMLElement>("[role=listbox]")!;
  assert.equal(desk.root.querySelector("b b"), null);
  assert.ok(list.textContent?.includes("<b>Lab</b>"));
  press(list, "j");
  press(list, "m");
  press(desk.root.querySelector(".wb-schemes-form select")!, "Enter", { ctrlKey: true });
  await soon();
  assert.deepEqual(desk.asked.at(-1), { name: "scheme.step", args: { change, do: "merge", value: "health/lab", into: "health" } });
  assert.match(desk.root.querySelector(".wb-schemes-told")!.textContent ?? "", /touches 5 answers/);
  press(list, "Enter", { ctrlKey: true });
  await soon();
  assert.equal(desk.asked.some((item) => item.name === "scheme.save" && item.args.change.review[0] === "health"), true);
  assert.match(desk.root.querySelector(".wb-schemes-told")!.textContent ?? "", /4 answers were carried over/);
  desk.root.querySelector<HTMLElement>("[data-action=waiting]")!.click();
  assert.deepEqual(desk.found, ["stale@ana:domain"]);
});

test("somebody else's change is told, and nothing is saved", async () => {
  const desk = opened({
    "scheme.step": () => ({ change: { ...change, review: ["law"] }, impact: merged }),
    "scheme.save": () => {
      throw new CommandError({ code: "stale_scheme", message: "ben changed the question 'domain' meanwhile", hint: "look again" });
    },
  });
  await desk.ready;
  press(desk.root.querySelector("[role=listbox]")!, "r");
  await soon();
  press(desk.root.querySelector("[role=listbox]")!, "Enter", { ctrlKey: true });
  await soon();
  assert.match(desk.root.querySelector("[role=alert]")!.textContent ?? "", /ben changed the question/);
  assert.ok(desk.root.querySelector("[data-action=fresh]"));
});

test("unsaved changes are not left by Escape without a word, and can be taken back", async () => {
  const desk = opened({ "scheme.step": () => ({ change: { ...change, review: ["law"] }, impact: merged }), "scheme.impact": () => ({ impact: merged }) });
  await desk.ready;
  const list = desk.root.querySelector<HTMLElement>("[role=listbox]")!;
  press(list, "r");
  await soon();
  press(list, "Escape");
  assert.ok(desk.root.querySelector("[data-action=discard]"));
  desk.root.querySelector<HTMLElement>("[data-action=stay]")!.click();
  press(list, "z", { ctrlKey: true });
  press(list, "Escape");
  assert.equal(desk.root.querySelector("[role=dialog]"), null);
});

test("a refused step keeps its form open and says why", async () => {
  const refusal = new CommandError({ code: "invalid_input", message: "split into fewer than two choices", hint: "" });
  const desk = opened({ "scheme.step": () => Promise.reject(refusal) });
  await desk.ready;
  press(desk.root.querySelector("[role=listbox]")!, "s");
  press(desk.root.querySelector(".wb-schemes-form textarea")!, "Enter", { ctrlKey: true });
  await soon();
  assert.deepEqual(desk.said, [refusal]);
  assert.ok(desk.root.querySelector(".wb-schemes-form"));
});

test("Enter adds a choice beside the chosen one, Shift+Enter below it", async () => {
  const desk = opened({ "scheme.step": () => ({ change, impact: merged }) });
  await desk.ready;
  press(desk.root.querySelector("[role=listbox]")!, "j");
  const adding = desk.root.querySelector<HTMLInputElement>(".wb-schemes-left > input")!;
  adding.value = "Dental";
  press(adding, "Enter");
  await soon();
  assert.deepEqual([desk.asked.at(-1)!.args.text, desk.asked.at(-1)!.args.below], ["Dental", "health"]);
  adding.value = "Blood";
  press(adding, "Enter", { shiftKey: true });
  await soon();
  assert.equal(desk.asked.at(-1)!.args.below, "health/lab");
});

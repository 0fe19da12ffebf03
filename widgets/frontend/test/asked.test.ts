// What the model was asked: its blocks by name, older calls in words, two drafts word by word; text is only text.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { blockName, NAMES } from "../src/asked/names.ts";
import { placeName, PLACES } from "../src/asked/places.ts";
import { openAsked } from "../src/asked/sheet.ts";
import type { AskedCall, AskedPair } from "../src/asked/types.ts";
import type { Ctx } from "../src/core/ctx.ts";

const call = (more: Partial<AskedCall> = {}): AskedCall => ({
  call: 7,
  model: "m",
  state: "done",
  sent_at: 1,
  turns: ["t2"],
  missing: "",
  settings: { temperature: 0.8, max_tokens: 300, seed: 12 },
  blocks: [
    { role: "system", name: "system", parts: [{ text: "Reply in " }, { text: "English", place: "language" }] },
    { role: "user", name: "mine", parts: [{ text: "<b>hello</b>", place: "conversation" }] },
  ],
  ...more,
});
const pair = (more: Partial<AskedPair> = {}): AskedPair => ({
  old: 3,
  new: 7,
  missing: "",
  blocks: [
    { role: "system", name: "system", how: "changed", parts: [{ kind: "same", text: "Reply in " }, { kind: "removed", text: "French" }, { kind: "added", text: "English" }] },
    { role: "user", name: "task", how: "same", parts: [{ kind: "same", text: "The same words" }] },
  ],
  ...more,
});
const settle = () => new Promise((done) => setTimeout(done, 5));

async function opened(answers: Record<string, unknown>) {
  const sent: [string, any][] = [];
  const answer = async (name: string, args: any): Promise<any> => {
    sent.push([name, args]);
    const found = answers[name] ?? (name === "prompt.alike" ? [{ id: "d0", recipe: "answer 2", row: 0, start: "At seven." }] : undefined);
    if (found instanceof Error) throw found;
    return found;
  };
  page.replaceChildren();
  page.className = "wb-root";
  openAsked({ call: answer, notice: (what: unknown) => assert.fail(String(what)) } as unknown as Ctx, page, "d1");
  await settle();
  const sheet = page.querySelector<HTMLElement>("[role=dialog]")!;
  const choose = async (name: string, value: string): Promise<void> => {
    const box = sheet.querySelector<HTMLSelectElement>(`[data-field=${name}]`)!;
    box.value = value;
    box.dispatchEvent(new Event("change"));
    await settle();
  };
  return { sheet, sent, choose };
}

test("blocks have their names, what was put in is marked, and text is only text", async () => {
  const { sheet } = await opened({ "prompt.open": { calls: [call()], more: 0 } });
  assert.deepEqual([...sheet.querySelectorAll(".wb-asked-name")].map((name) => name.textContent), ["Instructions", "mine"]);
  assert.deepEqual([...sheet.querySelectorAll(".wb-asked-put")].map((part) => part.textContent), ["English", "<b>hello</b>"]);
  assert.deepEqual([...sheet.querySelectorAll<HTMLElement>(".wb-asked-put")].map((part) => part.title), ["put in: the language", "put in: the conversation"]);
  assert.equal(sheet.querySelector("b"), null);
  assert.match(sheet.textContent!, /To m · freedom 0.8 · at most 300 tokens · seed 12/);
  assert.equal(sheet.querySelector("[data-field=asked-call]"), null, "one question needs no choice");
  assert.equal((document.activeElement as HTMLElement).className, "wb-asked", "the text has the focus, for the arrow keys");
});

test("one of several questions is chosen by the turn it gave", async () => {
  const { sheet, choose } = await opened({ "prompt.open": { calls: [call(), call({ call: 8, turns: [], blocks: [{ role: "user", name: "task", parts: [{ text: "Second" }] }] })], more: 2 } });
  assert.deepEqual([...sheet.querySelectorAll("[data-field=asked-call] option")].map((one) => one.textContent), ["1 of 2, for turn t2", "2 of 2"]);
  await choose("asked-call", "1");
  assert.match(sheet.textContent!, /TaskSecond2 further questions are not shown\./);
});

test("two drafts are compared word by word; what is the same is folded", async () => {
  const { sheet, sent, choose } = await opened({ "prompt.open": { calls: [call()], more: 0 }, "prompt.diff": { pairs: [pair()], more: 0 } });
  assert.equal(sheet.querySelectorAll("[data-field=asked-other] option")[1]!.textContent, "answer 2, row 1: At seven.");
  await choose("asked-other", "d0");
  assert.deepEqual(sent.at(-1), ["prompt.diff", { old: "d0", new: "d1" }]);
  assert.deepEqual([sheet.querySelector("del")!.textContent, sheet.querySelector("ins")!.textContent], ["French", "English"]);
  assert.equal(sheet.querySelector("details")!.open, false);
  await choose("asked-other", "");
  assert.equal(sheet.querySelector("ins"), null);
});

test("what one side alone was asked is said, and that both were asked the same", async () => {
  const alone = await opened({ "prompt.open": { calls: [call()], more: 0 }, "prompt.diff": { pairs: [pair({ old: null, blocks: [] })], more: 0 } });
  await alone.choose("asked-other", "d0");
  assert.match(alone.sheet.textContent!, /The other draft was asked no such question\./);
  const same = await opened({ "prompt.open": { calls: [call()], more: 0 }, "prompt.diff": { pairs: [pair({ blocks: [pair().blocks[1]!] })], more: 0 } });
  await same.choose("asked-other", "d0");
  assert.match(same.sheet.textContent!, /Both were asked the same, word by word\./);
});

test("questions of either draft that are not shown are counted, below the last that is", async () => {
  const two = [call(), call({ call: 8, turns: [] })];
  const { sheet, choose } = await opened({ "prompt.open": { calls: two, more: 0 }, "prompt.diff": { pairs: [pair(), pair(), pair({ new: null })], more: 4 } });
  await choose("asked-other", "d0");
  assert.doesNotMatch(sheet.textContent!, /not shown/);
  await choose("asked-call", "1");
  assert.match(sheet.textContent!, /5 further questions are not shown\./);
  const all = await opened({ "prompt.open": { calls: two, more: 0 }, "prompt.diff": { pairs: [pair(), pair()], more: 0 } });
  await all.choose("asked-other", "d0");
  await all.choose("asked-call", "1");
  assert.doesNotMatch(all.sheet.textContent!, /not shown/);
});

test("older and damaged calls say so, and a draft without a model has nothing to show", async () => {
  const older = await opened({ "prompt.open": { calls: [call({ missing: "older", blocks: [], settings: {} })], more: 0 } });
  assert.match(older.sheet.textContent!, /asked before the workbench kept what it asks/);
  const damaged = await opened({ "prompt.open": { calls: [call({ missing: "damaged", blocks: [], settings: {} })], more: 0 } });
  assert.match(damaged.sheet.textContent!, /does not fit its fingerprint/);
  const none = await opened({ "prompt.open": { calls: [], more: 0 } });
  assert.match(none.sheet.textContent!, /No model was asked/);
});

test("what cannot be read is said in the window, with a way to try again", async () => {
  const { sheet } = await opened({ "prompt.open": new Error("no draft d1") });
  assert.ok(sheet.querySelector(".wb-failed button"));
});

/** Blocks that are put into others or said to people, and never stand in a prompt by their own name. */
const WITHIN = /^(light|medium|strong|choose|card|knows|direction|answered|asked|without_answer|address .*|(asked|said|quote) \w\w)$/;

const FOLDER = join(process.cwd(), "../../../workbench/generate/templates");
const BLOCKS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".txt"))
  .flatMap((file) => readFileSync(join(FOLDER, file), "utf8").split(/^## /m).slice(1))
  .map((block) => ({ name: block.slice(0, block.indexOf("\n")).trim(), words: block.slice(block.indexOf("\n")) }))
  .filter((block) => !WITHIN.test(block.name));

test("every block of our own templates has a name for people", () => {
  const names = new Set(BLOCKS.map((block) => block.name));
  assert.ok(names.size > 15);
  assert.deepEqual([...names].filter((name) => !Object.hasOwn(NAMES, name)), []);
});

test("every place of these blocks has a name for people, and nothing else has", () => {
  const places = new Set(BLOCKS.flatMap((block) => block.words.match(/(?<!\{)\{\w+\}/g) ?? []));
  assert.ok(places.size > 30);
  assert.deepEqual(Object.keys(PLACES).sort(), [...places].map((place) => place.slice(1, -1)).sort());
});

test("what somebody's own recipe calls constructor keeps that name", () => {
  assert.deepEqual([blockName("constructor"), placeName("constructor"), placeName("my_place")], ["constructor", "constructor", "my_place"]);
});

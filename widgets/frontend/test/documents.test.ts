// Which documents a run starts from: all, or those that are ticked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import { documentPicker, nothingPicker } from "../src/panels/generate_documents.ts";

const guide = { id: "doc_1", title: "A guide <b>to</b> blood tests", language: "en", passages: 12 };
const rules = { id: "doc_2", title: "Rental rules", language: "", passages: 1 };

function started(documents: unknown[]) {
  const asked: [string, unknown][] = [];
  let changes = 0;
  const call = (name: string, args: unknown) => {
    asked.push([name, args]);
    return Promise.resolve(name === "document.add" ? { id: "doc_3", documents: [...documents, { ...rules, id: "doc_3", title: "Added" }] } : { documents });
  };
  const ctx = { call, notice: (error: unknown) => assert.fail(String(error)) } as unknown as Ctx;
  const picker = documentPicker(ctx, () => (changes += 1));
  page.replaceChildren(picker.element);
  return { picker, asked, changes: () => changes };
}

const boxes = () => [...page.querySelectorAll<HTMLInputElement>("[data-tick]")];
const later = () => new Promise((resolve) => setTimeout(resolve, 0));

test("all documents are ticked at first, and a title is only text", async () => {
  const { picker } = started([guide, rules]);
  await later();
  assert.deepEqual(boxes().map((box) => box.checked), [true, true, true]);
  assert.equal(picker.value(), "");
  assert.equal(page.querySelector("b"), null);
  assert.match(page.textContent!, /A guide <b>to<\/b> blood tests/);
  assert.match(page.textContent!, /12 passages/);
});

test("one that is unticked is left out, ticked again all are in", async () => {
  const { picker, changes } = started([guide, rules]);
  await later();
  boxes()[1]!.click();
  assert.deepEqual(picker.value(), ["doc_2"]);
  boxes()[1]!.click();
  assert.equal(picker.value(), "");
  assert.equal(changes(), 2);
  boxes()[0]!.click();
  assert.deepEqual([picker.value(), boxes()[0]!.checked], [["doc_1", "doc_2"], false]);
});

test("without a document it says what to do, and one can be added", async () => {
  const { picker, asked } = started([]);
  await later();
  assert.match(page.textContent!, /no document yet/);
  const path = page.querySelector<HTMLInputElement>(".wb-path-input")!;
  path.value = "hours.md";
  page.querySelector<HTMLElement>("[data-action=add-document]")!.click();
  await later();
  assert.deepEqual(asked.at(-1), ["document.add", { path: "hours.md" }]);
  assert.equal(boxes().length, 2);
  assert.equal(picker.value(), "");
  picker.close();
});

test("a recipe that starts from nothing asks for no conversations", () => {
  page.replaceChildren(nothingPicker().element);
  assert.equal(page.querySelector("input, select"), null);
  assert.equal(nothingPicker().value(), "");
});

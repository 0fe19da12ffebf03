// What is typed and not saved is found on any page, and the language is not switched over it.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { h } from "../src/core/dom.ts";
import { holdsWork, watchTyping } from "../src/core/unsaved.ts";
import { widgetOf } from "../src/core/widget.ts";

const later = (ms = 10) => new Promise((done) => setTimeout(done, ms));

function type(field: HTMLElement, text: string): void {
  field.focus();
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function form() {
  const root = h("div", { class: "wb-root" });
  const input = (name: string, value = "") => h("input", { type: "text", value, "aria-label": name });
  const inside = h("section", { "aria-label": "Release", data: { page: "release" } });
  root.append(inside);
  page.replaceChildren(root);
  const typing = watchTyping(root);
  return { root, inside, typing, input, found: () => typing.unsaved().map(({ where, what }) => `${where}: ${what}`) };
}

test("what was typed is unsaved until it is as before, gone, or kept", () => {
  const { inside, typing, input, found } = form();
  const [name, note] = [input("Name", "lab"), h("textarea", { "aria-label": "Note" })];
  inside.append(name, note);
  assert.deepEqual(found(), []);
  type(name, "labs");
  type(note, "why");
  assert.deepEqual(found(), ["Release · Name: labs", "Release · Note: why"]);
  type(name, "lab");
  assert.deepEqual(found(), ["Release · Note: why"]);
  typing.answered("slice.count", { where: "why" });
  assert.deepEqual(found(), ["Release · Note: why"], "a command that only looks keeps nothing");
  typing.answered("draft.reject", { ids: ["d"], reason: " why " });
  assert.deepEqual(found(), []);
  type(note, "why not");
  type(note, "a role");
  typing.answered("approve.estimate", { params: { role: "a role" } });
  assert.equal(found().length, 1);
  typing.answered("approve.give", { ids: ["d"], turns: [{ content: "a role" }] });
  assert.deepEqual(found(), []);
  type(note, "a role, too");
  note.value = "";
  assert.deepEqual(found(), [], "the page cleared its form");
  type(note, "again");
  note.remove();
  assert.deepEqual(found(), []);
});

test("a text that was emptied is unsaved, too", () => {
  const { inside, input, found } = form();
  const name = input("Guideline", "old words");
  inside.append(name);
  type(name, "");
  assert.deepEqual(found(), ["Release · Guideline: "]);
});

test("a form that is made anew while somebody types keeps its typing, and a new form has none", () => {
  const { inside, input, found } = form();
  const first = input("Query");
  inside.append(first);
  type(first, "lab");
  const again = input("Query", "lab");
  first.replaceWith(again);
  assert.deepEqual(found(), ["Release · Query: lab"]);
  type(again, "lab results");
  assert.deepEqual(found(), ["Release · Query: lab results"]);
  again.replaceWith(input("Query", "something else"));
  assert.deepEqual(found(), []);
});

test("searches and what is kept elsewhere do not count; work that is not typing says so itself", () => {
  const { inside, found } = form();
  const search = h("input", { type: "search", data: { kept: "" } });
  const kept = h("div", { data: { kept: "" } }, h("textarea", {}));
  inside.append(search, kept);
  type(search, "lab");
  type(kept.querySelector("textarea")!, "turn");
  assert.deepEqual(found(), []);
  holdsWork(inside, "A file was chosen");
  assert.deepEqual(found(), ["Release: A file was chosen"]);
  holdsWork(inside, "");
  assert.deepEqual(found(), []);
});

/** A whole widget whose page is a form that saves with `slice.save`. */
async function widget() {
  const spoken: string[] = [];
  let hear: (message: any) => void = () => {};
  const traits: Record<string, unknown> = { language: "en", author: "ana", place: "/w" };
  const model = {
    get: (name: string) => traits[name],
    set: (name: string, value: unknown) => (traits[name] = value),
    save_changes: () => {},
    on: (event: string, listener: any) => event === "msg:custom" && (hear = listener),
    off: () => {},
    send: (message: any) => {
      if (message.name === "me.speak") spoken.push(message.args.language);
      setTimeout(() => hear({ kind: "reply", rid: message.rid, ok: true, result: { language: "fr", words: {} } }));
    },
  };
  let ctx: Ctx | null = null;
  let drawn = 0;
  const el = document.createElement("div");
  page.replaceChildren(el);
  const close = widgetOf("app", (root, given) => {
    ctx = given;
    drawn += 1;
    root.append(h("input", { "aria-label": "Name", class: "name" }));
    return () => {};
  }).render({ model: model as any, el });
  await later(30);
  const press = async (action: string): Promise<void> => {
    await later();
    el.querySelector<HTMLButtonElement>(`[data-action=${action}]`)!.click();
    await later(30);
  };
  return { el, spoken, press, close, drawn: () => drawn, ctx: () => ctx!, name: () => el.querySelector<HTMLInputElement>(".name")! };
}

test("the language is switched at once where nothing is typed", async () => {
  const { ctx, spoken, drawn, close } = await widget();
  await ctx().speak("fr");
  assert.deepEqual([spoken, drawn()], [["fr"], 2]);
  close();
});

test("the language is not switched over typed text before the person says so", async () => {
  const { el, ctx, spoken, drawn, name, press, close } = await widget();
  type(name(), "lab results");
  void ctx().speak("fr");
  await later();
  assert.match(el.querySelector("[role=dialog]")!.textContent!, /Name: lab results/);
  assert.equal((document.activeElement as HTMLElement).dataset.action, "keep-typing");
  await press("keep-typing");
  assert.deepEqual([spoken, drawn(), name().value], [[], 1, "lab results"]);
  void ctx().speak("fr");
  await press("lose-typing");
  assert.deepEqual([spoken, drawn(), name().value], [["fr"], 2, ""]);
  close();
});

test("changed keys are not drawn over typed text either, and saved text is no reason to ask", async () => {
  const { el, ctx, drawn, name, press, close } = await widget();
  type(name(), "lab");
  ctx().redraw();
  await press("keep-typing");
  assert.deepEqual([drawn(), name().value], [1, "lab"]);
  await ctx().call("slice.save", { name: "lab", where: "" });
  ctx().redraw();
  await later();
  assert.equal(el.querySelector("[role=dialog]"), null);
  assert.equal(drawn(), 2);
  close();
});

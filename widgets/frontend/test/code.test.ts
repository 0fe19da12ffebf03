import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { openCode } from "../src/code/drawer.ts";
import { onScreen, shownIn } from "../src/code/screen.ts";

const later = (ms = 20) => new Promise((done) => setTimeout(done, ms));

function opened(answers: Record<string, any>) {
  const said: [string, any][] = [];
  const call = async (name: string, args: any): Promise<any> => {
    said.push([name, args]);
    const answer = answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const trait = { get: (name: string) => (name === "query" ? "lab" : ["s_1"]), set: () => {}, on: () => () => {} };
  const ctx = { call, trait, notice: () => {} } as unknown as Ctx;
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  openCode(ctx, root);
  return { root, said, ctx };
}

const LISTED = { done: [{ at: Date.now(), name: "note.add", code: "ws.note('s_1', '<img src=x onerror=alert(1)>')" }], cell: "import workbench as wb\n" };

test("what was done and what is shown stand in the drawer as text", async () => {
  const { root, said } = opened({ "code.list": LISTED, "code.screen": { head: "", parts: ["page = ws.find('lab')"] } });
  await later();
  const rows = [...root.querySelectorAll(".wb-code-row pre")].map((row) => row.textContent);
  assert.deepEqual(rows, ["page = ws.find('lab')", LISTED.done[0]!.code]);
  assert.equal(root.querySelectorAll("img").length, 0);
  assert.deepEqual(said[0], ["code.screen", { query: "lab", selection: ["s_1"], acts: [] }]);
});

test("one drawer at a time, and Escape closes it", async () => {
  const { root, ctx } = opened({ "code.list": { done: [], cell: "" }, "code.screen": { head: "", parts: [] } });
  openCode(ctx, root);
  await later();
  assert.equal(root.querySelectorAll("[role=dialog]").length, 1);
  assert.match(root.textContent!, /Nothing was done yet/);
  press(root.querySelector("[role=dialog]")!, "Escape");
  assert.equal(root.querySelectorAll("[role=dialog]").length, 0);
});

test("a copy that the browser does not allow says what to do instead", async () => {
  const { root } = opened({ "code.list": LISTED, "code.screen": { head: "", parts: [] } });
  await later();
  const copy = root.querySelector<HTMLButtonElement>(".wb-code-row .wb-copy")!;
  copy.click();
  await later();
  assert.equal(copy.textContent, "Press Ctrl+C");
});

test("only pages in view say what they show", () => {
  const [seen, hidden] = [document.createElement("div"), document.createElement("div")];
  page.replaceChildren(seen, hidden);
  hidden.hidden = true;
  for (const place of [seen, hidden]) Object.defineProperty(place, "offsetParent", { value: page });
  const off = [onScreen(seen, () => [{ name: "a", args: {} }]), onScreen(hidden, () => [{ name: "b", args: {} }])];
  assert.deepEqual(shownIn(page).map((act) => act.name), ["a"]);
  off.forEach((stop) => stop());
  assert.deepEqual(shownIn(page), []);
});

test("a page that speaks for itself is never told as the list of Browse", async () => {
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  Object.defineProperty(root, "offsetParent", { value: page });
  const off = onScreen(root, () => []);
  const asked: any[] = [];
  const call = async (name: string, args: any): Promise<any> => (name === "code.screen" && asked.push(args), name === "code.list" ? { done: [], cell: "" } : { head: "", parts: [] });
  const trait = { get: () => "lab", set: () => {}, on: () => () => {} };
  openCode({ call, trait, notice: () => {} } as unknown as Ctx, root);
  await later();
  assert.deepEqual(asked, [{ acts: [] }]);
  assert.match(root.textContent!, /This page does nothing yet/);
  off();
});

// Several models in one drawer: each keeps what is typed for it, is saved and tried by its name, and a removal can be taken back.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { modelLine } from "../src/panels/generate_model.ts";
import type { ModelSettings, ModelView } from "../src/panels/generate_types.ts";

const EMPTY: ModelSettings = { base_url: "", model: "", key_variable: "", key_service: "", key_user: "" };
const at = (name: string): ModelSettings => ({ ...EMPTY, base_url: `http://${name}/v1`, model: `${name}-9` });

function view(...further: string[]): ModelView {
  const models = [{ name: "main", label: "Own model", settings: EMPTY }, ...further.map((name) => ({ name, label: `${name}-9`, settings: at(name) }))];
  return { presets: [], settings: EMPTY, local: true, label: "Own model", models };
}

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

function opened(model: ModelView, answers: Record<string, unknown> = {}) {
  const sent: [string, any][] = [];
  const ctx = {
    call: (name: string, args: any) => {
      sent.push([name, args]);
      const answer = answers[name];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  } as unknown as Ctx;
  page.replaceChildren();
  page.className = "wb-root";
  let now = model;
  page.append(modelLine(ctx, () => now, (next) => void (now = next)));
  page.querySelector<HTMLButtonElement>("[data-action=model-settings]")!.click();
  const sheet = page.querySelector<HTMLElement>("[role=dialog]")!;
  const control = (name: string) => sheet.querySelector<HTMLInputElement>(`[data-field=${name}]`)!;
  const choose = (name: string): void => {
    control("which").value = name;
    control("which").dispatchEvent(new Event("change", { bubbles: true }));
  };
  const press = async (action: string): Promise<void> => (sheet.querySelector<HTMLButtonElement>(`[data-action=${action}]`)!.click(), await soon());
  const hidden = (action: string): boolean => sheet.querySelector<HTMLElement>(`[data-action=${action}]`)!.hidden;
  return { sent, sheet, control, choose, press, hidden };
}

test("the line names what is connected beside the workspace's own model", () => {
  opened(view("large", "tiny"));
  assert.match(page.querySelector(".wb-model-label")!.textContent!, /Own model.*Also connected: large, tiny/);
  opened(view());
  assert.doesNotMatch(page.querySelector(".wb-model-label")!.textContent!, /Also/);
});

test("the own model is shown first, cannot be removed, and is saved by its name", async () => {
  const { sent, control, press, hidden } = opened(view("large"), { "model.save": view("large") });
  assert.equal(control("which").value, "main");
  assert.ok(hidden("model-remove"));
  control("base_url").value = "http://new/v1";
  await press("model-save");
  assert.deepEqual(sent.map(([name, args]) => [name, args.name, args.settings.base_url]), [["model.save", "main", "http://new/v1"]]);
  assert.equal(page.querySelector("[role=dialog]"), null);
});

test("what is typed for one model stays while another is looked at", () => {
  const { control, choose, hidden } = opened(view("large"));
  choose("large");
  assert.equal(control("model").value, "large-9");
  assert.ok(!hidden("model-remove"));
  control("model").value = "large-10";
  choose("");
  assert.equal(control("model").value, "");
  choose("large");
  assert.equal(control("model").value, "large-10");
});

test("a further model needs a name of its own, and is then tried by it", async () => {
  const { sent, sheet, control, choose, press } = opened(view("large"), { "model.save": view("large", "tiny"), "model.test": { job: "j" } });
  choose("");
  await press("model-test");
  assert.match(sheet.textContent!, /Give the model a short name/);
  control("name").value = "large";
  await press("model-test");
  assert.match(sheet.textContent!, /connected already/);
  assert.equal(sent.length, 0);
  control("name").value = " tiny ";
  control("base_url").value = "http://tiny/v1";
  await press("model-test");
  assert.deepEqual(sent.slice(0, 2).map(([name, args]) => [name, args.name]), [["model.save", "tiny"], ["model.test", "tiny"]]);
  assert.equal(control("which").value, "tiny");
  choose("");
  assert.deepEqual([control("name").value, control("base_url").value], ["", ""]);
});

test("a removed model stands there to be connected again", async () => {
  const { sent, sheet, control, choose, press } = opened(view("large"), { "model.remove": view(), "model.save": view("large") });
  choose("large");
  await press("model-remove");
  assert.deepEqual(sent, [["model.remove", { name: "large" }]]);
  assert.match(sheet.textContent!, /large is removed/);
  assert.deepEqual([control("which").value, control("name").value, control("model").value], ["", "large", "large-9"]);
  await press("model-save");
  assert.deepEqual([sent[1]![0], sent[1]![1].name, sent[1]![1].settings.base_url], ["model.save", "large", "http://large/v1"]);
});

test("what the fields do not show of a removed model is sent back with them, and not with another one", async () => {
  const removed = { ...view(), removed: { in_flight: 2, deadline: 300 } };
  const { sent, choose, control, press } = opened(view("large"), { "model.remove": removed, "model.save": view("large", "tiny"), "model.test": { job: "j" } });
  choose("large");
  await press("model-remove");
  await press("model-test");
  assert.deepEqual([sent[1]![1].settings.in_flight, sent[1]![1].settings.deadline], [2, 300]);
  choose("");
  control("name").value = "other";
  await press("model-test");
  const saved = sent.filter(([name]) => name === "model.save").at(-1)!;
  assert.deepEqual([saved[1].name, "in_flight" in saved[1].settings], ["other", false]);
});

test("what is refused is said, and the drawer stays open", async () => {
  const { sheet, press } = opened(view(), { "model.save": Object.assign(new Error("no such address"), { hint: "check it" }) });
  await press("model-save");
  assert.match(sheet.textContent!, /no such address/);
  assert.ok(sheet.isConnected);
});

// Which conversations a run starts from: a query, those selected in Browse, or those nearest to one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import { wherePicker } from "../src/panels/generate_where.ts";

const later = () => new Promise((resolve) => setTimeout(resolve, 300));

function started(traits: Record<string, unknown>) {
  const asked: unknown[] = [];
  const call = (_name: string, args: { where: unknown }) => {
    asked.push(args.where);
    return Promise.resolve({ count: 7 });
  };
  const ctx = { call, trait: { get: (name: string) => traits[name], on: () => () => {} } } as unknown as Ctx;
  const picker = wherePicker(ctx, () => {});
  page.replaceChildren(picker.element);
  const one = <T extends HTMLElement>(name: string): T => page.querySelector<T>(`[data-field=${name}]`)!;
  const choose = (name: string, value: string): void => {
    const list = one<HTMLSelectElement>(name);
    list.value = value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  return { picker, asked, one, choose };
}

test("the query of Browse is where a run starts, else what is selected there", () => {
  assert.equal(started({ query: "card" }).picker.value(), "card");
  assert.deepEqual(started({ query: "card", selection: ["s_1", "s_2"] }).picker.value(), ["s_1", "s_2"]);
});

test("what is nearest to the open conversation is asked for with the query and a number", async () => {
  const { picker, asked, one, choose } = started({ query: "card", sample: "s_9" });
  choose("start-from", "near");
  assert.equal(one<HTMLInputElement>("near-like").value, "s_9");
  assert.deepEqual(picker.value(), { like: "s_9", query: "card", mix: 0.5, limit: 20 });
  const limit = one<HTMLInputElement>("near-limit");
  limit.value = "5";
  limit.dispatchEvent(new Event("input", { bubbles: true }));
  await later();
  assert.deepEqual(asked.at(-1), { like: "s_9", query: "card", mix: 0.5, limit: 5 });
  assert.match(page.querySelector("[role=status]")!.textContent!, /7 conversations/);
  picker.close();
});

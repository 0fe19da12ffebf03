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

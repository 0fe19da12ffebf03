// A refused file: what is offered is what helps.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { CommandError } from "../src/core/rpc.ts";
import { mount } from "../src/panels/collect.ts";

const START = { formats: [{ name: "openai-chat", title: "OpenAI chat" }], sources: [], imports: [], places: [], most_upload: 100 };

async function refused(path: string, shape: { code: string; message: string; hint: string; folder?: string }) {
  const asked: [string, unknown][] = [];
  const call = async (name: string, args: any = {}): Promise<unknown> => {
    asked.push([name, args]);
    if (name === "collect.start") return START;
    if (name === "file.complete") return { folder: args.text, entries: [], more: false, note: "" };
    throw new CommandError(shape);
  };
  const root = document.createElement("div");
  page.append(root);
  const close = mount(root, { call, on: () => () => undefined, notice: () => undefined } as unknown as Ctx);
  await settle();
  const field = root.querySelector<HTMLInputElement>(".wb-path-input")!;
  field.value = path;
  root.querySelector<HTMLButtonElement>("[data-action=preview]")!.click();
  await settle();
  const offered = (): string[] => [...root.querySelectorAll(".wb-collect-wayout button")].map((item) => item.textContent ?? "");
  const done = (): void => (close?.(), root.remove());
  return { root, field, offered, asked, done };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}

const GONE = { code: "nothing_to_read", message: "there is no file /home/ana/cals.jsonl", hint: "check the spelling", folder: "/home/ana/" };

test("a file that is not there leads to another file, and to no format", async () => {
  const { root, field, offered, asked, done } = await refused("cals.jsonl", GONE);
  assert.match(root.querySelector(".wb-failed")?.textContent ?? "", /\/home\/ana\/cals\.jsonl/);
  assert.deepEqual(offered(), ["Choose another file", "Show what is in /home/ana/"]);
  assert.doesNotMatch(root.textContent ?? "", /Read it as/);
  root.querySelector<HTMLButtonElement>("[data-action=other-file]")!.click();
  assert.equal(document.activeElement, field);
  assert.equal(field.value, "cals.jsonl");
  root.querySelector<HTMLButtonElement>("[data-action=look-there]")!.click();
  await settle();
  assert.equal(field.value, "/home/ana/");
  assert.deepEqual(asked.at(-1), ["file.complete", { text: "/home/ana/" }]);
  done();
});

test("a refused file that is there no longer counts as work that would be lost", async () => {
  const { root, done } = await refused("cals.jsonl", GONE);
  assert.equal(root.querySelector("[data-unsaved]"), null);
  done();
});

test("a file in no known format may still be read as one", async () => {
  const { root, offered, done } = await refused("x.json", { code: "collect", message: "x.json is in no known format", hint: "" });
  assert.ok(root.querySelector("[data-unsaved]"));
  assert.deepEqual(offered(), ["OpenAI chat"]);
  done();
});

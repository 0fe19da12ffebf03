// The list of steps, while one of them is being taken back.
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Events } from "../src/core/ctx.ts";
import { makeEmitter } from "../src/core/emitter.ts";
import { StepsPanel } from "../src/steps/panel.ts";

const rest = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test("a list that says a step is taken back takes the next key", async () => {
  let undone = false;
  const asked: string[] = [];
  const step = () => ({ id: 1, label: "edit", author: "ana", at: 0, samples: 1, undone, undoable: true });
  const answers: Record<string, () => unknown> = {
    "step.list": () => [step()],
    "step.undo_to": () => ({ job: "j1" }),
    "step.redo_to": () => new Promise(() => {}),
    "step.taken": () => ({ steps: [step()] }),
    "job.list": () => [{ id: "j1", state: "running" }],
  };
  const events = makeEmitter<Events>();
  const call = async (name: string): Promise<any> => (asked.push(name), answers[name]?.() ?? []);
  const panel = new StepsPanel({ ...events, author: "ana", call, notice: () => {} } as any, { onChanged: () => {}, onOpen: () => {} });
  page.replaceChildren(panel.element);
  await rest();
  const list = page.querySelector<HTMLElement>(".wb-steps-list")!;
  const key = (name: string): void => void press(list, name, { shiftKey: name === "U" });
  key("u");
  await rest();
  undone = true;
  events.emit("changed", { version: 1, position: 1 });
  await rest();
  assert.equal(page.querySelector(".wb-step-undone"), null, "it is still on its way");
  events.emit("jobs", [{ id: "j1", state: "done" }] as any);
  await rest();
  assert.ok(page.querySelector(".wb-step-undone"));
  key("U");
  assert.equal(asked.filter((name) => name === "step.redo_to").length, 1);
  panel.close();
});

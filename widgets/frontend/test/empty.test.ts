// What pages say when there is nothing: an empty workspace, and a run of which nothing came.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx, JobState } from "../src/core/ctx.ts";
import { jobStrip } from "../src/jobs.ts";
import { nothingOpen } from "../src/panels/generate_draft.ts";
import type { Run } from "../src/panels/generate_types.ts";
import { mount } from "../src/panels/quality.ts";

(globalThis as any).MutationObserver ??= class {
  observe(): void {}
  disconnect(): void {}
};
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

test("a workspace without conversations is not counted for ever, and the way to some is shown", async () => {
  const went: string[] = [];
  const ctx = { call: async () => ({ count: 0 }), on: () => () => {}, navigate: (tab: string) => went.push(tab), notice: () => {}, trait: { get: () => "", on: () => () => {} } } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  await settle();
  const shown = [...root.querySelectorAll<HTMLElement>(".wb-loading, .wb-empty")].filter((element) => !element.closest("[hidden]"));
  assert.deepEqual(shown.map((element) => element.className), ["wb-empty"]);
  shown[0]!.querySelector("button")!.click();
  assert.deepEqual(went, ["collect"]);
  close();
});

const lost = { id: "r2", state: "done", requested: 6, counts: { failed: 4, in_doubt: 2 }, reasons: { "the endpoint cannot be reached": 2, "not tried": 4 }, message: "" } as unknown as Run;
const good = { id: "r1", state: "done", requested: 2, counts: { accepted: 2 }, reasons: {}, message: "" } as unknown as Run;

test("a run of which nothing came says so, why, and where each row is", () => {
  const opened: string[] = [];
  for (const chosen of [null, "r2"]) {
    const shown = nothingOpen([lost, good], chosen, (run) => opened.push(run));
    assert.match(shown.textContent!, /Nothing came of this run.*the endpoint cannot be reached/);
    shown.querySelector("button")!.click();
  }
  assert.deepEqual(opened, ["r2", "r2"]);
  assert.match(nothingOpen([lost, good], "r1", () => {}).textContent!, /All drafts are decided/);
});

test("the end of a job tells what of it came to nothing", () => {
  const said: unknown[] = [];
  let tell = (_: JobState[]): void => {};
  const strip = jobStrip({ on: (_: string, draw: typeof tell) => ((tell = draw), () => {}), notice: (what: unknown) => said.push(what), call: async () => null } as unknown as Ctx);
  const job = (id: string, state: string, missing: number): JobState => ({ id, title: `Job ${id}`, state, done: 6, total: 6, message: "", lost: missing });
  tell([job("a", "running", 0), job("b", "running", 0), job("c", "running", 0)]);
  tell([job("a", "done", 0), job("b", "done", 1), job("c", "done", 6)]);
  assert.deepEqual(said, ["Done: Job a.", "Done: Job b. 1 row of it came to nothing; its line under Generate says why.", "Done: Job c. Nothing came of it; its line under Generate says why."]);
  strip.close();
});

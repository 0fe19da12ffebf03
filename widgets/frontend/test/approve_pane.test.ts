// Approving in the place of a run's drafts: what is saved, what is kept while others come, and the step that goes on.
import { asked, item, proposed, settle, shown, two } from "./approve_world.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./dom.ts";
import { nextBox } from "../src/panels/approve_next.ts";
import { ApprovePane } from "../src/panels/generate_approve.ts";
import { decider } from "../src/panels/generate_decide.ts";

test("the next step waits for an approval, is priced by what is approved, and starts with its settings", async () => {
  const { ctx, sent } = asked({ "approve.estimate": () => ({ rows: 2, drafts: 2, calls: 12, usd: 0.1 }), "approve.run": () => ({ run: "r2" }) });
  const started: string[] = [];
  const box = nextBox(ctx, (run) => started.push(run));
  const go = box.element.querySelector<HTMLButtonElement>("[data-action=approve-next]")!;
  box.draw(proposed({ waiting: 3 }));
  assert.ok(go.disabled);
  assert.deepEqual(box.acts(), []);
  box.start();
  await settle(250);
  assert.deepEqual(sent, [], "nothing is asked and nothing started before an approval");
  box.draw(proposed({ waiting: 1, ready: 2 }));
  assert.ok(!go.disabled);
  await settle(250);
  assert.match(box.element.querySelector("[role=status]")!.textContent!, /from 2 approved: 2 drafts at most, 12 calls/);
  box.draw(proposed({ waiting: 1, ready: 2 }));
  await settle(250);
  assert.equal(sent.length, 1, "the same state is not priced twice");
  box.element.querySelector<HTMLInputElement>("[data-param=turns]")!.value = "8";
  assert.deepEqual(box.acts(), [{ name: "approve.run", args: { run: "r", params: { turns: 8 }, budget: {} } }]);
  const turns = box.element.querySelector<HTMLInputElement>("[data-param=turns]")!;
  turns.value = "many";
  turns.dispatchEvent(new Event("input", { bubbles: true }));
  await settle(250);
  assert.match(box.element.querySelector("[role=status]")!.textContent!, /when all fields can be read/, "no old price beside a setting that cannot be read");
  turns.value = "8";
  box.start();
  await settle();
  assert.deepEqual(sent.at(-1), ["approve.run", { run: "r", params: { turns: 8 }, budget: {} }]);
  assert.deepEqual(started, ["r2"]);
  box.close();
});

test("all that is shown is approved in one command, and a refusal leaves everything as it was", async () => {
  let refuse = false;
  const items = [item("x"), item("y")];
  const { ctx, sent, notices } = asked({
    "approve.list": () => proposed({ waiting: items.length }, items),
    "approve.estimate": () => ({ rows: 2, drafts: 2 }),
    "approve.give": () => {
      if (refuse) throw new Error("no");
      items.length = 0;
      return {};
    },
  });
  const element = document.createElement("section");
  let refreshed = 0;
  const pane = new ApprovePane(ctx, { element, follow: () => {}, refresh: () => void refreshed++, drawHead: () => {} });
  element.append(pane.element);
  assert.ok(pane.element.hidden);
  await pane.show("r", false);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2);
  assert.equal(pane.element.querySelector("[aria-selected=true]")!.getAttribute("data-item"), "x");
  const key = (name: string): void => void pane.keys().find((one) => one.keys.includes(name))!.run(new KeyboardEvent("keydown"));
  refuse = true;
  key("Shift+A");
  await settle();
  assert.equal(notices.length, 1);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2);
  refuse = false;
  key("Shift+A");
  await settle();
  assert.deepEqual(sent.filter(([name]) => name === "approve.give").at(-1)![1], { ids: ["x", "y"], seen: { x: 0, y: 0 } });
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 0);
  assert.ok(refreshed >= 1);
  await pane.show("", false);
  assert.ok(pane.element.hidden);
  assert.ok(!pane.on);
  pane.close();
});

test("a text that is being rewritten is not lost to another shelf or run, and an untouched one is put away", async () => {
  const { pane, key, area, shelf, notices } = await shown(two());
  key("e");
  area()!.value = "other words";
  shelf("ready");
  await settle();
  assert.equal(area()!.value, "other words");
  assert.equal(document.activeElement, area());
  assert.match(String(notices[0]), /being rewritten/);
  assert.ok(pane.holds(), "the page around asks before it shows another run");
  area()!.value = "role of x";
  shelf("ready");
  await settle();
  assert.equal(area(), null);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2, "the shelf is read, not loading for ever");
  assert.ok(!pane.holds());
  pane.close();
});

test("the answer to a decision on one item leaves the editor of another open", async () => {
  let come = (_: unknown): void => {};
  const { pane, key, area } = await shown({ ...two(), "approve.give": () => new Promise((done) => (come = done)) });
  key("a");
  key("e");
  assert.equal(area(), null, "the item whose decision is being saved is not rewritten");
  key("j");
  key("e");
  area()!.value = "other words";
  come({});
  await settle();
  assert.equal(area()?.value, "other words");
  pane.close();
});

test("the bar stays the same element while nothing in it changes", async () => {
  const { pane } = await shown(two());
  const bar = pane.bar();
  await pane.show("r", true);
  assert.equal(pane.bar(), bar);
  pane.close();
});

test("while a run goes on the bar keeps the button that was reached by Tab, and no other run takes the place of a typed text", async (told) => {
  const runs = ["r", "other"].map((id) => ({ id, state: "done", recipe: "roles", version: "1", author: "ana", here: true, proposes: "role cards", counts: {}, reasons: {}, waiting: 0, requested: 3, message: "", model: "", query: "", started_at: 0, ended_at: 0, cost: { calls: 0, tokens: 0, usd: null } }));
  const items = [item("x"), item("y")];
  const { ctx, sent, notices } = asked({ ...two(), "approve.list": ({ run }) => ({ ...proposed({ waiting: items.length }, [...items]), run: String(run) }), "run.list": () => runs, "draft.queue": () => ({ drafts: [], more: false, order: "run", look: { can: false, trust: null } }) });
  const heard: Record<string, () => void> = {};
  const page = decider(Object.assign(ctx as object, { on: (name: string, hear: () => void) => ((heard[name] = hear), () => {}) }) as never);
  told.after(() => page.close());
  document.body.replaceChildren(page.element);
  page.follow("r");
  await settle(20);
  page.element.querySelector<HTMLElement>("[data-action=approve-reject]")!.focus();
  items.push(item("z"));
  heard["changed"]!();
  await settle(20);
  assert.match(page.element.querySelector("h2")!.textContent!, /3 to approve/);
  assert.equal((document.activeElement as HTMLElement).dataset["action"], "approve-reject");
  press(document.activeElement!, "e");
  page.element.querySelector("textarea")!.value = "other words";
  page.follow("other");
  await settle(20);
  assert.equal(page.element.querySelector("textarea")?.value, "other words");
  assert.equal(notices.length, 1);
  assert.ok(!sent.some(([name, args]) => name === "approve.list" && args["run"] === "other"));
});

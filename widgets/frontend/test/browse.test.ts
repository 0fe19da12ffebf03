// The browse page as a whole: what opens, what moves, what is marked, and what others change meanwhile.
import { kept, open, row, sample, settle } from "./browse_world.ts";
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";

test("after loading the list has the focus, the first conversation is open, and the root says it is ready", async () => {
  const { root, frame, list, close } = open();
  await settle();
  assert.equal(document.activeElement, list());
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s0");
  assert.equal(root.querySelector("[data-turn-id]")!.getAttribute("data-turn-id"), "t1");
  assert.equal(frame.dataset.ready, "true");
  close();
});

test("keys mean the list from the first rows on, however long the filters are counted", async () => {
  const { root, frame, list, named, close } = open({ "browse.facets": () => new Promise(() => {}) });
  (document.activeElement as HTMLElement).blur();
  await settle();
  assert.equal(frame.dataset.ready, "true");
  assert.equal(document.activeElement, list());
  press(document.activeElement!, "j");
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  assert.equal(named("browse.facets").length, 1);
  close();
});

test("untrusted text in rows and turns makes no element", async () => {
  const { root, close } = open();
  await settle();
  assert.equal(root.querySelectorAll("b, img").length, 0);
  assert.match(root.querySelector(".wb-conversation")!.textContent!, /<img src=x> s0/);
  close();
});

test("somebody else's change is fetched without leaving the open conversation", async () => {
  const { root, events, named, list, close } = open();
  await settle();
  press(list(), "j");
  await settle();
  const before = named("browse.rows").length;
  events.emit("changed", { version: 2 });
  await settle(250);
  assert.ok(named("browse.rows").length > before);
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  close();
});

test("what somebody changed while the first rows were on their way is shown, too", async () => {
  let total = 3;
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const { root, named, events, close } = open({
    "browse.rows": async () => {
      const answer = { rows: [row(0), row(1), row(2)].slice(0, total), total };
      await pause(200);
      return answer;
    },
  });
  await pause(20);
  assert.equal(named("browse.rows").length, 1);
  total = 2;
  events.emit("changed", { version: 1, position: 10 });
  await settle(500);
  assert.equal(root.querySelectorAll("[data-sample-id]").length, 2);
  close();
});

test("an answered conversation that left the results does not make j skip the next one", async () => {
  let left = [row(0), row(1), row(2)];
  const { root, events, list, close } = open({ "browse.rows": () => ({ rows: left, total: left.length }) });
  await settle();
  left = [row(1), row(2)];
  events.emit("changed", { version: 2 });
  await settle(250);
  press(list(), "j");
  await settle();
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  close();
});

test("Shift+X marks from the last mark, Ctrl+A everything found", async () => {
  const { root, list, close } = open({ "browse.ids": () => ({ ids: ["s0", "s1", "s2"], total: 3 }) });
  await settle();
  press(list(), "x");
  press(list(), "j");
  press(list(), "X", { shiftKey: true });
  await settle();
  assert.equal(root.querySelectorAll(".wb-item-marked").length, 2);
  press(list(), "a", { ctrlKey: true });
  await settle();
  assert.equal(root.querySelectorAll(".wb-item-marked").length, 3);
  close();
});

test("compact rows are kept for the person", async () => {
  const first = open();
  await settle();
  press(first.list(), "D", { shiftKey: true });
  assert.equal(kept.get("density"), "compact");
  first.close();
  page.replaceChildren();
  const again = open();
  await settle();
  assert.ok(again.root.querySelector(".wb-item-compact"));
  again.close();
});

test("a turn in another language than its conversation says so", async () => {
  const french = sample("s0");
  (french.sample as any).language = "en";
  const { root, close } = open({ "sample.open": () => french });
  await settle(300);
  assert.equal(root.querySelector(".wb-turn-language")!.textContent, "French");
  assert.equal(root.querySelector(".wb-bubble")!.getAttribute("lang"), "fr");
  close();
});

test("? shows every key", async () => {
  const { frame, list, close } = open();
  await settle();
  press(list(), "?");
  const text = frame.querySelector(".wb-sheet")!.textContent!;
  for (const word of ["Next conversation", "Undo", "Edit", "Search", "domain: choose", "naturalness: 5"])
    assert.ok(text.includes(word), word);
  close();
});

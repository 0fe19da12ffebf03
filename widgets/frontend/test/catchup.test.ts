// When what is shown is read again: at once after others, in a pause after one's own answers.
import { CatchUp } from "../src/browse/catchup.ts";
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { open, row, sample, settle } from "./browse_world.ts";
import { press } from "./dom.ts";

function watched() {
  const heard: string[] = [];
  return { heard, catchUp: new CatchUp({ others: () => heard.push("others"), own: () => heard.push("own") }) };
}

/** In small steps, so that a timer set by a timer begins when that one ended. */
function wait(ms: number): void {
  for (let at = 0; at < ms; at++) mock.timers.tick(1);
}

/** A page that has heard of the journal up to position 10. */
function upToTen() {
  const { heard, catchUp } = watched();
  catchUp.changed(10);
  wait(80);
  heard.length = 0;
  return { heard, catchUp };
}

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

test("a change nobody is known to have made is read at once", () => {
  const { heard, catchUp } = watched();
  catchUp.changed(10);
  wait(80);
  catchUp.changed();
  wait(80);
  assert.deepEqual(heard, ["others", "others"]);
});

test("one's own answers are read when no key comes for a while", () => {
  const { heard, catchUp } = upToTen();
  catchUp.wrote([10, 11]);
  catchUp.changed(11);
  wait(300);
  catchUp.busy();
  wait(399);
  assert.deepEqual(heard, []);
  wait(1);
  assert.deepEqual(heard, ["own"]);
  wait(10_000);
  assert.deepEqual(heard, ["own"]);
});

test("who never pauses sees new counts every five seconds", () => {
  const { heard, catchUp } = upToTen();
  for (let at = 10; at < 70; at++) {
    catchUp.wrote([at, at + 1]);
    catchUp.changed(at + 1);
    wait(200);
    catchUp.busy();
  }
  assert.deepEqual(heard, ["own", "own"]);
});

test("another person's change among one's own is read at once", () => {
  const { heard, catchUp } = upToTen();
  catchUp.wrote([10, 11]);
  catchUp.wrote([12, 13]); // 12 is somebody else's
  catchUp.changed(13);
  wait(80);
  assert.deepEqual(heard, ["others"]);
  catchUp.wrote([13, 14]);
  catchUp.changed(14);
  wait(500);
  assert.deepEqual(heard, ["others", "own"]);
});

test("a change without a line in the journal is read at once", () => {
  const { heard, catchUp } = upToTen();
  catchUp.changed(10);
  wait(80);
  assert.deepEqual(heard, ["others"]);
});

test("the word of an answer may come after the word of the change", () => {
  const { heard, catchUp } = upToTen();
  catchUp.changed(12);
  catchUp.wrote([10, 12]);
  wait(500);
  assert.deepEqual(heard, ["own"]);
});

test("what was read meanwhile is not read once more, and nothing comes after the end", () => {
  const { heard, catchUp } = upToTen();
  catchUp.wrote([10, 11]);
  catchUp.changed(11);
  wait(80);
  catchUp.done();
  wait(1000);
  catchUp.changed(12);
  catchUp.stop();
  wait(1000);
  assert.deepEqual(heard, []);
});

test("after an answer of one's own the rows, the counts and the answered conversation are read again, the questions are not", async () => {
  mock.timers.reset();
  const wrote = { changed: 1, tags: null, wrote: [10, 11] };
  const { events, named, list, close } = open({ "tag.set": () => wrote });
  await settle();
  events.emit("changed", { version: 1, position: 10 });
  await settle(150);
  press(list(), "4");
  await settle();
  const before = (name: string) => named(name).length;
  const [rows, facets, opened, schemes] = ["browse.rows", "browse.facets", "sample.open", "scheme.list"].map(before);
  events.emit("changed", { version: 2, position: 11 });
  await settle(200);
  assert.equal(before("browse.rows"), rows);
  await settle(400);
  assert.equal(before("browse.rows"), rows! + 1);
  assert.equal(before("browse.facets"), facets! + 1);
  assert.deepEqual([before("sample.open"), before("scheme.list")], [opened! + 1, schemes]);
  close();
});

test("what an answered conversation may be called follows the answer, also when the person went on and came back", async () => {
  mock.timers.reset();
  let tier = "raw";
  const { root, events, list, close } = open({
    "tag.set": () => ((tier = "knowledge"), { changed: 1, tags: [], wrote: [10, 11] }),
    "sample.open": ({ id }) => ({ ...sample(id), place: { tier: id === "s0" ? tier : "raw", missing: [] } }),
  });
  await settle();
  events.emit("changed", { version: 1, position: 10 });
  await settle(150);
  press(list(), "4");
  press(list(), "j");
  events.emit("changed", { version: 2, position: 11 });
  await settle(700);
  press(list(), "k");
  await settle();
  assert.equal(root.querySelector("[data-tier]")!.getAttribute("data-tier"), "knowledge");
  close();
});

/** Answer and go on with these pauses, where those without an answer are shown; which were answered, in their order. */
async function answeredOnes(pauses: number[], { slow = 0, many = 30, ways = [] as number[] } = {}): Promise<string[]> {
  mock.timers.reset();
  const all = Array.from({ length: many }, (_, at) => row(at));
  const given: string[] = [];
  const left = () => all.filter((one) => !given.includes(one.id));
  const { events, list, close } = open({
    "browse.rows": async ({ offset, limit }) => {
      const answer = { rows: left().slice(offset, offset + limit), total: left().length };
      if (slow) await settle(slow);
      return answer;
    },
    "tag.set": ({ ids }) => {
      const at = 10 + given.length;
      given.push(ids[0]);
      setTimeout(() => events.emit("changed", { version: at, position: at + 1 }), 20);
      return { changed: 1, tags: [], wrote: [at, at + 1] };
    },
  });
  await settle(2 * slow);
  events.emit("changed", { version: 1, position: 10 });
  await settle(150 + slow);
  for (const [at, pause] of pauses.entries()) {
    press(list(), "4");
    await settle(pause);
    press(list(), "j");
    await settle(ways[at] ?? 30);
  }
  await settle(slow);
  close();
  return given;
}

const first = (count: number): string[] => Array.from({ length: count }, (_, at) => row(at).id);

test("among those without an answer none is passed over, however fast the keys come", async () => {
  assert.deepEqual(await answeredOnes([30, 30, 30, 250, 30, 600, 30, 30, 600]), first(9));
});

test("nor where the person goes on while the rows are on their way", async () => {
  assert.deepEqual(await answeredOnes([30, 30, 30, 560, 30, 30, 30, 560, 30, 30, 30], { slow: 200 }), first(11));
});

test("nor where the next page of rows begins", async () => {
  // Three leave; the second page is read when a fourth was answered that still stands on the first.
  const pauses = Array.from({ length: 60 }, () => 1);
  const ways = Array.from({ length: 60 }, (_, at) => (at === 2 ? 800 : 1));
  assert.deepEqual(await answeredOnes(pauses, { many: 130, ways }), first(60));
});

// In an open queue, too, one's own answers are read again in a pause, and those of others at once.
import { opened } from "./review_world.ts";
import { press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A page that has heard of the journal up to position 10; how often it read the sample that is open. */
async function upToTen() {
  const made = await opened();
  made.changed(10);
  await wait(150);
  const read = (id: string): number => made.calls.filter(([name, args]) => name === "review.sample" && args.id === id).length;
  return { ...made, read };
}

test("after one's own answer nothing is read before a pause", async () => {
  const { room, changed, read, close } = await upToTen();
  const before = read("s0");
  press(room(), "1");
  await wait(20);
  changed(11);
  for (let key = 0; key < 4; key++) {
    await wait(250);
    press(room(), "Shift");
    assert.equal(read("s0"), before, "a key is no pause");
  }
  await wait(500);
  assert.equal(read("s0"), before + 1);
  close();
});

test("what somebody else did is read at once", async () => {
  const { room, changed, read, close } = await upToTen();
  const before = read("s0");
  press(room(), "1");
  await wait(20);
  changed(12);
  await wait(150);
  assert.equal(read("s0"), before + 1);
  close();
});

test("nothing is read once the page is closed", async () => {
  const { room, calls, changed, close } = await upToTen();
  press(room(), "1");
  await wait(20);
  changed(11);
  close();
  const before = calls.length;
  await wait(700);
  assert.equal(calls.length, before);
});

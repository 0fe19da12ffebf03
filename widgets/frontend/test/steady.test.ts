// What keeps the screen steady over a break: commands sent again, the state of the line, and what Python set meanwhile.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { watchLink, type LinkState } from "../src/core/link.ts";
import { makeRpc } from "../src/core/rpc.ts";
import { Traits } from "../src/core/traits.ts";

function wire() {
  const sent: any[] = [];
  let hear: (message: unknown) => void = () => {};
  return {
    sent,
    answer: (message: unknown) => hear(message),
    send: (message: any) => void sent.push(message),
    on: (listener: (message: unknown) => void) => ((hear = listener), () => (hear = () => {})),
  };
}

function traitsWithAClock() {
  let value: unknown = [];
  let time = 0;
  const listeners: (() => void)[] = [];
  const kernelSets = (next: unknown): void => {
    value = next;
    listeners.forEach((listener) => listener());
  };
  const model = {
    get: () => value,
    set: (_name: string, next: unknown) => kernelSets(next),
    save_changes: () => {},
    on: (_event: string, listener: () => void) => void listeners.push(listener),
    off: () => {},
  };
  const traits = new Traits(model, () => time);
  const heard: unknown[] = [];
  traits.on("selection", () => {
    const now = traits.get("selection");
    if (JSON.stringify(now) !== JSON.stringify(heard.at(-1))) heard.push(now);
  });
  return { traits, kernelSets, heard, held: () => value, pass: (ms: number) => (time += ms) };
}

test("after a cut every unanswered command is sent again, in order, under the same number", async () => {
  const line = wire();
  const rpc = makeRpc(line, { page: "p1" });
  const calls = ["a", "b", "c"].map((name) => rpc.call(name));
  line.answer({ kind: "reply", rid: 2, ok: true, result: 2 });
  line.sent.length = 0;
  rpc.resend();
  assert.deepEqual(
    line.sent.map(({ rid, page, done, name }) => [rid, page, done, name]),
    [
      [1, "p1", 0, "a"],
      [3, "p1", 0, "c"],
    ],
  );
  for (const rid of [3, 1, 1]) line.answer({ kind: "reply", rid, ok: true, result: rid });
  assert.deepEqual(await Promise.all(calls), [1, 2, 3]);
});

test("a command says up to where all answers came", () => {
  const line = wire();
  const rpc = makeRpc(line);
  for (const name of ["a", "b"]) void rpc.call(name);
  line.answer({ kind: "reply", rid: 2, ok: true });
  void rpc.call("c");
  line.answer({ kind: "reply", rid: 1, ok: true });
  line.answer({ kind: "reply", rid: 3, ok: true });
  void rpc.call("d");
  assert.deepEqual(
    line.sent.map((command) => command.done),
    [0, 0, 0, 3],
  );
});

test("after the end a command is refused at once and nothing is sent", async () => {
  const line = wire();
  const rpc = makeRpc(line);
  rpc.close();
  await assert.rejects(rpc.call("a"), { code: "closed" });
  assert.equal(line.sent.length, 0);
});

test("a dropped connection is cut, then live; a stopped kernel is gone for good", () => {
  const slots: Record<string, (sender: unknown, value: string) => void> = {};
  const signal = (name: string) => ({ connect: (slot: any) => (slots[name] = slot), disconnect: () => {} });
  const kernel = { connectionStatusChanged: signal("link"), statusChanged: signal("status") };
  const states: LinkState[] = [];
  watchLink({ widget_manager: { kernel }, on: () => {}, off: () => {} }, (state) => states.push(state));
  slots["link"]!(null, "connecting");
  slots["link"]!(null, "connected");
  slots["status"]!(null, "busy");
  slots["status"]!(null, "autorestarting");
  slots["link"]!(null, "connected");
  assert.deepEqual(states, ["cut", "live", "gone"]);
});

test("what the kernel still believed after a break is put right and not followed", () => {
  const { traits, kernelSets, heard, held } = traitsWithAClock();
  for (const id of ["a", "b", "c"]) traits.set("selection", [id]);
  heard.length = 0;
  traits.broken();
  kernelSets(["b"]);
  assert.deepEqual([held(), heard], [["c"], []]);
  kernelSets(["new"]);
  assert.deepEqual([held(), heard], [["new"], [["new"]]]);
});

test("without a break, whatever Python sets is followed, also where the person was before", () => {
  const { traits, kernelSets, heard, held, pass } = traitsWithAClock();
  traits.broken();
  for (const id of ["a", "b"]) traits.set("selection", [id]);
  heard.length = 0;
  pass(60_000);
  kernelSets(["a"]);
  assert.deepEqual([held(), heard], [["a"], [["a"]]]);
});

test("what Python changed after the person holds: an echo does not bring the person's older choice back", () => {
  const { traits, kernelSets, held } = traitsWithAClock();
  for (const id of ["a", "b"]) traits.set("selection", [id]);
  kernelSets(["chosen in Python"]);
  traits.broken();
  kernelSets(["a"]);
  assert.deepEqual(held(), ["chosen in Python"]);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CommandError, makeRpc } from "../src/core/rpc.ts";

function channel() {
  const sent: any[] = [];
  let hear: (message: unknown) => void = () => {};
  return {
    sent,
    answer: (message: unknown) => hear(message),
    send: (message: any) => void sent.push(message),
    on: (listener: (message: unknown) => void) => ((hear = listener), () => (hear = () => {})),
  };
}

test("a command is sent as the contract says, with an integer id", () => {
  const wire = channel();
  const rpc = makeRpc(wire, { page: "p1" });
  void rpc.call("tag.set", { ids: ["s_1"], scheme: "domain", value: "health" });
  const contract = JSON.parse(readFileSync(`${process.cwd()}/../../../tests/contracts/commands.json`, "utf8"));
  assert.deepEqual(wire.sent[0], contract.tag_set.command);
});

test("answers find their command in any order", async () => {
  const wire = channel();
  const rpc = makeRpc(wire);
  const one = rpc.call("a");
  const two = rpc.call("b");
  wire.answer({ kind: "reply", rid: 2, ok: true, result: "second" });
  wire.answer({ kind: "reply", rid: 1, ok: true, result: "first" });
  assert.deepEqual(await Promise.all([one, two]), ["first", "second"]);
  assert.equal(rpc.pending(), 0);
});

test("a refusal rejects with Python's words", async () => {
  const wire = channel();
  const call = makeRpc(wire).call("edit.save");
  const contract = JSON.parse(readFileSync(`${process.cwd()}/../../../tests/contracts/commands.json`, "utf8"));
  wire.answer(contract.stale.reply);
  await assert.rejects(
    call,
    (error: CommandError) => error.code === "stale_revision" && error.details.current === 4 && error.hint.length > 0,
  );
});

test("foreign and repeated messages are ignored", async () => {
  const wire = channel();
  const rpc = makeRpc(wire);
  const call = rpc.call("a");
  for (const noise of [null, 7, {}, { kind: "reply", rid: "1", ok: true }, { kind: "reply", rid: 99, ok: true }])
    wire.answer(noise);
  assert.equal(rpc.pending(), 1);
  wire.answer({ kind: "reply", rid: 1, ok: true, result: 1 });
  wire.answer({ kind: "reply", rid: 1, ok: true, result: 2 });
  assert.equal(await call, 1);
});

test("closing answers everything that waits", async () => {
  const rpc = makeRpc(channel());
  const call = rpc.call("a");
  rpc.close();
  await assert.rejects(call, { code: "closed" });
});

test("a slow command is told about and still answered", async () => {
  const wire = channel();
  const slow: string[] = [];
  const call = makeRpc(wire, { onSlow: (name) => slow.push(name), slowMs: 5 }).call("big");
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(slow, ["big"]);
  wire.answer({ kind: "reply", rid: 1, ok: true, result: 3 });
  assert.equal(await call, 3);
});

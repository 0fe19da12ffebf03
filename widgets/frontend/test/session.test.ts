// Keys that are pressed faster than rows arrive: each is for the row it was pressed on, or for none.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE } from "../src/browse/found.ts";
import { Session } from "../src/browse/session.ts";

const TOTAL = 3 * PAGE;

/** A session whose rows after the first page come only when they are let. */
async function slowSession() {
  const waiting: (() => void)[] = [];
  const call = async (name: string, args: any): Promise<any> => {
    if (name === "scheme.list") return [];
    if (name === "browse.start") return { schemes: [], fields: [], samples: TOTAL, slices: [] };
    if (name === "browse.facets") return [];
    if (name === "sample.open") return { sample: { id: args.id, turns: [] }, tags: [] };
    if (args.offset > 0) await new Promise<void>((let_) => waiting.push(let_));
    const rows = Array.from({ length: PAGE }, (_, at) => ({ id: `s${args.offset + at}` }));
    return { rows, total: TOTAL };
  };
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const session = new Session({ call, trait, notice: (what: unknown) => assert.fail(String(what)) } as any);
  await session.start({ query: "", sort: "best", id: null });
  const given: string[] = [];
  const answer = (value: string): void => session.whenHere(() => void given.push(`${session.currentId}=${value}`));
  const arrive = async (): Promise<void> => {
    waiting.splice(0).forEach((let_) => let_());
    await new Promise((done) => setTimeout(done, 10));
  };
  return { session, given, answer, arrive };
}

test("keys for a row that is on its way are done when it comes, in order", async () => {
  const { session, given, answer, arrive } = await slowSession();
  session.go(PAGE - 1);
  answer("1");
  session.whenHere(() => session.move(1));
  answer("2");
  session.whenHere(() => session.move(1));
  answer("3");
  assert.deepEqual(given, [`s${PAGE - 1}=1`]);
  await arrive();
  assert.deepEqual(given, [`s${PAGE - 1}=1`, `s${PAGE}=2`, `s${PAGE + 1}=3`]);
  session.close();
});

test("keys for a row that was left before it came are done to no other", async () => {
  const { session, given, answer, arrive } = await slowSession();
  session.go(2 * PAGE);
  answer("1");
  session.go(3); // a click into the list
  answer("2");
  session.go(PAGE);
  await arrive();
  assert.deepEqual(given, ["s3=2"]);
  session.close();
});

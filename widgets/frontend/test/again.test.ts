// Rows that are read again under a person: where theirs is now, also when it was on its way, or the pages do not agree.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAgain, type Standing } from "../src/browse/again.ts";
import { PAGE, type Found } from "../src/browse/found.ts";
import { Session } from "../src/browse/session.ts";
import { Pages } from "../src/list/pages.ts";

interface Named {
  id: string;
}

const named = (count: number): Named[] => Array.from({ length: count }, (_, at) => ({ id: `s${at}` }));

/** These pages of the rows are here; `goOn` is what the person does while rows are read again. */
async function pagesOf(rows: Named[], first: number, last: number, goOn: () => void = () => {}) {
  let reading = false;
  const fetch = async (offset: number, limit: number) => {
    if (reading) goOn();
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  };
  const onError = (error: unknown): void => assert.fail(String(error));
  const pages = new Pages<Named>({ size: PAGE, keep: 9, fetch, onPage: () => {}, onError });
  await pages.reload([[first, last]]);
  reading = true;
  const placeOf = async (id: string) => {
    const at = rows.findIndex((row) => row.id === id);
    return at < 0 ? null : at;
  };
  return { pages, total: rows.length, placeOf } as unknown as Found;
}

for (const [left, now] of [
  [1, PAGE + 1],
  [3, PAGE - 1],
  [PAGE, 2],
] as const) {
  test(`who went on to a row that is not here yet stays on it when ${left} of those above it left`, async () => {
    const rows = named(3 * PAGE);
    const at: Standing = { current: PAGE - 1, currentId: null, view: { first: 0, last: PAGE } };
    const found = await pagesOf(rows, 0, PAGE, () => (at.current = PAGE + 2));
    rows.splice(0, left);
    await readAgain(found, at);
    assert.equal(at.current, now);
    assert.equal(rows[at.current]!.id, `s${PAGE + 2}`);
  });
}

test("who waits far down for rows that are not here yet is not taken to the top", async () => {
  const at: Standing = { current: 5 * PAGE, currentId: null, view: { first: 5 * PAGE, last: 5 * PAGE + 20 } };
  const found = await pagesOf(named(9 * PAGE), 0, PAGE);
  assert.deepEqual([await readAgain(found, at), at.current], [0, 5 * PAGE]);
});

test("where all rows around the current one left, the list goes on behind those that did not", async () => {
  const rows = named(9 * PAGE);
  const at: Standing = { current: 2 * PAGE + 20, currentId: null, view: { first: 2 * PAGE + 10, last: 2 * PAGE + 30 } };
  const found = await pagesOf(rows, 0, 5 * PAGE);
  rows.splice(PAGE + 10, 2 * PAGE);
  await readAgain(found, at);
  assert.equal(at.current, PAGE + 10);
});

test("the open conversation stays the current one, however many came above it", async () => {
  const rows = named(3 * PAGE);
  const at: Standing = { current: 20, currentId: "s20", view: { first: 10, last: 30 } };
  const found = await pagesOf(rows, 0, PAGE);
  rows.splice(0, 0, ...Array.from({ length: 4 * PAGE }, (_, one) => ({ id: `new${one}` })));
  rows.splice(4 * PAGE, 20); // and none of those that stood above it is there
  assert.deepEqual([await readAgain(found, at), at.current], [4 * PAGE - 20, 4 * PAGE]);
});

test("where the last rows left, the last one that is there is the current one", async () => {
  const rows = named(PAGE);
  const at: Standing = { current: PAGE - 1, currentId: `s${PAGE - 1}`, view: { first: 10, last: PAGE } };
  const found = await pagesOf(rows, 0, PAGE);
  rows.splice(5);
  await readAgain(found, at);
  assert.equal(at.current, 4);
  rows.splice(0);
  await readAgain(found, at);
  assert.equal(at.current, 0);
});

test("an empty list is read once", async () => {
  let reads = 0;
  const found = await pagesOf([], 0, PAGE, () => reads++);
  await readAgain(found, { current: 0, currentId: null, view: { first: 0, last: 20 } });
  assert.equal(reads, 1);
});

test("where a row left between two pages that were read again, all is read once more and none is missing", async () => {
  const rows = named(2 * PAGE);
  let leaves = false;
  const call = async (name: string, args: any): Promise<any> => {
    if (name === "scheme.list" || name === "browse.facets") return [];
    if (name === "browse.start") return { schemes: [], fields: [], samples: rows.length, slices: [] };
    if (name === "sample.open") return { sample: { id: args.id, turns: [] }, tags: [] };
    const answer = { rows: rows.slice(args.offset, args.offset + args.limit), total: rows.length };
    if (leaves && args.offset === 0) rows.splice(1, 1);
    leaves &&= args.offset !== 0;
    return answer;
  };
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const session = new Session({ call, trait, notice: (what: unknown) => assert.fail(String(what)) } as any);
  await session.start({ query: "", sort: "best", id: null });
  session.go(PAGE - 1);
  await new Promise((done) => setTimeout(done, 10));
  session.view = { first: PAGE - 5, last: PAGE + 5 };
  leaves = true;
  await session.refresh();
  await new Promise((done) => setTimeout(done, 10));
  const shown = Array.from({ length: 10 }, (_, at) => session.found.pages.get(PAGE - 5 + at)?.id);
  assert.deepEqual(shown, rows.slice(PAGE - 5, PAGE + 5).map((row) => row.id));
  assert.deepEqual([session.found.total, session.currentId, session.row?.id], [rows.length, `s${PAGE - 1}`, `s${PAGE - 1}`]);
  session.close();
});

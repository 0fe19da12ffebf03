// Rows leave a list above, or far from, what is on the screen: the next key is for the next conversation all the same.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE } from "../src/browse/found.ts";
import { Session } from "../src/browse/session.ts";

/** A session over many rows of which some leave. */
async function over(many: number) {
  const all = Array.from({ length: many }, (_, at) => `s${at}`);
  const leave = (ids: string[]): void => ids.forEach((id) => all.splice(all.indexOf(id), 1));
  const call = async (name: string, args: any): Promise<any> => {
    if (name === "scheme.list") return [];
    if (name === "browse.start") return { schemes: [], fields: [], samples: many, slices: [] };
    if (name === "browse.facets") return [];
    if (name === "browse.place") return all.includes(args.id) ? all.indexOf(args.id) : null;
    if (name === "sample.open") return { sample: { id: args.id, turns: [] }, tags: [] };
    return { rows: all.slice(args.offset, args.offset + args.limit).map((id) => ({ id })), total: all.length };
  };
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const session = new Session({ call, trait, notice: (what: unknown) => assert.fail(String(what)) } as any);
  await session.start({ query: "", sort: "best", id: null });
  return { session, leave, all };
}

/** At a row, with all rows before it read, and these on the screen. */
async function at(session: Session, row: number, view: [number, number]): Promise<void> {
  for (let first = 0; first <= row; first += PAGE) {
    session.found.pages.need(first, first + 1);
    await arrived();
  }
  session.go(row);
  session.view = { first: view[0], last: view[1] };
  session.found.pages.need(...view);
  await arrived();
}

const arrived = () => new Promise((done) => setTimeout(done, 5));

test("whoever looks elsewhere in the list goes on where they were", async () => {
  for (const row of [3, PAGE - 1, PAGE, PAGE + 7]) {
    const { session, leave } = await over(10 * PAGE);
    await at(session, row, [300, 330]);
    leave([`s${row}`]);
    await session.recount();
    session.move(1);
    await arrived();
    assert.equal(session.currentId, `s${row + 1}`);
    session.close();
  }
});

test("nor does it matter how many rows leave above what is on the screen", async () => {
  for (const gone of [[], ["s95"]]) {
    const { session, leave, all } = await over(10 * PAGE);
    await at(session, 95, [75, 105]);
    leave([...all.slice(10, 80), ...gone]);
    await session.refresh();
    await arrived();
    assert.equal(session.currentId, "s95");
    session.move(1);
    await arrived();
    assert.equal(session.currentId, "s96");
    session.close();
  }
});

test("where all rows above left, the list goes on at its top", async () => {
  const { session, leave, all } = await over(3 * PAGE);
  await at(session, 20, [5, 35]);
  leave(all.slice(0, 21));
  await session.refresh();
  session.move(1);
  await arrived();
  assert.equal(session.currentId, "s21");
  session.close();
});

// The rows are read again while a person goes on: they stay on the conversation they came to.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE } from "../src/browse/found.ts";
import { Session } from "../src/browse/session.ts";

const TOTAL = 4 * PAGE;

/** A session that has read its first two pages; `slow` holds back every answer from then on, `arrive` lets all of them come. */
async function reading() {
  const gone = new Set<string>();
  let waiting: (() => void)[] = [];
  let slow = false;
  const ids = (): string[] => Array.from({ length: TOTAL }, (_, at) => `s${at}`).filter((id) => !gone.has(id));
  const answers: Record<string, (args: any) => unknown> = {
    "browse.start": () => ({ schemes: [], fields: [], samples: TOTAL, slices: [] }),
    "sample.open": ({ id }) => ({ sample: { id, turns: [] }, tags: [] }),
    "browse.place": ({ id }) => (gone.has(id) ? null : ids().indexOf(id)),
    "browse.rows": ({ offset, limit }) => ({ rows: ids().slice(offset, offset + limit).map((id) => ({ id })), total: ids().length }),
  };
  const call = async (name: string, args: any): Promise<any> => {
    const answer = answers[name]?.(args) ?? [];
    if (slow) await new Promise<void>((come) => waiting.push(come));
    return answer;
  };
  const trait = { get: () => "", set: () => {}, on: () => () => {} };
  const session = new Session({ call, trait, notice: (what: unknown) => assert.fail(String(what)) } as any);
  await session.start({ query: "", sort: "best", id: null });
  session.found.pages.need(PAGE, 2 * PAGE);
  const rest = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
  await rest();
  const arrive = async (): Promise<void> => {
    for (let round = 0; round < 8; round++) {
      waiting.splice(0).forEach((come) => come());
      await rest();
    }
  };
  return { session, gone, arrive, slow: () => void (slow = true) };
}

test("whoever goes on past the rows that are read again is not taken back to their end", async () => {
  const { session, arrive, slow } = await reading();
  session.go(PAGE - 10);
  slow();
  const read = session.refresh();
  for (let at = 0; at < 15; at++) session.move(1);
  assert.equal(session.currentId, `s${PAGE + 5}`);
  await arrive();
  await read;
  assert.deepEqual([session.current, session.currentId, session.gone], [PAGE + 5, `s${PAGE + 5}`, false]);
  session.move(1);
  assert.equal(session.current, PAGE + 6);
  session.close();
});

test("where rows above have left meanwhile, they stay on theirs", async () => {
  const { session, gone, arrive, slow } = await reading();
  session.go(PAGE - 10);
  for (const id of ["s1", "s2", "s3"]) gone.add(id);
  slow();
  const read = session.refresh();
  for (let at = 0; at < 15; at++) session.move(1);
  await arrive();
  await read;
  assert.deepEqual([session.current, session.currentId], [PAGE + 2, `s${PAGE + 5}`]);
  session.close();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Pages } from "../src/list/pages.ts";

function pages(keep = 3) {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const made = new Pages<number>({
    size: 10,
    keep,
    fetch: (offset) => (
      asked.push(offset),
      new Promise((done) =>
        answers.push(() => done({ rows: Array.from({ length: 10 }, (_, at) => offset + at), total: 1000 })),
      )
    ),
    onPage: () => {},
    onError: (error) => assert.fail(String(error)),
  });
  const settle = async (): Promise<void> => {
    for (const answer of answers.splice(0)) answer();
    await new Promise((done) => setTimeout(done));
  };
  return { made, asked, answers, settle };
}

test("a page is asked for once", async () => {
  const { made, asked, settle } = pages();
  made.need(0, 15);
  made.need(5, 12);
  await settle();
  assert.deepEqual(asked, [0, 10]);
  assert.equal(made.get(14), 14);
  assert.equal(made.get(20), undefined);
});

test("the least recently used page is forgotten", async () => {
  const { made, settle } = pages(2);
  for (const first of [0, 10, 0, 20]) {
    made.need(first, first + 5);
    await settle();
  }
  assert.equal(made.get(0), 0);
  assert.equal(made.get(10), undefined);
});

test("answers to an older query are ignored", async () => {
  const { made, settle } = pages();
  made.need(0, 5);
  made.clear();
  await settle();
  assert.equal(made.get(0), undefined);
});

test("old rows stay until the new ones are there", async () => {
  const { made, settle } = pages();
  made.need(0, 5);
  await settle();
  const reloading = made.reload([[0, 5]]);
  assert.equal(made.get(3), 3);
  await settle();
  await reloading;
  assert.equal(made.get(3), 3);
});

test("what is in view and could not be asked for yet is asked for as soon as others are there", async () => {
  const { made, asked, settle } = pages();
  made.need(0, 25);
  assert.deepEqual(asked, [0, 10]);
  await settle();
  assert.deepEqual(asked, [0, 10, 20]);
});

test("a page that was asked for before all was read again, and comes after that, is ignored", async () => {
  const { made, answers, settle } = pages();
  made.need(20, 25);
  const [old] = answers.splice(0);
  const reloading = made.reload([[0, 5]]);
  await settle();
  await reloading;
  old!();
  await settle();
  assert.deepEqual([made.get(3), made.get(20)], [3, undefined]);
});

test("a reload between two of whose pages rows came or went says that these do not fit to one another", async () => {
  const totals = [30, 30, 29];
  const heard: string[] = [];
  const made = new Pages<number>({
    size: 10,
    keep: 3,
    fetch: async (offset) => ({ rows: [offset], total: totals[offset / 10]! }),
    onPage: (answer, how) => heard.push(`${answer.total} ${how}`),
    onError: (error) => assert.fail(String(error)),
  });
  const counted: number[] = [];
  await made.reload([[0, 30]], (total) => counted.push(total));
  assert.deepEqual(heard, ["30 anew", "30 anew", "29 more"]);
  assert.deepEqual(counted, [30]);
});

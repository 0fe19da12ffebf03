import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import type { Scheme, Tag } from "../src/core/nouns.ts";
import { chosen, offerKeys, offerOf, offers, toggled } from "../src/review/choices.ts";
import { Form } from "../src/review/form.ts";
import { PaceMeter } from "../src/review/pace.ts";
import { ReviewPage } from "../src/review/page.ts";
import { Walk } from "../src/review/walk.ts";
import { planKeys } from "../src/tags/assign.ts";
import { openChooser } from "../src/tags/chooser.ts";
import { command } from "../src/tags/decisions.ts";
import { Quick } from "../src/tags/quick.ts";

const scheme = (name: string, kind: Scheme["kind"], choices: Scheme["choices"], more: Partial<Scheme> = {}): Scheme => ({
  name,
  kind,
  on: "sample",
  open: false,
  ...(choices ? { choices } : {}),
  ...more,
});
const scale = scheme(
  "naturalness",
  "ordinal",
  [1, 2, 3, 4, 5].map((point) => ({ value: String(point), label: `point ${point}`, key: String(point) })),
  { suggestion: "after_answer" },
);
const domain = scheme("domain", "hierarchical", [
  { value: "health", label: "Health" },
  { value: "health/lab", label: "Laboratory" },
  { value: "law", label: "Law" },
], { suggestion: "prefill" });
const walk = (items: number, done: number[] = [], skipped: number[] = [], next: number | null = 0): Walk =>
  new Walk({ items: Array.from({ length: items }, (_, at) => ({ sample: `s${at}` })), done, skipped, next });

test("what is done and what was put off is passed over, and comes back at the end", () => {
  const here = walk(5, [1], [2]);
  assert.equal(here.following(0), 3);
  here.mark(3, true);
  here.mark(4, true);
  assert.equal(here.following(0), 2);
  here.mark(2, true);
  assert.equal(here.following(0), null);
  assert.equal(here.left, 1);
});

test("what comes next is listed in the order in which it will come", () => {
  assert.deepEqual(walk(5, [1], [2]).coming(3, 9), [4, 0, 2]);
});

test("skipping again puts to the very end, and an answer taken back opens an item", () => {
  const here = walk(3, [], [0, 1], 2);
  here.skip(0);
  assert.deepEqual(here.coming(2, 9), [1, 0]);
  here.mark(2, true);
  here.mark(2, false);
  assert.equal(here.doneCount, 0);
});

test("pace leaves breaks out, and goes on from what Python knew", () => {
  const meter = new PaceMeter({ decisions: 0, seconds: 0, per_minute: null });
  for (const at of [0, 10, 20, 30, 1000]) meter.tick(at * 1000);
  assert.equal(meter.perMinute, 6);
  assert.equal(meter.minutesFor(12), 2);
  const later = new PaceMeter({ decisions: 7, seconds: 60, per_minute: 6 });
  assert.equal(later.perMinute, 6);
  assert.equal(later.decisions, 7);
});

test("every kind of question offers its answers with a key each", () => {
  assert.deepEqual(offers(scale, []).map((offer) => [offer.key, offer.value]), [["1", 1], ["2", 2], ["3", 3], ["4", 4], ["5", 5]]);
  const yes = scheme("polite", "boolean", undefined);
  assert.deepEqual(offers(yes, []).map((offer) => [offer.key, offer.value]), [["1", true], ["2", false]]);
  const own = scheme("right", "nominal", [{ value: "right", key: "r" }, { value: "skip", key: "s" }]);
  assert.deepEqual(offers(own, []).map((offer) => offer.key), ["r", "2"]);
  assert.equal(offerOf(offers(own, []), "1")?.value, "right");
  assert.deepEqual(offerKeys(offers(own, [])), ["r", "2", "1"]);
  assert.deepEqual(offers(domain, ["law", "gone", "health/lab"]).map((offer) => offer.words), ["Law", "Health › Laboratory"]);
  assert.deepEqual(offers(scheme("why", "text", undefined), []), []);
});

test("several choices are added and taken away one by one", () => {
  assert.deepEqual(toggled(["b"], "a"), ["a", "b"]);
  assert.equal(toggled(["a"], "a"), null);
  assert.ok(chosen(["a", "b"], "b"));
});

test("digits of a long list stay put: a new answer takes the place not used for longest", async () => {
  const kept: Record<string, unknown> = {};
  const quick = new Quick({
    remember: (name, value) => void (kept[name] = value),
    recall: async () => null,
  } as Pick<Ctx, "remember" | "recall">);
  const nine = [..."abcdefghi"];
  await quick.load("domain", nine, () => true);
  for (const value of nine.filter((item) => item !== "d")) quick.use("domain", value);
  quick.use("domain", "new");
  assert.deepEqual(quick.values("domain"), [..."abc", "new", ..."efghi"]);
  assert.deepEqual(kept["quick.domain"], quick.values("domain"));
});

test("a decision of a review queue goes to the command that keeps it", () => {
  const decision = { ids: ["s1"], scheme: "naturalness", value: 4, turn: null };
  assert.equal(command(decision)[0], "tag.set");
  assert.equal(command({ ...decision, value: null })[0], "tag.clear");
  assert.deepEqual(command({ ...decision, review: { queue: "q", how: "again" } }), [
    "review.again",
    { ids: ["s1"], scheme: "naturalness", value: 4, queue: "q" },
  ]);
  assert.equal(command({ ...decision, review: { queue: "q", how: "settle", note: "why" } })[1].note, "why");
  for (const how of ["again", "settle"] as const) assert.equal(command({ ...decision, review: { queue: "q", how } }, 5)[1].age, 5);
});

test("in the list of a long question digits answer while nothing is typed, and 0 is cannot say", () => {
  const given: unknown[] = [];
  const open = (): HTMLInputElement => {
    page.replaceChildren();
    openChooser(page, {
      scheme: domain,
      current: undefined,
      subject: "",
      quick: ["law", "health/lab"],
      onChoose: (value) => given.push(value),
    });
    return page.querySelector("input")!;
  };
  press(open(), "2");
  press(open(), "0");
  const input = open();
  input.value = "lab";
  input.dispatchEvent(new Event("input"));
  press(input, "1");
  press(input, "Enter");
  assert.deepEqual(given, ["health/lab", "cannot say", "health/lab"]);
});

test("cannot say has the key 0 on the scale, unless 0 is a point of it", () => {
  assert.deepEqual(planKeys([domain, scale]).answers.get("0"), { scheme: "naturalness", value: "cannot say" });
  const zero = scheme("mood", "ordinal", [0, 1].map((point) => ({ value: String(point), key: String(point) })));
  assert.deepEqual(planKeys([zero]).answers.get("0"), { scheme: "mood", value: "0" });
});

// --- a whole page against a small Python

interface World {
  calls: [string, Record<string, unknown>][];
  ctx: Ctx;
  tags: Tag[];
}

function world(others: Tag[], order = "random"): World {
  const tags: Tag[] = [...others];
  const calls: World["calls"] = [];
  const seen = (sample: string): Tag[] => {
    const here = tags.filter((tag) => tag.sample === sample);
    const answered = here.some((tag) => tag.author === "ana" && tag.scheme === "naturalness");
    return here.filter((tag) => tag.author === "ana" || tag.scheme !== "naturalness" || answered);
  };
  const done = (sample: string): boolean =>
    ["domain", "naturalness"].every((name) => tags.some((tag) => tag.sample === sample && tag.scheme === name && tag.author === "ana"));
  const answers: Record<string, (args: any) => unknown> = {
    "me.recall": () => ({ value: null }),
    "review.open": () => {
      const items = [{ sample: "s0" }, { sample: "s1" }, { sample: "s2" }];
      const ready = items.flatMap((item, at) => (done(item.sample) ? [at] : []));
      const next = items.findIndex((_, at) => !ready.includes(at));
      return {
        queue: { id: "q", name: "Morning", order, query: "", together: true, each_turn: false, found: 3, ranked: 0, author: "ana", schemes: ["domain", "naturalness"] },
        schemes: [domain, scale],
        items,
        done: ready,
        skipped: [],
        next: next < 0 ? null : next,
        pace: { decisions: 0, seconds: 0, per_minute: null },
        quick: { domain: ["health/lab", "law"], naturalness: [] },
        examples: [],
        reports: {},
      };
    },
    "review.sample": ({ id }) => ({
      sample: { id, turns: [{ id: "t1", role: "user", content: `text of ${id}` }], origin: { kind: "written" }, source: "", revision: 1, state: "active", created_at: 0, updated_at: 0 },
      synthetic: false, depth: 0, source: null, tags: seen(id), notes: [], parents: [], children: [], branch_of: null, titles: {},
      asked: [{ scheme: "domain" }, { scheme: "naturalness" }],
      answered: [],
      hidden: others.some((tag) => tag.sample === id && tag.scheme === "naturalness") ? { "naturalness ": 1 } : {},
    }),
    "review.titles": () => ({}),
    "review.skip": () => ({}),
    "review.results": () => ({ done: 3, total: 3, pace: { decisions: 6, seconds: 30, per_minute: 12, middle: 5 }, answers: [], again: [], agreement: [], flips: [] }),
    "review.start": () => ({ schemes: [domain, scale], queues: [{ id: "q", name: "Morning", order, author: "ana", at: 0, query: "", schemes: ["domain"], total: 3, done: 0 }], samples: 3 }),
    "review.count": () => ({ count: 3 }),
    "review.about": () => ({ agreement: { percent: null, alpha: null, units: 0 }, disputed: 0, again: { pairs: 0, percent: null, kappa: null }, flips: { flips: 0, rate: null, pull: null, suggested: 0, policy: "" }, suggestions: null, answered: 3, fewest: 20 }),
    "tag.set": ({ ids, scheme: name, value }) => {
      for (const sample of ids) {
        const at = tags.findIndex((tag) => tag.sample === sample && tag.scheme === name && tag.author === "ana");
        if (at >= 0) tags.splice(at, 1);
        tags.push({ sample, scheme: name, value, author: "ana", at: 1, machine: false });
      }
      return { changed: 1, tags: ids.flatMap(seen) };
    },
    "step.undo": () => {
      tags.pop();
      return { step: { label: "tag", samples: 1 } };
    },
  };
  const ctx = {
    author: "ana",
    call: async (name: string, args: Record<string, unknown> = {}) => {
      calls.push([name, args]);
      const answer = answers[name];
      if (!answer) throw new Error(`no ${name}`);
      return structuredClone(answer(args));
    },
    on: () => () => {},
    navigate: () => {},
    notice: () => {},
    remember: () => {},
    recall: async () => null,
    trait: { get: () => "", set: () => {}, on: () => () => {} },
  } as unknown as Ctx;
  return { calls, ctx, tags };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

async function opened(others: Tag[] = [], order = "random"): Promise<World & { root: HTMLElement; room: () => Element; close: () => void }> {
  const made = world(others, order);
  page.replaceChildren();
  const root = document.createElement("div");
  root.className = "wb-root";
  page.append(root);
  const review = new ReviewPage(root, made.ctx);
  await settle();
  press(root, "1");
  await settle();
  await settle();
  return { ...made, root, room: () => root.querySelector(".wb-review")!, close: () => review.close() };
}

const question = (root: HTMLElement): string => root.querySelector<HTMLElement>(".wb-ask-now")?.dataset.scheme ?? "";

test("two keys answer a conversation and the next one comes by itself, to the end", async () => {
  const { root, room, tags, close } = await opened();
  for (const sample of ["s0", "s1", "s2"]) {
    assert.match(root.textContent!, new RegExp(`text of ${sample}`));
    assert.equal(question(root), "domain");
    press(room(), "1");
    assert.equal(question(root), "naturalness");
    press(room(), "4");
    await settle();
  }
  assert.match(root.textContent!, /All done/);
  assert.deepEqual(tags.map((tag) => tag.value), ["health/lab", 4, "health/lab", 4, "health/lab", 4]);
  close();
});

test("a suggestion counts as nothing before Enter takes it", async () => {
  const advice: Tag = { sample: "s0", scheme: "domain", value: "law", author: "nearest samples", at: 1, machine: true, confidence: 0.8 };
  const { root, room, tags, close } = await opened([advice]);
  assert.match(root.querySelector(".wb-advice")!.textContent!, /Law.*80 % sure/);
  assert.equal(tags.filter((tag) => tag.author === "ana").length, 0);
  press(room(), "Enter");
  await settle();
  assert.deepEqual(tags.filter((tag) => tag.author === "ana").map((tag) => tag.value), ["law"]);
  assert.equal(question(root), "naturalness");
  close();
});

test("others' answers are shown after mine, and then I may change it", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 2, author: "ben", at: 1, machine: false };
  const { root, room, tags, close } = await opened([other]);
  press(room(), "1");
  assert.doesNotMatch(root.textContent!, /ben/);
  press(room(), "4");
  await settle();
  assert.match(root.querySelector(".wb-reveal")!.textContent!, /ben.*2/);
  press(room(), "2");
  await settle();
  assert.match(root.textContent!, /text of s1/);
  assert.deepEqual(tags.filter((tag) => tag.author === "ana" && tag.scheme === "naturalness").map((tag) => tag.value), [2]);
  close();
});

test("when the others say the same nothing holds the person up", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 4, author: "ben", at: 1, machine: false };
  const { root, room, close } = await opened([other]);
  press(room(), "1");
  press(room(), "4");
  await settle();
  await settle();
  assert.match(root.textContent!, /text of s1/);
  close();
});

test("later, back, undo and cannot say have their keys", async () => {
  const { root, room, tags, calls, close } = await opened();
  press(room(), "s");
  await settle();
  assert.match(root.textContent!, /text of s1/);
  assert.deepEqual(calls.find(([name]) => name === "review.skip")![1], { queue: "q", id: "s0" });
  press(room(), "k");
  await settle();
  assert.match(root.textContent!, /text of s0/);
  press(room(), "0");
  await settle();
  assert.equal(tags.at(-1)!.value, "cannot say");
  press(room(), "u");
  await settle();
  await settle();
  assert.equal(tags.length, 0);
  assert.equal(question(root), "domain");
  close();
});

test("what is asked again goes to its own command and shows no earlier answer", async () => {
  const mine: Tag = { sample: "s0", scheme: "domain", value: "law", author: "ana", at: 1, machine: false };
  const { room, calls, close } = await opened([mine], "again");
  press(room(), "1");
  await settle();
  const [, args] = calls.find(([name]) => name === "review.again")!;
  assert.deepEqual(args, { ids: ["s0"], scheme: "domain", value: "health/lab", queue: "q" });
  close();
});

test("keys pressed before the others' answers are there wait for the next question, and never change a blind answer", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 4, author: "ben", at: 1, machine: false };
  const { root, room, tags, close } = await opened([other]);
  for (const name of ["1", "4", "2", "5"]) press(room(), name);
  await settle();
  await settle();
  await settle();
  const mine = tags.filter((tag) => tag.author === "ana").map((tag) => [tag.sample, tag.scheme, tag.value]);
  assert.deepEqual(mine, [
    ["s0", "domain", "health/lab"],
    ["s0", "naturalness", 4],
    ["s1", "domain", "law"],
    ["s1", "naturalness", 5],
  ]);
  assert.match(root.textContent!, /text of s2/);
  close();
});

test("before a queue is open the code drawer is told the queue that Start would make", async () => {
  const form = new Form({ call: async () => ({ count: 1 }), remember: () => {}, notice: () => {} } as any, () => {});
  assert.deepEqual(form.acts(), []);
  form.show([domain, scale], { schemes: ["naturalness"], query: "lab", order: "uncertain" });
  const [act, ...more] = form.acts();
  assert.deepEqual(more, []);
  assert.equal(act!.name, "review.make");
  assert.deepEqual([act!.args.schemes, act!.args.query, act!.args.order, "seed" in act!.args], [["naturalness"], "lab", "uncertain", false]);
  form.close();
});

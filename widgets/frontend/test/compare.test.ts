// Candidates side by side: the order as a value, the columns, and the keys from first place to the next request.
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { openCompare } from "../src/panels/generate_compare.ts";
import * as o from "../src/panels/generate_compare_order.ts";
import type { Line } from "../src/panels/generate_types.ts";

const line = (id: string, group: string, run = "r"): Line => ({ id, run, row: 1, recipe: "rank_n", group, rank: null, turns: 2, start: id, worst: "", findings: 0 });
const said = (id: string, words: string, rank: number | null = null): o.Candidate => ({ id, rank, changed: 0, turns: [{ id: "t3", role: "assistant", content: words }], gates: [] });
const asked = (group: string, ...candidates: o.Candidate[]): o.Compared => ({ run: "r", group, shared: [{ id: "t1", role: "user", content: "Is it open?" }], candidates });
const later = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 520)); // looks are that far apart

test("places may be shared, missing and taken back, and only what changed is saved", () => {
  let order = o.orderOf([said("a", "x", 2), said("b", "y"), said("c", "z")]);
  assert.deepEqual(o.changes(order), {});
  assert.equal(o.tied(order, "b"), null);
  order = o.placed(order, "b", 1);
  order = o.tied(order, "c")!;
  order = o.placed(order, "a", null);
  assert.deepEqual(o.changes(order), { a: null, b: 1, c: 1 });
  assert.deepEqual(["a", "b", "c"].map((id) => o.isShared(order, id)), [false, true, true]);
  assert.deepEqual(o.changes(o.savedNow(order)), {});
});

test("the best are those on the best place that was given, whatever its number", () => {
  const all = ["a", "b", "c"].map((id) => said(id, id));
  const order = o.placed(o.placed(o.orderOf(all), "b", 3), "c", 2);
  assert.deepEqual(o.bestOf(order, all), ["c"]);
  assert.deepEqual(o.bestOf(o.orderOf(all), all), []);
  assert.deepEqual(o.everyPlace(order, all), { a: null, b: 3, c: 2 });
});

test("candidates that come later stand behind those that are there, and keep their letters", () => {
  const now = asked("g", said("b", "b"), said("d", "d"));
  const joined = o.joinedBy(now, asked("g", said("a", "a"), said("b", "b", 1), said("c", "c")));
  assert.deepEqual(joined.candidates.map((one) => [one.id, one.rank]), [["b", 1], ["a", null], ["c", null]]);
  const letters = new o.Letters();
  assert.deepEqual(["b", "d", "b", "a"].map((id) => letters.of(id)), ["A", "B", "A", "C"]);
});

test("only requests with several candidates are there to compare", () => {
  assert.deepEqual(o.requests([line("a", "g"), line("x", ""), line("b", "g"), line("c", "h"), line("d", "g", "other")]), [["a", "b"]]);
});

function opened(refused = false, slow: Promise<unknown> = Promise.resolve()) {
  const requests = { g: asked("g", said("a", "At six."), said("b", "At nine."), said("c", "At six.")), h: asked("h", said("d", "Yes."), said("e", "No.")) };
  const sent: [string, any][] = [];
  const answers: Record<string, (args: any) => unknown> = {
    "draft.candidates": ({ id }) => (["a", "b", "c"].includes(id) ? { ...requests.g, candidates: [...requests.g.candidates] } : slow.then(() => requests.h)),
    "draft.reveal": () => ({ candidates: [{ id: "a", row: 0, model: "big <b>model</b>", recipe: "rank_n 1", temperature: 0.2, score: 3, scored_by: "judge", won: 0.5, compared_by: "other" }], tau: 1, domain: "finance", agreed: { requests: 6, tau: 0.25, low: -0.1, high: 0.6 }, refused: "too little" }),
  };
  let groups = [["a", "b", "c"], ["d", "e"]];
  let closed: string | null = null;
  let changed = (): void => {};
  const ctx = {
    call: (name: string, args: any) => (sent.push([name, args]), refused && name === "draft.rank" ? Promise.reject(new Error("decided already")) : Promise.resolve(answers[name]?.(args) ?? {})),
    on: (_: string, hear: () => void) => ((changed = hear), () => {}),
    notice: (what: unknown) => refused || assert.fail(String(what)),
  } as unknown as Ctx;
  page.replaceChildren();
  page.className = "wb-root";
  const behind = document.createElement("div");
  page.append(behind);
  openCompare(ctx, page, "b", {
    requests: () => groups,
    decided: (ids) => void (groups = groups.filter((all) => !all.some((id) => ids.includes(id)))),
    ranked: () => {},
    closed: (id) => void (closed = id),
  });
  const view = (): HTMLElement => page.querySelector(".wb-compare")!;
  return { sent, behind, view, requests, changed: () => changed(), closed: () => closed, keys: (...names: string[]) => names.forEach((key) => press(document.activeElement?.closest(".wb-compare") ? document.activeElement : view(), key)) };
}

const letters = (view: HTMLElement): string[] => [...view.querySelectorAll(".wb-compare-letter")].map((item) => item.textContent!);
const places = (view: HTMLElement): string[] => [...view.querySelectorAll("[data-part=place]")].map((item) => item.textContent!);

test("an order is given by key and saved as one command before the next request opens", async () => {
  const { sent, view, keys, behind } = opened();
  await later();
  assert.equal(behind.inert, true);
  assert.deepEqual(letters(view()), ["A", "B", "C"]);
  assert.ok(!view().textContent!.includes("big"));
  assert.match(view().textContent!, /says the same as A/);
  keys("2", "ArrowRight", "1", "ArrowRight", "=");
  assert.deepEqual(places(view()), ["place 2", "place 1, shared", "place 1, shared"]);
  assert.equal(view().dataset["unsaved"], "an order that is not saved");
  keys("4", "0");
  assert.deepEqual(places(view()), ["place 2", "place 1", "no place yet"]);
  keys("Enter");
  await later();
  assert.deepEqual(sent.filter(([name]) => name === "draft.rank"), [["draft.rank", { ranks: { a: 2, b: 1 } }]]);
  assert.match(view().textContent!, /request 2 of 2/);
  assert.equal(view().dataset["unsaved"], undefined);
});

test("a place that is given while the order is saved is saved, too", async () => {
  const { sent, view, keys } = opened();
  await later();
  keys("1", "Enter", "ArrowRight", "2");
  await later();
  assert.deepEqual(sent.filter(([name]) => name === "draft.rank"), [["draft.rank", { ranks: { a: 1 } }], ["draft.rank", { ranks: { b: 2 } }]]);
  assert.match(view().textContent!, /request 2 of 2/);
});

test("the best is accepted with every candidate that was seen, then the next request opens, then the page is back", async () => {
  const { sent, view, keys, closed } = opened();
  await later();
  keys("a");
  assert.match(view().querySelector("[role=status]")!.textContent!, /on place 1 first/);
  keys("ArrowRight", "1", "a");
  await later();
  assert.deepEqual(sent.filter(([name]) => name === "draft.prefer"), [["draft.prefer", { ranks: { a: null, b: 1, c: null }, seen: { a: 0, b: 0, c: 0 } }]]);
  assert.deepEqual(letters(view()), ["A", "B"]);
  keys("1", "a");
  await later();
  assert.equal(closed(), "");
  assert.equal(page.querySelector(".wb-compare"), null);
});

test("who wrote what is told when asked, after the order so far is kept, as text only", async () => {
  const { sent, view, keys } = opened();
  await later();
  keys("1", "v");
  await later();
  assert.deepEqual(sent.map(([name]) => name).filter((name) => name !== "draft.candidates"), ["draft.rank", "draft.reveal"]);
  assert.match(view().querySelector("[data-part=maker]")!.textContent!, /big <b>model<\/b> · freedom 0.2 · judge gives 3 of 4 · other, comparing both ways, prefers it in 50 % of its pairs/);
  assert.equal(view().querySelector("[data-part=maker] b"), null);
  assert.equal(view().querySelector("[role=status]")!.textContent, "Your order and the machine's: tau 1.00 here. finance: tau 0.25 (-0.10 to 0.60) over 6 requests. A machine's order is not exported there.");
});

test("the others are compared with one, word by word", async () => {
  const { view, keys } = opened();
  await later();
  keys("d");
  const [base, other, same] = [...view().querySelectorAll(".wb-compare-column")];
  assert.match(base!.textContent!, /the base/);
  assert.equal(other!.querySelector("del")?.textContent, "six");
  assert.equal(other!.querySelector("ins")?.textContent, "nine");
  assert.equal(same!.querySelector("del"), null);
  keys("d");
  assert.equal(view().querySelector("ins"), null);
});

test("leaving keeps the order and opens the candidate that was looked at", async () => {
  const { sent, keys, closed, behind } = opened();
  await later();
  keys("ArrowRight", "2", "o");
  await later();
  assert.deepEqual(sent.at(-1), ["draft.rank", { ranks: { b: 2 } }]);
  assert.equal(closed(), "b");
  assert.equal(behind.inert, false);
});

test("an order that cannot be saved keeps nobody in the view", async () => {
  const { view, keys, closed } = opened(true);
  await later();
  keys("1", "Escape");
  await later();
  assert.equal(closed(), null);
  assert.match(view().querySelector("[role=status]")!.textContent!, /Esc once more/);
  keys("Escape");
  await later();
  assert.equal(closed(), "");
});

test("the next request is asked for before a person goes there", async () => {
  const { sent } = opened();
  await later();
  assert.deepEqual(sent, [["draft.candidates", { id: "b" }], ["draft.candidates", { id: "d" }]]);
});

test("a candidate that comes leaves the keys in the reason sheet, and they are back in the view when it closes", async () => {
  const { view, keys, requests, changed } = opened();
  await later();
  keys("x");
  const own = page.querySelector<HTMLInputElement>("[role=dialog] input")!;
  own.focus();
  requests.g.candidates.push(said("f", "At ten."));
  changed();
  await later();
  assert.deepEqual(letters(view()), ["A", "B", "C", "D"]);
  assert.equal(document.activeElement, own);
  press(own, "Escape");
  assert.ok(view().contains(document.activeElement));
});

test("while the next request is on its way no key decides on the one before", async () => {
  let come = (_: unknown): void => {};
  const { sent, view, keys } = opened(false, new Promise((done) => (come = done)));
  await later();
  keys("ArrowRight", "n");
  await later();
  keys("1", "=", "d", "a", "x", "v", "Enter");
  view().querySelector<HTMLElement>(".wb-compare-digit")?.click();
  await later();
  assert.deepEqual(sent.filter(([name]) => name !== "draft.candidates"), []);
  assert.equal(page.querySelector("[aria-label='Why is it rejected?']"), null);
  come(0);
  await later();
  keys("1");
  assert.deepEqual(places(view()), ["place 1", "no place yet"]);
});

test("a candidate that joins, and a place that is given, leave the columns as the person has them", async () => {
  const { view, keys, requests, changed } = opened();
  await later();
  const come = async (id: string, words: string): Promise<void> => (requests.g.candidates.push(said(id, words)), changed(), settled());
  await come("f", "y".repeat(300_000));
  const column = (): HTMLElement => view().querySelector<HTMLElement>("[data-draft-id=f]")!;
  column().querySelector<HTMLElement>(".wb-text > .wb-button")!.click();
  const text = column().querySelector(".wb-text");
  keys("2");
  view().querySelector<HTMLElement>("[data-action=compare-save]")!.focus();
  await come("i", "At ten.");
  assert.deepEqual(letters(view()), ["A", "B", "C", "D", "E"]);
  assert.equal(column().querySelector(".wb-text"), text);
  assert.equal(text!.textContent!.length, 300_000);
  assert.equal((document.activeElement as HTMLElement).dataset["action"], "compare-save", "the keys stay where they were");
});

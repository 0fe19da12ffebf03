// Review, tags, questions, steps and the map are read again because of what others did: a person's focus, what they
// scrolled to, what they half set and what they are just asked stays.
import { opened } from "./review_world.ts";
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import type { Scheme } from "../src/core/nouns.ts";
import { chosenCard } from "../src/map/chosen.ts";
import { legendView } from "../src/map/legend.ts";
import { regionList } from "../src/map/regions.ts";
import type { Picture, Selection } from "../src/map/types.ts";
import { mount as editor } from "../src/panels/editor.ts";
import { mount as tagPanel } from "../src/panels/tags.ts";
import { StartPage } from "../src/review/start.ts";
import { openSchemes } from "../src/schemes/editor.ts";
import { StepsPanel } from "../src/steps/panel.ts";
import { domain, scale } from "./tags_world.ts";

(globalThis as any).MutationObserver ??= class {
  observe(): void {}
  disconnect(): void {}
};
(window as any).HTMLCanvasElement.prototype.getContext = () => null;
const closing: (() => void)[] = [];
after(() => closing.forEach((close) => close()));
const settle = (ms = 20): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A context on a Python that answers with `answers`; `tell` says that something changed. */
function world(answers: Record<string, (args: any) => unknown>, values: Record<string, unknown> = {}) {
  const heard: (() => void)[] = [];
  const ctx = {
    author: "ana",
    call: async (name: string, args: any = {}) => answers[name]!(args),
    on: (event: string, hear: () => void) => (event === "changed" && heard.push(hear), () => {}),
    trait: { get: (name: string) => values[name], set: () => {}, on: () => () => {} },
    notice: (what: unknown) => assert.fail(String(what)),
    remember: () => {},
    recall: async () => ({ order: "random", count: 50 }),
  } as unknown as Ctx;
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  return { ctx, root, at: <T extends HTMLElement = HTMLElement>(selector: string): T => root.querySelector<T>(selector)!, tell: () => heard.forEach((hear) => hear()) };
}

/** How often `list` is scrolled, everything in it being out of its view. */
function scrolls(list: HTMLElement): () => number {
  let times = 0;
  Object.defineProperty(list, "scrollTop", { get: () => 0, set: () => (times += 1) });
  (window as any).HTMLElement.prototype.getBoundingClientRect = function (this: HTMLElement) {
    return this === list ? { top: 0, bottom: 100 } : { top: 500, bottom: 520 };
  };
  return () => times;
}

test("somebody else's answer leaves the focus and the scroll of the questions where they are", async () => {
  const { root, tags, changed, close } = await opened();
  closing.push(close);
  const scrolled = scrolls(root.querySelector<HTMLElement>(".wb-ask-body")!);
  for (const selector of [".wb-offer[data-value='health/lab']", ".wb-coming-item[data-place='1']"]) {
    const before = root.querySelector<HTMLElement>(selector)!;
    before.focus();
    tags.push({ sample: "s0", scheme: "domain", value: "law", author: selector, at: 1, machine: false } as never);
    changed(20);
    await settle(150);
    assert.notEqual(root.querySelector(selector), before);
    assert.equal(document.activeElement, root.querySelector(selector));
  }
  assert.equal(scrolled(), 0);
  press(root.querySelector(".wb-review")!, "1");
  await settle();
  assert.equal(scrolled(), 1, "one's own answer leads to the next question");
});

test("a new queue that is half set outlives another page, and so does what is suggested meanwhile", async () => {
  const about = { agreement: { percent: null, alpha: null, units: 0 }, disputed: 0, again: { pairs: 0, percent: null, kappa: null }, flips: { flips: 0, rate: null, pull: null, suggested: 0, policy: "" }, suggestions: null, answered: 30, fewest: 20 };
  const { ctx, root, at } = world({ "review.start": () => ({ schemes: [domain], queues: [], samples: 3 }), "review.count": () => ({ count: 3 }), "review.about": () => about, "review.suggest": () => ({ job: "j" }), "job.list": () => [] });
  const start = new StartPage(ctx, () => {});
  closing.push(() => start.close());
  root.append(start.element);
  await start.load();
  await settle();
  const count = at<HTMLInputElement>("[data-part=count]");
  count.value = "7";
  count.dispatchEvent(new Event("input"));
  at("[data-action=suggest-domain]").click();
  await settle();
  await start.load();
  await settle();
  assert.equal(at<HTMLInputElement>("[data-part=count]").value, "7");
  assert.ok(at(".wb-about-card .wb-progress"));
});

test("the tag panel alone keeps the focus and its place when it reads again", async () => {
  const tags: unknown[] = [];
  const { ctx, root, at, tell } = world({ "scheme.list": () => [scale], "sample.open": () => ({ sample: { id: "s", turns: [] }, tags: [...tags], notes: [] }) }, { sample: "s" });
  closing.push(tagPanel(root, ctx));
  await settle();
  const pane = at(".wb-tags");
  let moved = false;
  const observed = root.replaceChildren.bind(root);
  root.replaceChildren = (...nodes) => ((moved = true), observed(...nodes));
  at("[data-answer='naturalness=4']").focus();
  tags.push({ scheme: "naturalness", value: 2, author: "ben", at: 1 });
  tell();
  await settle();
  assert.match(pane.textContent!, /ben/);
  assert.equal(document.activeElement, at("[data-answer='naturalness=4']"));
  assert.equal(moved, false, "what is taken out and put in again is scrolled to its top");
});

const question: Scheme = { ...domain, title: "Domain", version: 3 };
const change = { scheme: question, moved: {}, review: [], known: (domain.choices ?? []).map((choice) => choice.value) };
const impact = { values: [], carried: 0, waiting: 0, mine: 0, people: [], samples: 0, slices: [], builds: [] };

/** The editor of questions, with a change that is not saved. */
async function editing() {
  const saw = { impact: { ...impact } };
  const desk = world({
    "scheme.open": ({ name }) => ({ change: name ? change : { ...change, scheme: { ...question, kind: "nominal", version: 0, choices: [] }, known: [] }, counts: {} }),
    "scheme.step": () => ({ change: { ...change, review: ["health"] }, impact: saw.impact }),
    "scheme.impact": () => saw,
    "scheme.versions": () => [{ version: 3, author: "ben", at: 1, moved: {}, review: [], choices: 4, current: true }],
  });
  openSchemes(desk.root, desk.ctx, { schemes: [question], onSaved: () => {}, onFind: () => {} });
  await settle();
  return { ...desk, saw, list: () => desk.at("[role=listbox]") };
}

test("who is asked whether to throw a change away is still asked when others answer meanwhile", async () => {
  const { at, tell, saw, list } = await editing();
  press(list(), "r");
  await settle();
  press(list(), "Escape");
  assert.equal(document.activeElement, at("[data-action=stay]"));
  saw.impact = { ...impact, samples: 9, people: ["ben"] as never };
  tell();
  await settle(300);
  assert.equal(document.activeElement, at("[data-action=stay]"));
  at("[data-action=stay]").click();
  assert.ok(at("[data-action=save]"));
  assert.equal(at("[data-action=stay]"), null);
});

test("earlier versions stay to be read while a look at the answers finds the same", async () => {
  const { at, tell, list } = await editing();
  press(list(), "r");
  await settle();
  at(".wb-schemes-foot .wb-button-quiet").click();
  await settle();
  assert.match(at(".wb-schemes-told").textContent!, /How it came to be/);
  tell();
  await settle(300);
  assert.match(at(".wb-schemes-told").textContent!, /How it came to be/);
});

test("another kind of answer is chosen by key without losing the list", async () => {
  const { root, at } = await editing();
  at(".wb-schemes-add").click();
  await settle();
  const kinds = (): HTMLSelectElement => root.querySelector<HTMLSelectElement>(".wb-schemes-question select")!;
  kinds().focus();
  const before = kinds();
  kinds().value = "ordinal";
  kinds().dispatchEvent(new Event("change"));
  assert.notEqual(kinds(), before);
  assert.equal(document.activeElement, kinds());
});

test("others' steps take nobody back to the chosen one, and leave what can be done with it as it is", async () => {
  const step = (id: number, author = "ana") => ({ id, label: "tag", samples: 1, author, at: Date.now(), undoable: true, undone: false });
  const steps = [step(2), step(1)];
  const { ctx, root, at, tell } = world({ "step.list": () => [...steps], "step.samples": () => [{ id: "s", title: "One" }] });
  const panel = new StepsPanel(ctx, { onChanged: () => {}, onOpen: () => {} });
  closing.push(() => panel.close());
  root.append(panel.element);
  const scrolled = scrolls(at(".wb-steps-list"));
  await settle();
  assert.equal(scrolled(), 1);
  const link = at(".wb-steps-samples .wb-link");
  link.focus();
  steps.unshift(step(3, "ben"));
  tell();
  await settle();
  assert.equal(root.querySelectorAll(".wb-step").length, 3);
  assert.equal(scrolled(), 1);
  assert.equal(document.activeElement, link);
  press(at(".wb-steps-list"), "j");
  assert.equal(scrolled(), 2);
});

test("a map that is drawn again keeps the focus beside it, and says the same selection once", () => {
  const picture = (count: number) => ({ field: "domain", legend: [{ label: "Health", count, term: "domain:health", kind: "value" }], regions: [{ number: 1, words: ["train"], x: 0, y: 0, count, example: "" }] }) as unknown as Picture;
  const selection = (newer: number) => ({ query: "in:map-selection", count: 2, found: 2, newer, at: 1, told: "", rows: "" }) as unknown as Selection;
  const parts = { legend: legendView(() => {}, () => {}), regions: regionList(() => {}), card: chosenCard({} as Ctx, () => {}) };
  page.replaceChildren(parts.legend.element, parts.regions.element, parts.card.element);
  const draw = (count: number): void => (parts.legend.show(picture(count)), parts.regions.show(picture(count)), parts.card.show(selection(count)));
  draw(2);
  for (const [at, selector] of [".wb-map-group", ".wb-map-go", ".wb-map-region", ".wb-icon-button", "[data-action=generate]"].entries()) {
    const before = page.querySelector<HTMLElement>(selector)!;
    before.focus();
    draw(3 + at);
    assert.notEqual(page.querySelector(selector), before);
    assert.equal(document.activeElement, page.querySelector(selector), selector);
  }
  const said = page.querySelector(".wb-map-query");
  draw(7);
  assert.equal(page.querySelector(".wb-map-query"), said);
  parts.legend.close();
});

test("a group that is taken off the map stays off where others overtake it", () => {
  const group = (label: string) => ({ label, count: 2, term: `domain:${label}`, kind: "value" });
  const picture = (...labels: string[]) => ({ field: "domain", legend: labels.map(group), regions: [] }) as unknown as Picture;
  const hidden: number[][] = [];
  const legend = legendView((groups) => hidden.push([...groups]), () => {});
  page.replaceChildren(legend.element);
  legend.show(picture("health", "law"));
  legend.element.querySelector<HTMLElement>("[data-group='0']")!.click();
  legend.show(picture("law", "health"));
  assert.deepEqual(hidden, [[0], [1]]);
  assert.deepEqual([...legend.element.querySelectorAll(".wb-map-off")].map((item) => item.textContent), ["health2→"]);
  legend.show({ ...picture("law", "health"), field: "source" });
  assert.deepEqual(hidden.at(-1), []);
  legend.close();
});

test("an editor in which nothing is typed shows what somebody saved, with the caret and the note as they are", async () => {
  const saved = { id: "s", revision: 1, turns: [{ id: "t1", role: "user", content: "Hello." }, { id: "t2", role: "assistant", content: "Yes, it is." }], origin: { kind: "collected" } };
  const { ctx, root, at, tell } = world({ "sample.open": () => ({ sample: structuredClone(saved) }), "tag.list": () => [] }, { sample: "s", place: "p" });
  closing.push(editor(root, ctx));
  await settle();
  const text = (): HTMLTextAreaElement => at("[data-turn-id=t2] textarea");
  at<HTMLInputElement>(".wb-editor-note").value = "typo";
  text().focus();
  text().setSelectionRange(3, 5);
  const before = text();
  saved.revision = 2;
  saved.turns[0]!.content = "Good day.";
  tell();
  await settle();
  assert.equal(at<HTMLTextAreaElement>("[data-turn-id=t1] textarea").value, "Good day.");
  assert.notEqual(text(), before);
  assert.equal(document.activeElement, text(), "the next letter is typed and is no shortcut");
  assert.deepEqual([text().selectionStart, text().selectionEnd, at<HTMLInputElement>(".wb-editor-note").value], [3, 5, "typo"]);
});

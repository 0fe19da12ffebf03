// The answers a question offers, each with its key, and the command that keeps the one that was given.
import { domain, scale, scheme } from "./review_world.ts";
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { chosen, offerKeys, offerOf, offers, toggled } from "../src/review/choices.ts";
import { planKeys } from "../src/tags/assign.ts";
import { openChooser } from "../src/tags/chooser.ts";
import { command } from "../src/tags/decisions.ts";
import { Quick } from "../src/tags/quick.ts";

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

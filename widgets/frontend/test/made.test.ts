// How a generated conversation came to be: what the checks found, whose words it has, and the way to what was asked.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { madeView } from "../src/browse/made.ts";
import type { Finding, Opened } from "../src/core/nouns.ts";

const WARNING: Finding = { check: "personal-data", title: "Personal data", score: 0.5, severity: "warning", message: "an <i>e-mail</i> address" };
const PROBLEM: Finding = { ...WARNING, check: "proved", title: "Proofs", severity: "problem", message: "not proved" };

const opened = (origin: Record<string, unknown>, found: Finding[] = [], revision = 1): Opened => ({ sample: { origin: { kind: "generated", draft: "d1", model: "m", ...origin }, revision }, found }) as unknown as Opened;

test("what the checks found is told by number, and one by one when it is opened", () => {
  const view = madeView(opened({}, [WARNING, PROBLEM, WARNING]), () => {})!;
  assert.match(view.querySelector("summary")!.textContent!, /How it was made: 1 problem found, 2 things to look at/);
  assert.deepEqual([...view.querySelectorAll(".wb-chip-warn")].map((chip) => chip.textContent), ["Personal data", "Personal data"]);
  assert.equal(view.querySelector(".wb-chip-bad")!.textContent, "Proofs");
  assert.equal(view.querySelector("i"), null);
});

test("checks that found nothing are not silent", () => {
  assert.match(madeView(opened({}), () => {})!.textContent!, /the checks found nothing to mind/);
});

test("a text that a person changed is told as that; older ones do not say more than is known", () => {
  const told = madeView(opened({ edited_by: "ben" }, [WARNING]), () => {})!;
  assert.match(told.textContent!, /ben changed it before it was accepted; this was found in the changed text\./);
  const older = madeView(opened({ edited_by: "ben" }), () => {})!;
  assert.match(older.textContent!, /changed by ben before it was accepted/);
  assert.doesNotMatch(older.textContent!, /nothing to mind/);
});

test("an edit since then is told, because the checks did not see it", () => {
  assert.match(madeView(opened({}, [], 2), () => {})!.textContent!, /edited again since/);
});

test("what the model was asked is one press away, where a model was", () => {
  const asked: string[] = [];
  const view = madeView(opened({}), (draft) => void asked.push(draft))!;
  view.querySelector<HTMLButtonElement>("[data-action=asked]")!.click();
  assert.deepEqual(asked, ["d1"]);
  assert.equal(madeView(opened({ model: null }), () => {})!.querySelector("[data-action=asked]"), null);
});

test("what was not generated has nothing to tell", () => {
  assert.equal(madeView(opened({ kind: "imported" }), () => {}), null);
});

// What is asked for: the query, its mistakes, the facets, and going on where the person was.
import { open, row, settle } from "./browse_world.ts";
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "../src/core/rpc.ts";

test("a mistyped query keeps what was found and shows the mistake at its place", async () => {
  let bad = false;
  const { root, close } = open({
    "browse.rows": () => {
      if (bad) throw new CommandError({ code: "query", message: "a value is missing", hint: "", start: 0, end: 7 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  bad = true;
  const input = root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "domain:";
  press(input, "Enter");
  await settle();
  assert.equal(root.querySelector(".wb-query-mistake em")!.textContent, "domain:");
  assert.equal(root.querySelectorAll("[data-sample-id]").length, 1);
  close();
});

test("the place of a mistake is counted in characters, also behind an emoji", async () => {
  let bad = false;
  const { root, close } = open({
    "browse.rows": () => {
      if (bad) throw new CommandError({ code: "query", message: "no field", hint: "", start: 2, end: 6 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  bad = true;
  const input = root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "😀 nope:x";
  press(input, "Enter");
  await settle();
  assert.equal(root.querySelector(".wb-query-backdrop em")!.textContent, "nope");
  close();
});

test("a row marks the words that were looked for, in its own text", async () => {
  const found = { ...row(0), preview: "😀 a refund, please", marks: [[4, 10]] };
  const { root, close } = open({ "browse.rows": () => ({ rows: [found], total: 1 }) });
  await settle();
  assert.equal(root.querySelector(".wb-item-preview mark")!.textContent, "refund");
  close();
});

test("a facet becomes a part of the query", async () => {
  const { root, named, close } = open();
  await settle();
  root.querySelector<HTMLElement>('[data-facet="language:en"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "language:en");
  assert.equal(root.querySelector<HTMLInputElement>(".wb-query-input")!.value, "language:en");
  close();
});

test("the domain tree opens, closes, and its values leave the query by the click that brought them", async () => {
  const tree = {
    field: "domain",
    label: "Domain",
    missing: 2,
    values: [
      { value: "health", label: "Health", count: 5, term: "domain:health/*" },
      { value: "health/lab", label: "Lab", count: 3, term: "domain:health/lab" },
    ],
  };
  const { root, named, close } = open({ "browse.facets": () => [tree] });
  await settle();
  assert.equal(root.querySelector('[data-facet="domain:health/lab"]'), null);
  root.querySelector<HTMLElement>(".wb-twig")!.click();
  root.querySelector<HTMLElement>('[data-facet="domain:health/lab"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "domain:health/lab");
  root.querySelector<HTMLElement>('[data-facet="domain:health/lab"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "");
  root.querySelector<HTMLElement>('[data-facet="missing:domain"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "missing:domain");
  close();
});

test("a filter that nothing found has can still be taken out", async () => {
  window.location.hash = "#browse=language%3Azh";
  const { root, named, close } = open();
  await settle();
  root.querySelector<HTMLElement>('[data-facet="language:zh"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "");
  close();
});

test("reopening goes on at the query, the order and the conversation where the person was", async () => {
  const first = open();
  await settle();
  const input = first.root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "card";
  press(input, "Enter");
  await settle();
  press(first.list(), "j");
  await settle(400);
  first.close();
  page.replaceChildren();
  const again = open({ "browse.place": () => 1 });
  await settle();
  assert.equal(again.named("browse.rows")[0].query, "card");
  assert.equal(again.root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  again.close();
});

test("a kept query that no longer reads is told about, and everything is shown", async () => {
  window.localStorage.setItem("workbench.place  ana", JSON.stringify({ query: "gone:x", sort: "best", id: null }));
  const { root, close } = open({
    "browse.rows": ({ query }) => {
      if (query) throw new CommandError({ code: "query", message: "there is no field", hint: "", start: 0, end: 4 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  assert.equal(root.querySelectorAll("[data-sample-id]").length, 1);
  assert.match(root.querySelector(".wb-query-mistake")!.textContent!, /There is no field/);
  close();
});

test("an address with a query opens on it", async () => {
  window.location.hash = `#browse=${encodeURIComponent("id:s2")}`;
  const { named, close } = open();
  await settle();
  assert.equal(named("browse.rows")[0].query, "id:s2");
  close();
});

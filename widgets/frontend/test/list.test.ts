import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "../src/core/dom.ts";
import { VirtualList } from "../src/list/virtual.ts";
import { languageName, valueName } from "../src/text/names.ts";

test("rows stand in the order of the list, also after going back and after one changed", () => {
  const version = new Map<number, number>();
  const list = new VirtualList({
    rowHeight: 60,
    label: "Rows",
    draw: (at) => h("div", { role: "option", data: { at } }),
    keyOf: (at) => version.get(at) ?? 0,
    onWindow: () => {},
  });
  page.replaceChildren(list.element);
  const order = () => [...list.element.querySelectorAll<HTMLElement>("[role=option]")].map((row) => Number(row.dataset.at));
  list.resize(500);
  list.reveal(300);
  list.reveal(290);
  version.set(292, 1);
  list.refresh();
  assert.ok(order().includes(292));
  assert.deepEqual(order(), [...order()].sort((a, b) => a - b));
  list.close();
});

test("values are said by name, and a code nobody knows stays a code", () => {
  assert.equal(valueName("language", "zh"), "Chinese");
  assert.equal(valueName("origin", "real"), "Real");
  assert.equal(valueName("state", "archived"), "Put aside");
  assert.equal(valueName("domain", "health", "Health"), "Health");
  assert.equal(valueName("source", "imported"), "imported");
  assert.equal(languageName("qqq"), "qqq");
  assert.equal(languageName("not a code"), "not a code");
});

// A press that ends on a control drawn anew in the meantime.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, h } from "../src/core/dom.ts";
import { findLostClicks } from "../src/core/lostclicks.ts";

interface Place {
  heard: string[];
  draw(...rows: string[]): void;
  button(row: string): HTMLElement;
}

function place(): Place {
  const root = h("div", {});
  page.replaceChildren(root);
  findLostClicks(root);
  const heard: string[] = [];
  const row = (name: string): HTMLElement => h("li", { data: { run: name, about: name } }, h("button", { on: { click: () => heard.push(name) } }, "Stop"));
  return {
    heard,
    draw: (...rows) => fill(root, ...rows.map(row)),
    button: (name) => root.querySelector<HTMLElement>(`[data-run=${name}] button`)!,
  };
}

function mouse(element: HTMLElement, name: "mousedown" | "mouseup", at: { x?: number; button?: number } = {}): void {
  element.dispatchEvent(new window.MouseEvent(name, { bubbles: true, clientX: at.x ?? 10, clientY: 10, button: at.button ?? 0 }));
}

test("a press goes to the control that was drawn anew in its place", () => {
  const { heard, draw, button } = place();
  draw("one");
  mouse(button("one"), "mousedown");
  draw("one");
  mouse(button("one"), "mouseup");
  assert.deepEqual(heard, ["one"]);
});

test("one that stayed is left to the browser, which clicks it", () => {
  const { heard, draw, button } = place();
  draw("one");
  mouse(button("one"), "mousedown");
  mouse(button("one"), "mouseup");
  assert.deepEqual(heard, []);
});

test("a like control of another row is not meant, nor one that says something else, nor one further off", () => {
  const { heard, draw, button } = place();
  draw("one", "two");
  mouse(button("one"), "mousedown");
  draw("new", "one", "two");
  mouse(button("new"), "mouseup");
  mouse(button("one"), "mousedown");
  draw("one");
  button("one").textContent = "Go on";
  mouse(button("one"), "mouseup");
  mouse(button("one"), "mousedown");
  draw("one");
  mouse(button("one"), "mouseup", { x: 40 });
  assert.deepEqual(heard, []);
});

test("only the first button presses", () => {
  const { heard, draw, button } = place();
  draw("one");
  mouse(button("one"), "mousedown", { button: 2 });
  draw("one");
  mouse(button("one"), "mouseup", { button: 2 });
  assert.deepEqual(heard, []);
});

test("a like control that is about another thing is not meant, and none is where nothing says what it is about", () => {
  for (const [before, after] of [["one", "two"], [undefined, undefined]]) {
    const root = h("div", {});
    page.replaceChildren(root);
    findLostClicks(root);
    const heard: string[] = [];
    const draw = (about?: string): void => fill(root, h("section", { data: { about } }, h("button", { on: { click: () => heard.push(about ?? "") } }, "Put aside")));
    const button = (): HTMLElement => root.querySelector("button")!;
    draw(before);
    mouse(button(), "mousedown");
    draw(after);
    mouse(button(), "mouseup");
    assert.deepEqual(heard, []);
  }
});

test("the keys that are held while pressing are told, and another button does not end the press", () => {
  const root = h("div", { data: { about: "map" } });
  page.replaceChildren(h("div", {}, root));
  findLostClicks(root.parentElement!);
  const heard: boolean[] = [];
  const draw = (): void => fill(root, h("button", { on: { click: (event) => heard.push(event.shiftKey) } }, "Add"));
  draw();
  mouse(root.querySelector("button")!, "mousedown");
  draw();
  mouse(root.querySelector("button")!, "mouseup", { button: 2 });
  assert.deepEqual(heard, []);
  const up = { bubbles: true, clientX: 10, clientY: 10, button: 0, shiftKey: true };
  root.querySelector("button")!.dispatchEvent(new window.MouseEvent("mouseup", up));
  assert.deepEqual(heard, [true]);
});

import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { blocks, cardView, cells, pieces } from "../src/panels/release_card.ts";

const CARD = `---
license: unknown
tags:
- conversational
---

# lab\\_results

3 conversations, chosen by the query

> domain:health/\\*
> second line\\

## What is in it

| value | samples |
| --- | --- |
| a \\| b | **2** |

- \\<img src=x onerror=alert(1)>
- [link](javascript:alert(1))

Hash: \`b2:01\` and &#9;tab
`;

test("a card is headings, tables, lists and quotes, and its header stands apart", () => {
  assert.deepEqual(
    blocks(CARD).map((block) => block.kind),
    ["header", "heading", "text", "quote", "heading", "table", "list", "text"],
  );
  assert.deepEqual(blocks(CARD)[3], { kind: "quote", lines: ["domain:health/\\*", "second line"] });
});

test("escapes are undone, code and bold are told apart", () => {
  assert.deepEqual(pieces("a \\*b\\* **c** `d*`"), [{ text: "a *b* " }, { text: "c", strong: true }, { text: " " }, { text: "d*", code: true }]);
  assert.deepEqual(pieces("&#9;x &amp;"), [{ text: "\tx &amp;" }]);
  assert.deepEqual(pieces("`never closed"), [{ text: "`never closed" }]);
});

test("an escaped bar belongs to its cell", () => {
  assert.deepEqual(cells("| a \\| b | c |"), ["a \\| b", "c"]);
  assert.deepEqual(cells("| | x |"), ["", "x"]);
});

test("nothing of a card becomes markup", () => {
  const view = cardView(CARD);
  page.replaceChildren(view);
  assert.equal(view.querySelectorAll("img, a, script, iframe").length, 0);
  assert.match(view.textContent!, /<img src=x onerror=alert\(1\)>/);
  assert.match(view.textContent!, /\[link\]\(javascript:alert\(1\)\)/);
  assert.equal(view.querySelector("td")!.textContent, "a | b");
});

test("a card that is no card is shown as it is", () => {
  for (const text of ["", "---\nnever ended", "#nothing", "| a", "> ", "```\ncode"]) assert.ok(cardView(text));
});

import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { line, messageBody } from "../src/text/body.ts";
import { blockStarts, fromCodePoints, mergeSpans, pieces } from "../src/text/invisible.ts";

const HOSTILE = '<img src=x onerror="window.fired=1"><script>window.fired=1</script><a href="javascript:1">x</a>';

test("markup stays letters", () => {
  const body = messageBody(HOSTILE);
  page.append(body, line(HOSTILE));
  assert.equal(body.textContent, HOSTILE);
  assert.equal(page.querySelectorAll("img, script, a").length, 0);
});

test("direction overrides, zero-width and control characters are named", () => {
  const marks = pieces("a\u202eb\u200bc\u001b[31m\u0000")
    .map((piece) => piece.mark)
    .filter(Boolean);
  assert.deepEqual(marks, ["RLO", "ZWSP", "ESC", "NUL"]);
});

test("line breaks and tabs are ordinary text", () => {
  assert.deepEqual(pieces("a\n\tb"), [{ text: "a\n\tb" }]);
});

test("a joiner inside an emoji is left alone, elsewhere it is shown", () => {
  assert.equal(pieces("👩\u200d👩\u200d👧").length, 1);
  assert.deepEqual(
    pieces("1 \u200d 2").map((piece) => piece.mark),
    [undefined, "U+200D", undefined],
  );
});

test("joining the pieces gives the text again", () => {
  for (const text of ["", "plain", "\u202e", "a\u200b\u200bb", "\ud800 lone", "x\u{e0041}y"]) {
    assert.equal(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
  }
});

test("long text is cut at line breaks and never inside a character", () => {
  const text = `${"word ".repeat(300)}\n${"🙂".repeat(3000)}`;
  const starts = blockStarts(text, 1000);
  const blocks = starts.map((start, at) => text.slice(start, starts[at + 1] ?? text.length));
  assert.equal(blocks.join(""), text);
  assert.ok(blocks.every((block) => block.length <= 1000 && !/^[\udc00-\udfff]/.test(block)));
});

test("a long message is laid out in blocks", () => {
  const body = messageBody("x".repeat(20_000));
  assert.equal(body.querySelectorAll(".wb-block").length, 5);
});

test("a giant message shows its beginning and a way to the rest", () => {
  const body = messageBody("y".repeat(300_000));
  page.append(body);
  assert.ok(body.textContent!.length < 201_000);
  const [first] = body.children;
  body.querySelector("button")!.click();
  assert.equal(page.lastElementChild!.textContent!.length, 300_000);
  assert.equal(page.lastElementChild!.firstElementChild, first, "what was there is not laid out again");
});

test("a giant message is cut between characters, and its marks go on where it was cut", () => {
  const text = `x${"😀".repeat(150_000)}`;
  const body = messageBody(text, [{ start: 199_001, end: 200_501 }]);
  assert.doesNotMatch(body.textContent!, /U\+D83D/);
  body.querySelector("button")!.click();
  assert.equal(body.textContent, text);
  assert.equal([...body.querySelectorAll("mark")].map((mark) => mark.textContent).join(""), text.slice(199_001, 200_501));
});

test("marks fall on the right characters, also across blocks", () => {
  const text = `${"a".repeat(3990)}0123456789bcdef${"a".repeat(5000)}`;
  const body = messageBody(text, [{ start: 3990, end: 4005 }]);
  assert.equal([...body.querySelectorAll("mark")].map((mark) => mark.textContent).join(""), "0123456789bcdef");
  assert.equal(body.textContent, text);
});

test("overlapping marks are merged and clipped", () => {
  assert.deepEqual(
    mergeSpans(
      [
        { start: 5, end: 9 },
        { start: 0, end: 6 },
        { start: 20, end: 99 },
        { start: 3, end: 3 },
      ],
      25,
    ),
    [
      { start: 0, end: 9 },
      { start: 20, end: 25 },
    ],
  );
});

test("Python's offsets count characters, the page's count units", () => {
  assert.equal(fromCodePoints("🙂🙂ab", 2), 4);
  assert.equal(fromCodePoints("ab", 9), 2);
});

import "./dom.ts";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { speak } from "../src/core/i18n.ts";
import { inSentences, makeNotices } from "../src/core/notice.ts";
import { CommandError } from "../src/core/rpc.ts";


afterEach(() => speak("en", {}));

const FULL = { code: "store", message: "the disk is full: nothing of this was saved", hint: "free some space and do it again" };

function shown(what: unknown): string {
  const notices = makeNotices();
  notices.show(what);
  return notices.element.querySelector(".wb-notice-text")!.textContent!;
}

test("what went wrong ends before what helps begins", () => {
  assert.equal(shown(new CommandError(FULL)), "The disk is full: nothing of this was saved. Free some space and do it again");
  assert.equal(inSentences(new CommandError(FULL)), shown(new CommandError(FULL)));
});

test("in French and Chinese, too, as they write it", () => {
  speak("fr", { [FULL.message]: "le disque est plein : rien de cela n'est enregistré", [FULL.hint]: "libérez de la place et recommencez" });
  assert.equal(shown(new CommandError(FULL)), "Le disque est plein : rien de cela n'est enregistré. Libérez de la place et recommencez");
  speak("zh", { [FULL.message]: "磁盘已满：这次没有保存任何内容", [FULL.hint]: "请腾出空间后再做一次" });
  assert.equal(shown(new CommandError(FULL)), "磁盘已满：这次没有保存任何内容。请腾出空间后再做一次");
});

test("no mark is added to one, nor where there is nothing to say", () => {
  for (const [message, hint, told] of [
    ["Is it full?", "look", "Is it full? Look"],
    ["it is full.", "look", "It is full. Look"],
    ["it says “full!”", "look", "It says “full!” Look"],
    ["it is full (of “a”)", "look", "It is full (of “a”). Look"],
    ["it is full", "", "It is full"],
    ["", "look", "Look"],
  ] as const) {
    assert.equal(shown({ code: "x", message, hint }), told);
  }
});

// Editing the open conversation: nothing typed is lost, and nothing is saved over somebody else's text.
import { open, sample, settle } from "./browse_world.ts";
import { press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "../src/core/rpc.ts";

test("text that is typed and not saved keeps its conversation", async () => {
  const { root, said, close } = open();
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "changed";
  text.dispatchEvent(new Event("input"));
  root.querySelector<HTMLElement>('[data-sample-id="s2"]')!.click();
  assert.ok(root.querySelector(".wb-turn-form"));
  assert.equal((said[0] as { code: string }).code, "unsaved");
  close();
});

test("saving sends the whole conversation with the revision it was based on", async () => {
  const { root, named, close } = open({
    "edit.save": ({ turns }) => ({ sample: { ...sample("s0").sample, turns, revision: 2 } }),
  });
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "better";
  text.dispatchEvent(new Event("input"));
  press(text, "Enter", { ctrlKey: true });
  await settle();
  assert.deepEqual(named("edit.save"), [
    { id: "s0", turns: [{ id: "t1", role: "user", content: "better" }], base_revision: 1, note: "" },
  ]);
  close();
});

test("a conflict shows both texts and lets the person decide", async () => {
  const theirs = { ...sample("s0").sample, revision: 5, turns: [{ id: "t1", role: "user", content: "theirs" }] };
  let saves = 0;
  const { root, named, close } = open({
    "edit.save": ({ turns }) => {
      if (saves++ === 0) throw new CommandError({ code: "stale_revision", message: "changed", hint: "", theirs });
      return { sample: { ...theirs, turns, revision: 6 } };
    },
  });
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "mine";
  text.dispatchEvent(new Event("input"));
  press(text, "Enter", { ctrlKey: true });
  await settle();
  const sides = [...root.querySelectorAll(".wb-conflict-side ins")].map((item) => item.textContent);
  assert.deepEqual(sides, ["theirs", "mine"]);
  assert.equal(named("edit.save").length, 1);
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "Enter", { ctrlKey: true });
  assert.equal(named("edit.save").length, 1, "nothing is saved before a choice is made");
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "2");
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "Enter", { ctrlKey: true });
  await settle();
  assert.equal(named("edit.save")[1].turns[0].content, "mine");
  assert.equal(named("edit.save")[1].base_revision, 5);
  close();
});

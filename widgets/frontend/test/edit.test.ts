import assert from "node:assert/strict";
import { test } from "node:test";
import type { Turn } from "../src/core/nouns.ts";
import * as drafts from "../src/edit/draft.ts";
import { Copies } from "../src/edit/keep.ts";
import type { Keeper } from "../src/tags/journal.ts";
import { chosenTurn, mergedTurns, mergeRows, orderDiffers, undecided } from "../src/edit/merge.ts";

const saved: Turn[] = [
  { id: "t1", role: "user", content: "Open? And Sunday?" },
  { id: "t2", role: "assistant", content: "On Monday." },
  { id: "t3", role: "user", content: "Thanks" },
];
const contents = (turns: Turn[]): string[] => turns.map((turn) => `${turn.id}:${turn.content}`);

test("a split turn keeps its id in its first part", () => {
  const draft = drafts.split(drafts.draftOf(saved), "t1", 6);
  assert.deepEqual(contents(drafts.turnsOf(draft)).slice(0, 2), ["t1:Open?", ":And Sunday?"]);
  assert.equal(draft.turns[1]!.turn.role, "user");
  assert.equal(drafts.inWords(drafts.changes(draft, saved)), "1 changed, 1 new");
});

test("merged turns keep the first one's id and role, and both ones' tool calls", () => {
  const calls = [{ id: "c1", name: "look", arguments: "{}" }];
  const draft = drafts.merged(drafts.draftOf([saved[0]!, { ...saved[1]!, tool_calls: calls }]), "t1");
  const [turn] = drafts.turnsOf(draft);
  assert.deepEqual([turn!.id, turn!.role, turn!.content], ["t1", "user", "Open? And Sunday?\n\nOn Monday."]);
  assert.deepEqual(turn!.tool_calls, calls);
  assert.deepEqual(draft.removed.map((item) => item.id), ["t2"]);
});

test("the last turn has nothing to be merged with", () => {
  const draft = drafts.draftOf(saved);
  assert.equal(drafts.merged(draft, "t3"), draft);
});

test("splitting and merging again is no change", () => {
  const draft = drafts.split(drafts.draftOf([{ ...saved[0]!, content: "a\n\nb" }]), "t1", 1);
  assert.deepEqual(contents(drafts.turnsOf(drafts.merged(draft, "t1"))), ["t1:a\n\nb"]);
});

test("a name can be given and taken away", () => {
  const named = drafts.withName(drafts.draftOf(saved), "t1", "Ana");
  assert.equal(drafts.turnsOf(named)[0]!.name, "Ana");
  assert.equal(drafts.changes(named, saved).changed, 1);
  assert.equal(drafts.changes(drafts.withName(named, "t1", ""), saved).changed, 0);
});

test("a tool call is checked when it is changed, not when it came broken", () => {
  const broken: Turn[] = [{ id: "t1", role: "assistant", content: "", tool_calls: [{ id: "c", name: "look", arguments: "{" }] }];
  assert.equal(drafts.mistakeIn(drafts.draftOf(broken)), "");
  const changed = drafts.withCall(drafts.draftOf(broken), "t1", 0, { arguments: "{a" });
  assert.equal(drafts.mistakeIn(changed), "Turn 1: the arguments are not JSON.");
  assert.equal(drafts.mistakeIn(drafts.withCall(changed, "t1", 0, { arguments: '{"a": 1}' })), "");
  assert.equal(drafts.callMistake({ id: "c", name: " ", arguments: "{}" }), "the function has no name");
});

test("empty turns and empty conversations are told before they are sent", () => {
  assert.match(drafts.mistakeIn(drafts.added(drafts.draftOf(saved), "t3")), /^Turn 4 is empty/);
  assert.match(drafts.mistakeIn(drafts.draftOf([])), /at least one turn/);
});

test("only the first rewritten answer can be a pair", () => {
  const of = (draft: drafts.EditDraft): string | null => drafts.pairTurn(draft, saved);
  const draft = drafts.draftOf(saved);
  assert.equal(of(draft), null);
  assert.equal(of(drafts.withText(draft, "t2", "On Tuesday.")), "t2");
  assert.equal(of(drafts.withText(drafts.withText(draft, "t2", "x"), "t3", "y")), "t2");
  assert.equal(of(drafts.withText(drafts.withText(draft, "t1", "x"), "t2", "y")), null);
  assert.equal(of(drafts.withRole(draft, "t2", "user")), null);
  assert.equal(of(drafts.added(draft, "t1")), null);
});

function memory(full = false): Keeper {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => {
      if (full) throw new Error("full");
      kept.set(name, value);
    },
    removeItem: (name) => void kept.delete(name),
  };
}
const copy = (at: number): Parameters<Copies["put"]>[1] => ({ base: 2, turns: saved, saved, note: "why", at });

test("what is typed is kept for each sample, workspace and author", () => {
  const store = memory();
  const mine = new Copies("/w", "ana", store);
  assert.equal(mine.put("s_1", copy(1)), true);
  mine.put("s_2", copy(2));
  assert.deepEqual(new Copies("/w", "ana", store).get("s_1"), copy(1));
  assert.deepEqual(mine.list().map((item) => item.sample), ["s_2", "s_1"]);
  assert.deepEqual(new Copies("/w", "ben", store).list(), []);
  mine.drop("s_1");
  assert.equal(mine.get("s_1"), null);
});

test("a full, missing or damaged store costs the copy only", () => {
  assert.equal(new Copies("/w", "ana", memory(true)).put("s_1", copy(1)), false);
  assert.equal(new Copies("/w", "ana", null).put("s_1", copy(1)), false);
  const store = memory();
  store.setItem("workbench.edit\n/w\nana\ns_1", "{");
  assert.equal(new Copies("/w", "ana", store).get("s_1"), null);
});

const edited = (id: string, content: string): Turn[] => saved.map((turn) => (turn.id === id ? { ...turn, content } : turn));

test("what one side changed is chosen, what both changed waits for a person", () => {
  const rows = mergeRows(saved, edited("t1", "theirs"), edited("t1", "mine").with(1, { ...saved[1]!, content: "my answer" }));
  assert.deepEqual(rows.map((row) => [row.key, row.who, row.choice]), [
    ["t1", "both", null],
    ["t2", "mine", "mine"],
    ["t3", "same", "mine"],
  ]);
  assert.equal(undecided(rows), 1);
  rows[0]!.choice = "theirs";
  assert.deepEqual(contents(mergedTurns(rows)), ["t1:theirs", "t2:my answer", "t3:Thanks"]);
  rows[0]!.edited = "both of us";
  assert.equal(chosenTurn(rows[0]!)!.content, "both of us");
});

test("turns added on either side are kept, each where it stands there", () => {
  const theirs = saved.toSpliced(1, 0, { id: "t4", role: "assistant", content: "their new" });
  const mine = [...saved, { id: "", role: "assistant", content: "my new" }];
  assert.deepEqual(contents(mergedTurns(mergeRows(saved, theirs, mine))), [
    "t1:Open? And Sunday?",
    "t4:their new",
    "t2:On Monday.",
    "t3:Thanks",
    ":my new",
  ]);
});

test("a turn deleted here and rewritten there waits for a person; deleted on one side only, it goes", () => {
  const rows = mergeRows(saved, edited("t2", "theirs"), [saved[0]!, saved[2]!]);
  const row = rows.find((item) => item.key === "t2")!;
  assert.deepEqual([row.who, row.choice, row.mine], ["both", null, null]);
  row.choice = "mine";
  assert.deepEqual(contents(mergedTurns(rows)), ["t1:Open? And Sunday?", "t3:Thanks"]);
  assert.deepEqual(contents(mergedTurns(mergeRows(saved, saved, [saved[0]!, saved[2]!]))), contents([saved[0]!, saved[2]!]));
});

test("the same change on both sides is no conflict", () => {
  const rows = mergeRows(saved, edited("t1", "both"), edited("t1", "both"));
  assert.equal(undecided(rows), 0);
  assert.equal(mergedTurns(rows)[0]!.content, "both");
});

test("another order is told", () => {
  assert.equal(orderDiffers(saved, [saved[1]!, saved[0]!, saved[2]!]), true);
  assert.equal(orderDiffers(saved, saved), false);
});

test("a draft of the merged turns is compared with what they saved", () => {
  const draft = drafts.draftAgainst([{ ...saved[0]!, content: "x" }, { id: "t9", role: "user", content: "new" }], saved);
  assert.deepEqual(drafts.changes(draft, saved), { changed: 1, added: 1, removed: 2, moved: false });
  assert.equal(drafts.turnsOf(draft)[1]!.id, "");
});

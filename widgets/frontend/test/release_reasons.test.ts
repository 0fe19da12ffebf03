// The reasons of a comparison and the builds it is of, in words that stay true.
import "./dom.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { speak } from "../src/core/i18n.ts";
import { compareBuilds } from "../src/panels/release_builds.ts";
import { comparisonView } from "../src/panels/release_compare.ts";

const ctx = { call: async () => ({ counts: { entered: 0, left: 0, changed: 0 } }), navigate: () => {} } as unknown as Ctx;

function toldOf(words: string): string {
  const group = { kinds: ["tag:remark"], count: 1, samples: ["s_1"], reasons: [{ words, count: 1 }] };
  const view = comparisonView(ctx, { counts: { entered: 0, left: 0, changed: 1 }, entered: [], left: [], changed: [group] } as never);
  return view.querySelector(".wb-reason-details li")!.textContent!.replace("1 × ", "");
}

test("a reason is said in the person's language also where a value in it holds a semicolon", () => {
  const tables = JSON.parse(readFileSync(join(process.cwd(), "../../locale/fr/tables.json"), "utf8"));
  speak("fr", tables);
  assert.equal(toldOf("tag remark set to too long; too dry by ann"), "étiquette remark mise à too long; too dry par ann");
  assert.equal(
    toldOf("tag mood set to dull by bob; tag remark set to a b; c d; e by ann; tag mood removed by bob"),
    "étiquette mood mise à dull par bob; étiquette remark mise à a b; c d; e par ann; étiquette mood retirée par bob",
  );
  assert.equal(toldOf("a reason of a later day; tag mood removed by bob"), "a reason of a later day; étiquette mood retirée par bob");
  speak("en", {});
});

test("the builds to compare get older where they stand, and what is chosen stays", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1_800_000_000_000 });
  const builds = [1, 2, 3].map((n) => ({ id: `frz_${n}`, name: "lab", query: "", count: n, hash: `b2:${n}`, author: "ana", at: Date.now() - n * 60_000 }));
  const comparing = compareBuilds(ctx);
  comparing.show(builds as never);
  const from = comparing.element.querySelector<HTMLSelectElement>("[data-field=from]")!;
  const labels = (): string[] => [...comparing.element.querySelectorAll("option")].map((one) => one.textContent!.split(" · ")[0]!);
  const options = [...from.options];
  from.value = "frz_3";
  assert.deepEqual(labels().slice(0, 3), ["1 minute ago", "2 minutes ago", "3 minutes ago"]);
  t.mock.timers.setTime(Date.now() + 5 * 60_000);
  comparing.show(structuredClone(builds) as never);
  assert.deepEqual(labels(), [6, 7, 8, 6, 7, 8].map((n) => `${n} minutes ago`));
  assert.equal(from.value, "frz_3");
  assert.deepEqual([...from.options], options, "a list that is open is not drawn anew");
});

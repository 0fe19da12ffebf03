// The review page against a small Python: a queue of three conversations with two questions each. Import first.
import { page, press } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import type { Scheme, Tag } from "../src/core/nouns.ts";
import { ReviewPage } from "../src/review/page.ts";

export const scheme = (name: string, kind: Scheme["kind"], choices: Scheme["choices"], more: Partial<Scheme> = {}): Scheme => ({
  name,
  kind,
  on: "sample",
  open: false,
  ...(choices ? { choices } : {}),
  ...more,
});
export const scale = scheme(
  "naturalness",
  "ordinal",
  [1, 2, 3, 4, 5].map((point) => ({ value: String(point), label: `point ${point}`, key: String(point) })),
  { suggestion: "after_answer" },
);
export const domain = scheme("domain", "hierarchical", [
  { value: "health", label: "Health" },
  { value: "health/lab", label: "Laboratory" },
  { value: "law", label: "Law" },
], { suggestion: "prefill" });

interface World {
  calls: [string, Record<string, unknown>][];
  ctx: Ctx;
  tags: Tag[];
  /** The workspace changed, and its journal reaches that far. */
  changed: (position: number) => void;
}

function world(others: Tag[], order = "random"): World {
  const heard: ((what: unknown) => void)[] = [];
  let end = 10;
  const tags: Tag[] = [...others];
  const calls: World["calls"] = [];
  const seen = (sample: string): Tag[] => {
    const here = tags.filter((tag) => tag.sample === sample);
    const answered = here.some((tag) => tag.author === "ana" && tag.scheme === "naturalness");
    return here.filter((tag) => tag.author === "ana" || tag.scheme !== "naturalness" || answered);
  };
  const done = (sample: string): boolean =>
    ["domain", "naturalness"].every((name) => tags.some((tag) => tag.sample === sample && tag.scheme === name && tag.author === "ana"));
  const answers: Record<string, (args: any) => unknown> = {
    "me.recall": () => ({ value: null }),
    "review.open": () => {
      const items = [{ sample: "s0" }, { sample: "s1" }, { sample: "s2" }];
      const ready = items.flatMap((item, at) => (done(item.sample) ? [at] : []));
      const next = items.findIndex((_, at) => !ready.includes(at));
      return {
        queue: { id: "q", name: "Morning", order, query: "", together: true, each_turn: false, found: 3, ranked: 0, author: "ana", schemes: ["domain", "naturalness"] },
        schemes: [domain, scale],
        items,
        done: ready,
        skipped: [],
        next: next < 0 ? null : next,
        pace: { decisions: 0, seconds: 0, per_minute: null },
        quick: { domain: ["health/lab", "law"], naturalness: [] },
        examples: [],
        reports: {},
      };
    },
    "review.sample": ({ id }) => ({
      sample: { id, turns: [{ id: "t1", role: "user", content: `text of ${id}` }], origin: { kind: "written" }, source: "", revision: 1, state: "active", created_at: 0, updated_at: 0 },
      synthetic: false, depth: 0, source: null, tags: seen(id), notes: [], parents: [], children: [], branch_of: null, titles: {},
      asked: [{ scheme: "domain" }, { scheme: "naturalness" }],
      answered: [],
      hidden: others.some((tag) => tag.sample === id && tag.scheme === "naturalness") ? { "naturalness ": 1 } : {},
    }),
    "review.titles": () => ({}),
    "review.skip": () => ({}),
    "review.results": () => ({ done: 3, total: 3, pace: { decisions: 6, seconds: 30, per_minute: 12, middle: 5 }, answers: [], again: [], agreement: [], flips: [] }),
    "review.start": () => ({ schemes: [domain, scale], queues: [{ id: "q", name: "Morning", order, author: "ana", at: 0, query: "", schemes: ["domain"], total: 3, done: 0 }], samples: 3 }),
    "review.count": () => ({ count: 3 }),
    "review.about": () => ({ agreement: { percent: null, alpha: null, units: 0 }, disputed: 0, again: { pairs: 0, percent: null, kappa: null }, flips: { flips: 0, rate: null, pull: null, suggested: 0, policy: "" }, suggestions: null, answered: 3, fewest: 20 }),
    "tag.set": ({ ids, scheme: name, value }) => {
      for (const sample of ids) {
        const at = tags.findIndex((tag) => tag.sample === sample && tag.scheme === name && tag.author === "ana");
        if (at >= 0) tags.splice(at, 1);
        tags.push({ sample, scheme: name, value, author: "ana", at: 1, machine: false });
      }
      end += 1;
      return { changed: 1, tags: ids.flatMap(seen), wrote: [end - 1, end] };
    },
    "step.undo": () => {
      tags.pop();
      return { step: { label: "tag", samples: 1 } };
    },
  };
  const ctx = {
    author: "ana",
    call: async (name: string, args: Record<string, unknown> = {}) => {
      calls.push([name, args]);
      const answer = answers[name];
      if (!answer) throw new Error(`no ${name}`);
      return structuredClone(answer(args));
    },
    on: (name: string, listener: (what: unknown) => void) => (name === "changed" && heard.push(listener), () => {}),
    navigate: () => {},
    notice: () => {},
    remember: () => {},
    recall: async () => null,
    trait: { get: () => "", set: () => {}, on: () => () => {} },
  } as unknown as Ctx;
  const changed = (position: number): void => heard.forEach((listener) => listener({ version: position, position }));
  return { calls, ctx, tags, changed };
}

export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

export async function opened(others: Tag[] = [], order = "random"): Promise<World & { root: HTMLElement; room: () => Element; close: () => void }> {
  const made = world(others, order);
  page.replaceChildren();
  const root = document.createElement("div");
  root.className = "wb-root";
  page.append(root);
  const review = new ReviewPage(root, made.ctx);
  await settle();
  press(root, "1");
  await settle();
  await settle();
  return { ...made, root, room: () => root.querySelector(".wb-review")!, close: () => review.close() };
}

export const question = (root: HTMLElement): string => root.querySelector<HTMLElement>(".wb-ask-now")?.dataset.scheme ?? "";

// The browse page against a small Python: three conversations and two questions. Import first; each test begins anew.
import { page } from "./dom.ts";
import { beforeEach } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { makeEmitter } from "../src/core/emitter.ts";
import { mount } from "../src/panels/browse.ts";

export const SCHEMES = [
  {
    name: "naturalness",
    kind: "ordinal",
    on: "both",
    open: false,
    choices: [1, 2, 3, 4, 5].map((point) => ({ value: String(point), key: String(point) })),
  },
  {
    name: "domain",
    kind: "hierarchical",
    on: "sample",
    open: false,
    choices: [
      { value: "health", label: "Health" },
      { value: "finance", label: "Finance" },
    ],
  },
];

export const kept = new Map<string, unknown>();

export const row = (at: number) => ({
  id: `s${at}`,
  title: `<b>title ${at}</b>`,
  preview: "",
  language: "en",
  turns: 1,
  origin: "imported",
  from: "x",
  depth: 0,
  synthetic: false,
  revision: 1,
  state: "active",
  tags: [],
  why: [],
});
export const sample = (id: string) => ({
  sample: {
    id,
    turns: [{ id: "t1", role: "user", content: `<img src=x> ${id}` }],
    origin: { kind: "imported", file: "f", row: 1 },
    source: "src",
    revision: 1,
    state: "active",
    created_at: 0,
    updated_at: 0,
  },
  synthetic: false,
  depth: 0,
  source: null,
  tags: [],
  notes: [],
  parents: [],
  children: [],
  branch_of: null,
  titles: {},
});

export function open(answers: Record<string, (args: any) => unknown> = {}) {
  const calls: [string, any][] = [];
  const said: unknown[] = [];
  const events = makeEmitter<any>();
  const table: Record<string, (args: any) => unknown> = {
    "browse.start": () => ({
      schemes: SCHEMES,
      fields: [{ name: "domain", kind: "hierarchical", description: "" }],
      samples: 3,
    }),
    "browse.rows": () => ({ rows: [row(0), row(1), row(2)], total: 3 }),
    "browse.facets": () => [
      { field: "language", label: "language", values: [{ value: "en", label: "en", count: 3, term: "language:en" }] },
    ],
    "sample.open": ({ id }) => sample(id),
    "tag.set": ({ ids, scheme, value }) => ({
      changed: 1,
      tags: [{ sample: ids[0], scheme, value, author: "ana", at: 0, machine: false }],
    }),
    "sample.languages": () => ({ t1: "fr" }),
    "browse.place": () => null,
    "scheme.list": () => SCHEMES,
    "step.undo": () => ({ step: { label: "tag naturalness", samples: 1 } }),
    ...answers,
  };
  const ctx = {
    call: async (name: string, args: unknown = {}) => (calls.push([name, args]), table[name]!(args)),
    on: events.on,
    author: "ana",
    navigate: () => {},
    notice: (what: unknown) => said.push(what),
    remember: (name: string, value: unknown) => kept.set(name, value),
    recall: async (name: string) => kept.get(name) ?? null,
    trait: { get: () => undefined, set: () => {}, on: () => () => {} },
  } as unknown as Ctx;
  const frame = document.createElement("div");
  frame.className = "wb-root";
  const root = document.createElement("div");
  frame.append(root);
  page.append(frame);
  const close = mount(root, ctx);
  const named = (name: string) => calls.filter((call) => call[0] === name).map((call) => call[1]);
  const list = () => root.querySelector<HTMLElement>(".wb-list")!;
  return { root, frame, calls, said, named, list, close, events };
}

/** Wait until the page has painted its data, and then for what was started meanwhile. */
export const settle = async (ms = 50) => {
  for (let left = 200; left > 0 && !page.querySelector('[data-ready="true"]'); left--) await later(10);
  await later(ms);
};
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

beforeEach(() => {
  page.replaceChildren();
  window.localStorage.clear();
  window.location.hash = "";
  kept.clear();
});

// Items to approve, a Python that answers from a table, and a pane that shows two items of a run.
import "./dom.ts";
import * as a from "../src/panels/approve_state.ts";
import type { Item, Proposed } from "../src/panels/approve_types.ts";
import { ApprovePane } from "../src/panels/generate_approve.ts";

export const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  row: 0,
  state: "draft",
  changed: 0,
  turns: [{ id: "user_role", role: "system", content: `role of ${id}` }],
  parts: [{ id: "user_role", title: "Who asks", text: `role of ${id}`, made: `role of ${id}` }],
  findings: [],
  source: {},
  decided_by: "",
  reason: "",
  ...more,
});
export const boardOf = (...ids: string[]): a.Board => a.filled(a.EMPTY, ids.map((id) => item(id)));
export const proposed = (counts: Partial<Proposed["counts"]>, items: Item[] = []): Proposed => ({
  run: "r",
  what: "role cards",
  counts: { waiting: 0, ready: 0, used: 0, rejected: 0, ...counts },
  items,
  more: false,
  next: { recipe: "duet", title: "Two roles talk", needs_model: true, form: [{ name: "turns", kind: "integer", default: 6, title: "Turns" }] },
  runs: [],
});
export const two = (): Record<string, () => unknown> => ({ "approve.list": () => proposed({ waiting: 2 }, [item("x"), item("y")]), "approve.estimate": () => ({ rows: 1 }), "approve.give": () => ({}) });
export const settle = (ms = 0): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A context that answers commands from a table and keeps what was asked. */
export function asked(answers: Record<string, (args: Record<string, unknown>) => unknown>) {
  const sent: [string, Record<string, unknown>][] = [];
  const notices: unknown[] = [];
  const ctx = {
    call: async (name: string, args: Record<string, unknown> = {}) => (sent.push([name, args]), answers[name]!(args)),
    notice: (what: unknown) => void notices.push(what),
  };
  return { ctx: ctx as never, sent, notices };
}

/** A pane that shows two items of a run, with what a person does there. */
export async function shown(answers: Record<string, (args: Record<string, unknown>) => unknown>) {
  const made = asked(answers);
  const element = document.createElement("section");
  document.body.replaceChildren(element);
  const pane = new ApprovePane(made.ctx, { element, follow: () => {}, refresh: () => {}, drawHead: () => {} });
  element.append(pane.element);
  await pane.show("r", true);
  const key = (name: string): void => void pane.keys().find((one) => one.keys.includes(name))!.run(new KeyboardEvent("keydown"));
  return { ...made, pane, key, area: () => pane.element.querySelector("textarea"), shelf: (name: string) => pane.element.querySelector<HTMLElement>(`[data-shelf=${name}]`)!.click() };
}

// The tag panel alone: the questions about the sample that the trait `sample` names.
import type { Mount } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import type { Opened, Scheme, TagValue } from "../core/nouns.ts";
import { rootOf } from "../core/overlay.ts";
import { applied, mine, same, typed, type Decision } from "../tags/answers.ts";
import { planKeys } from "../tags/assign.ts";
import { openChooser } from "../tags/chooser.ts";
import { Decisions } from "../tags/decisions.ts";
import { Journal } from "../tags/journal.ts";
import { TagPane } from "../tags/pane.ts";

export const mount: Mount = (root, ctx) => {
  let schemes: Scheme[] = [];
  let plan = planKeys([]);
  let opened: Opened | null = null;
  const pane = new TagPane({ author: ctx.author, onAnswer: (scheme, value) => decide(scheme, value), onChooser: (scheme) => choose(scheme), onWhole: () => {} });
  const draw = (): void => pane.show(schemes, plan, opened && { ids: [opened.sample.id], turn: null, tags: opened.tags, label: "conversation" });
  const paint = (decision: Decision): void => {
    if (opened) opened = { ...opened, tags: applied(opened.tags, opened.sample.id, decision, ctx.author) };
    draw();
  };
  const load = async (): Promise<void> => {
    const id = ctx.trait.get<string>("sample") ?? "";
    if (!id) return fill(root, emptyState("No conversation chosen", "Set `sample` to the id of one."));
    try {
      opened = await ctx.call<Opened>("sample.open", { id });
      fill(root, pane.element);
      draw();
      requestAnimationFrame(() => rootOf(root).setAttribute("data-ready", "true"));
    } catch (error) {
      fill(root, failed(error, () => void load()));
    }
  };
  const decisions = new Decisions({
    call: ctx.call,
    journal: new Journal("", null),
    onOptimistic: paint,
    onSaved: (_decision, tags) => {
      if (opened && tags) opened = { ...opened, tags };
      draw();
    },
    onRefused: (_decision, error) => (ctx.notice(error), void load()),
    onPending: () => {},
  });
  const decide = (scheme: Scheme, value: TagValue | null): void => {
    if (opened) void decisions.decide({ ids: [opened.sample.id], scheme: scheme.name, value, turn: null });
  };
  const choose = (scheme: Scheme): void => {
    const current = opened ? mine(opened.tags, scheme.name, ctx.author, null)?.value : undefined;
    openChooser(rootOf(root), { scheme, current, subject: "this conversation", onChoose: (value) => decide(scheme, value) });
  };
  const keys = (): Shortcut[] => [
    ...[...plan.choosers].map(([key, name]) => ({ keys: [key], label: name, run: () => withScheme(name, choose) })),
    ...[...plan.answers].map(([key, answer]) => ({
      keys: [key],
      label: answer.value,
      run: () =>
        withScheme(answer.scheme, (scheme) => {
          const now = opened ? mine(opened.tags, scheme.name, ctx.author, null)?.value : undefined;
          decide(scheme, same(now, answer.value) ? null : typed(scheme, answer.value));
        }),
    })),
  ];
  const withScheme = (name: string, run: (scheme: Scheme) => void): void => {
    const scheme = schemes.find((item) => item.name === name);
    if (scheme) run(scheme);
  };
  fill(root, loading());
  ctx
    .call<Scheme[]>("scheme.list")
    .then((found) => {
      schemes = found;
      plan = planKeys(found);
      return load();
    })
    .catch(ctx.notice);
  const stops = [ctx.trait.on("sample", () => void load()), ctx.on("changed", () => void load()), bindKeys(root, keys)];
  return () => {
    for (const stop of stops) stop();
    root.replaceChildren();
  };
};

// The tag panel alone: the questions about the sample that the trait `sample` names.
import type { Mount } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import type { Opened, Scheme } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { typed } from "../tags/answers.ts";
import { planKeys } from "../tags/assign.ts";
import { Desk } from "../tags/desk.ts";
import { TagPane } from "../tags/pane.ts";

export const mount: Mount = (root, ctx) => {
  let schemes: Scheme[] = [];
  let plan = planKeys([]);
  let opened: Opened | null = null;
  const pane = new TagPane({
    author: ctx.author,
    onAnswer: (scheme, value) => desk.answer(scheme, value),
    onChooser: (scheme) => desk.choose(scheme),
    onWhole: () => {},
  });
  const draw = (): void =>
    pane.show(
      schemes,
      plan,
      opened && { ids: [opened.sample.id], turn: null, tags: opened.tags, label: t("conversation") },
    );
  const load = async (): Promise<void> => {
    const id = ctx.trait.get<string>("sample") ?? "";
    if (!id) return fill(root, emptyState(t("No conversation chosen"), t("Set `sample` to the id of one.")));
    try {
      opened = await ctx.call<Opened>("sample.open", { id });
      if (!root.contains(pane.element)) fill(root, pane.element);
      draw();
      markReady(root);
    } catch (error) {
      fill(
        root,
        failed(error, () => void load()),
      );
    }
  };
  const desk = new Desk({
    ctx,
    root,
    opened: () => opened,
    ids: () => (opened ? [opened.sample.id] : []),
    turn: () => null,
    onTags: (now) => {
      opened = now;
      draw();
    },
    onScheme: (scheme) => {
      schemes = schemes.map((item) => (item.name === scheme.name ? scheme : item));
      draw();
    },
    onRefused: () => void load(),
  });
  const keys = (): Shortcut[] => [
    ...[...plan.choosers].map(([key, name]) => ({
      keys: [key],
      label: name,
      run: () => withScheme(name, (scheme) => desk.choose(scheme)),
    })),
    ...[...plan.answers].map(([key, { scheme: name, value }]) => ({
      keys: [key],
      label: value,
      run: () => withScheme(name, (scheme) => desk.answer(scheme, typed(scheme, value))),
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

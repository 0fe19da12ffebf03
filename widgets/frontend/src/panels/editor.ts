// The turn editor alone: edits the sample that the trait `sample` names.
import type { Mount } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { browserShelf } from "../core/kept.ts";
import type { Opened } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { Editor } from "../edit/editor.ts";
import { Copies } from "../edit/keep.ts";

export const mount: Mount = (root, ctx) => {
  const editor = new Editor({
    call: ctx.call,
    copies: new Copies(ctx.trait.get<string>("place") ?? "", ctx.author, browserShelf()),
    notice: ctx.notice,
    remember: (name, value) => ctx.remember(name, value),
    recall: (name) => ctx.recall(name),
    onLeave: (kept) => {
      if (kept) ctx.notice(t("What you typed is kept, not saved."));
      else void load();
    },
    onSaved: (sample) => {
      ctx.notice(t("Saved as revision {n}.", { n: sample.revision }));
      if (sample.id === ctx.trait.get<string>("sample")) editor.edit(sample);
      else void load();
    },
  });
  /** Another sample was chosen; what is typed and not saved is kept and comes back with its sample. */
  const load = async (): Promise<void> => {
    const here = root.contains(document.activeElement);
    const id = ctx.trait.get<string>("sample") ?? "";
    if (editor.dirty && editor.editing !== id) ctx.notice(t("What you typed before is kept; it is here again when you choose that conversation."));
    if (!id) return fill(root, emptyState(t("No conversation chosen"), t("Set `sample` to the id of one.")));
    try {
      const opened = await ctx.call<Opened>("sample.open", { id });
      editor.put();
      fill(root, editor.element);
      editor.edit(opened.sample, null, here);
      markReady(root);
    } catch (error) {
      fill(
        root,
        failed(error, () => void load()),
      );
    }
  };
  fill(root, loading());
  void load();
  const stops = [ctx.trait.on("sample", () => void load()), ctx.on("changed", () => void follow())];
  const follow = async (): Promise<void> => {
    const id = editor.editing;
    if (id) editor.newer((await ctx.call<Opened>("sample.open", { id })).sample);
  };
  return () => {
    for (const stop of stops) stop();
    editor.close();
    root.replaceChildren();
  };
};

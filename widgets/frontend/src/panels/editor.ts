// The turn editor alone: edits the sample that the trait `sample` names.
import type { Mount } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import type { Opened } from "../core/nouns.ts";
import { rootOf } from "../core/overlay.ts";
import { Editor } from "../edit/editor.ts";

export const mount: Mount = (root, ctx) => {
  const editor = new Editor({
    call: ctx.call,
    notice: ctx.notice,
    onLeave: () => void load(),
    onSaved: (sample) => {
      ctx.notice(`Saved as revision ${sample.revision}.`);
      editor.edit(sample);
    },
  });
  const load = async (): Promise<void> => {
    const id = ctx.trait.get<string>("sample") ?? "";
    if (!id) return fill(root, emptyState("No conversation chosen", "Set `sample` to the id of one."));
    try {
      const opened = await ctx.call<Opened>("sample.open", { id });
      fill(root, editor.element);
      editor.edit(opened.sample);
      requestAnimationFrame(() => rootOf(root).setAttribute("data-ready", "true"));
    } catch (error) {
      fill(root, failed(error, () => void load()));
    }
  };
  fill(root, loading());
  void load();
  const off = ctx.trait.on("sample", () => void load());
  return () => {
    off();
    editor.close();
    root.replaceChildren();
  };
};

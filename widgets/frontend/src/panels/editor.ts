// The turn editor alone: edits the sample that the trait `sample` names.
import type { Mount } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import type { Opened } from "../core/nouns.ts";
import { markReady } from "../core/ready.ts";
import { Editor } from "../edit/editor.ts";

export const mount: Mount = (root, ctx) => {
  const editor = new Editor({
    call: ctx.call,
    notice: ctx.notice,
    onLeave: () => void load(),
    onSaved: (sample) => {
      ctx.notice(`Saved as revision ${sample.revision}.`);
      if (sample.id === ctx.trait.get<string>("sample")) editor.edit(sample);
      else void load();
    },
  });
  /** Another sample was chosen; what is typed and not saved is never thrown away for it. */
  const follow = (): void => {
    if (editor.dirty && editor.editing !== ctx.trait.get<string>("sample")) {
      ctx.notice({
        code: "unsaved",
        message: "Another conversation was chosen.",
        hint: "Save or cancel this one first; then it opens.",
      });
    } else void load();
  };
  const load = async (): Promise<void> => {
    const here = root.contains(document.activeElement);
    const id = ctx.trait.get<string>("sample") ?? "";
    if (!id) return fill(root, emptyState("No conversation chosen", "Set `sample` to the id of one."));
    try {
      const opened = await ctx.call<Opened>("sample.open", { id });
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
  const off = ctx.trait.on("sample", follow);
  return () => {
    off();
    editor.close();
    root.replaceChildren();
  };
};

// The keys of the page Release, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";

export interface ReleaseActions {
  move: (by: number) => void;
  create: () => void;
  change: () => void;
  browse: () => void;
  freeze: () => void;
  preview: () => void;
  export: () => void;
  remove: () => void;
  undo: () => void;
  help: () => void;
}

export function releaseKeys(act: ReleaseActions): Shortcut[] {
  const slices = t("Slices");
  const one = t("This slice");
  return [
    { keys: ["j"], id: "next-slice", label: t("Next slice"), group: slices, run: () => act.move(1) },
    { keys: ["k"], id: "slice-before", label: t("Slice before"), group: slices, run: () => act.move(-1) },
    { keys: ["n"], id: "new", label: t("New slice"), group: slices, run: act.create },
    { keys: ["e"], id: "change", label: t("Change the query"), group: one, run: act.change },
    { keys: ["b"], id: "browse", label: t("Show it in Browse"), group: one, run: act.browse },
    { keys: ["f"], id: "freeze", label: t("Freeze now"), group: one, run: act.freeze },
    { keys: ["p"], id: "preview", label: t("To the preview"), group: one, run: act.preview },
    { keys: ["x"], id: "export", label: t("To the export"), group: one, run: act.export },
    { keys: ["Delete"], id: "remove", label: t("Remove this slice"), group: one, run: act.remove },
    { keys: ["u"], id: "undo", label: t("Undo my last step"), group: t("More"), run: act.undo },
    { keys: ["?"], label: t("These keys"), group: t("More"), run: act.help },
  ];
}

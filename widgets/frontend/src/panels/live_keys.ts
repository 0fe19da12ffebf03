// The keys of a conversation that is run turn by turn, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";

export interface LiveActions {
  run: () => void;
  step: () => void;
  edit: () => void;
  again: () => void;
  version: () => void;
  goBack: () => void;
  move: (by: number) => void;
}

export function liveKeys(act: LiveActions): Shortcut[] {
  const group = t("Turn by turn");
  return [
    { keys: ["r"], label: t("Run or pause"), group, run: act.run },
    { keys: ["s"], label: t("Make one turn"), group, run: act.step },
    { keys: ["e"], label: t("Edit the turn"), group, run: act.edit },
    { keys: ["g"], label: t("Regenerate from here"), group, run: act.again },
    { keys: ["v"], label: t("Another version"), group, run: act.version },
    { keys: ["b"], label: t("Go on from the version that is read"), group, run: act.goBack },
    { keys: ["Shift+J", "Shift+ArrowDown"], label: t("Next turn"), group, run: () => act.move(1) },
    { keys: ["Shift+K", "Shift+ArrowUp"], label: t("Turn before"), group, run: () => act.move(-1) },
  ];
}

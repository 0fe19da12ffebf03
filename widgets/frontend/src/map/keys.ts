// The keys of the map, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Tool } from "./types.ts";

export interface MapActions {
  tool(tool: Tool): void;
  zoom(factor: number): void;
  move(dx: number, dy: number): boolean;
  all(): void;
  search(): void;
  colour(): void;
  browse(): boolean;
  clear(): boolean;
  undo(): void;
  redo(): void;
  help(): void;
}

const STEP = 60;

export function mapKeys(on: MapActions): Shortcut[] {
  const draw = t("Select");
  const look = t("Look");
  return [
    { keys: ["l"], label: t("Draw around points"), group: draw, run: () => on.tool("lasso") },
    { keys: ["b"], label: t("Pull a box around points"), group: draw, run: () => on.tool("box") },
    { keys: ["Escape"], label: t("Clear the selection"), group: draw, run: () => on.clear() },
    { keys: ["Enter"], label: t("Browse the selection"), group: draw, run: () => on.browse() },
    { keys: ["m"], label: t("Move the map by dragging"), group: look, run: () => on.tool("move") },
    { keys: ["+", "="], label: t("Nearer"), group: look, run: () => on.zoom(1.5) },
    { keys: ["-"], label: t("Farther"), group: look, run: () => on.zoom(1 / 1.5) },
    { keys: ["0"], label: t("The whole map"), group: look, run: () => on.all() },
    { keys: ["ArrowLeft"], label: t("To the left"), group: look, run: () => on.move(STEP, 0) },
    { keys: ["ArrowRight"], label: t("To the right"), group: look, run: () => on.move(-STEP, 0) },
    { keys: ["ArrowUp"], label: t("Up"), group: look, run: () => on.move(0, STEP) },
    { keys: ["ArrowDown"], label: t("Down"), group: look, run: () => on.move(0, -STEP) },
    { keys: ["c"], label: t("Colour by another field"), run: () => on.colour() },
    { keys: ["/"], label: t("Go to the query"), run: () => on.search() },
    { keys: ["u"], id: "undo", label: t("Undo my last step"), run: () => on.undo() },
    { keys: ["Shift+U"], id: "redo", label: t("Redo"), run: () => on.redo() },
    { keys: ["?"], label: t("These keys"), run: () => on.help() },
  ];
}

// Where a conversation came from: badges on one line, relatives on request.
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import type { Opened } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";

export function badges(opened: Opened): HTMLElement {
  const { sample, source } = opened;
  const origin = sample.origin;
  return h(
    "div",
    { class: "wb-badges" },
    originBadge(opened),
    sample.language ? h("span", { class: "wb-chip", title: "language" }, sample.language) : null,
    opened.depth > 0
      ? h("span", { class: "wb-chip wb-chip-violet", title: "1 + the deepest parent's depth" }, `depth ${opened.depth}`)
      : null,
    h(
      "span",
      { class: "wb-chip", title: `last changed ${exactly(sample.updated_at)}` },
      sample.revision > 1 ? `revision ${sample.revision}, ${ago(sample.updated_at)}` : "as it came",
    ),
    source
      ? h(
          "span",
          {
            class: source.license && source.license !== "unknown" ? "wb-chip" : "wb-chip wb-chip-warn",
            title: "licence of the source",
          },
          line(source.license && source.license !== "unknown" ? source.license : "licence unknown"),
        )
      : null,
    sample.state === "archived" ? h("span", { class: "wb-chip wb-chip-warn" }, "archived") : null,
    origin.kind === "imported"
      ? h(
          "span",
          { class: "wb-quiet wb-badge-place", title: String(origin.file) },
          line(`${String(origin.file).split("/").pop()} · record ${origin.row}`),
        )
      : null,
  );
}

function originBadge(opened: Opened): HTMLElement {
  const { sample, source, synthetic } = opened;
  const origin = sample.origin;
  if (origin.kind === "generated") {
    const model = origin.model ? ` · ${origin.model}` : "";
    return h(
      "span",
      { class: "wb-chip wb-chip-violet", title: `seed ${origin.seed}, run ${origin.run}` },
      icon("generate", 12),
      line(`${origin.recipe} ${origin.version}${model}`),
    );
  }
  if (origin.kind === "written")
    return h("span", { class: "wb-chip wb-chip-good" }, icon("edit", 12), line(`written by ${origin.author}`));
  return h(
    "span",
    { class: synthetic ? "wb-chip wb-chip-violet" : "wb-chip wb-chip-accent" },
    icon("collect", 12),
    line(`${source?.name ?? sample.source}${synthetic ? " · synthetic" : ""}`),
  );
}

export function lineageView(opened: Opened, onOpen: (id: string) => void): HTMLElement | null {
  const up = [
    ...opened.parents.map((id) => ["made from", id] as const),
    ...(opened.branch_of ? [["branch of", opened.branch_of] as const] : []),
  ];
  const down = opened.children;
  if (up.length === 0 && down.length === 0) return null;
  const link = (word: string, id: string): HTMLElement =>
    h(
      "div",
      { class: "wb-relative" },
      h("span", { class: "wb-quiet" }, word),
      h("button", { class: "wb-link", on: { click: () => onOpen(id) } }, line(opened.titles[id] ?? id)),
    );
  const words = [up.length > 0 ? `from ${up.length}` : "", down.length > 0 ? `${down.length} made of it` : ""]
    .filter(Boolean)
    .join(", ");
  return h(
    "details",
    { class: "wb-lineage" },
    h("summary", {}, icon("branch", 14), ` Family: ${words}`),
    ...up.map(([word, id]) => link(word, id)),
    ...down.slice(0, 20).map((id) => link("became", id)),
    down.length > 20
      ? h("p", { class: "wb-quiet" }, `and ${down.length - 20} more: search parent:${opened.sample.id}`)
      : null,
  );
}

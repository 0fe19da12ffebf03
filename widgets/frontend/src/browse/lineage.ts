// Where a conversation came from: badges on one line, relatives on request.
import { key, t, tn } from "../core/i18n.ts";
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import type { Opened } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";

const TIERS: Record<string, string> = {
  raw: key("raw text"),
  "question-answer": key("question and answer"),
  "human-ranked": key("ranked by people"),
  "machine-ranked": key("ranked by a machine"),
  knowledge: key("knowledge"),
};

const GATES: Record<string, string> = {
  source: key("a source for every answer"),
  signed: key("signed as right by a person"),
  natural: key("natural (4 or 5)"),
  compliant: key("in order to be used"),
};

export function badges(opened: Opened): HTMLElement {
  const { sample, source } = opened;
  const origin = sample.origin;
  return h(
    "div",
    { class: "wb-badges" },
    originBadge(opened),
    sample.language ? h("span", { class: "wb-chip", title: t("language") }, sample.language) : null,
    placeBadge(opened),
    opened.depth > 0
      ? h("span", { class: "wb-chip wb-chip-violet", title: t("1 + the deepest parent's depth") }, t("depth {n}", { n: opened.depth }))
      : null,
    h(
      "span",
      { class: "wb-chip", title: t("last changed {when}", { when: exactly(sample.updated_at) }) },
      sample.revision > 1 ? t("revision {n}, {when}", { n: sample.revision, when: ago(sample.updated_at) }) : t("as it came"),
    ),
    source
      ? h(
          "span",
          {
            class: source.license && source.license !== "unknown" ? "wb-chip" : "wb-chip wb-chip-warn",
            title: t("licence of the source"),
          },
          line(source.license && source.license !== "unknown" ? source.license : t("licence unknown")),
        )
      : null,
    sample.state === "archived" ? h("span", { class: "wb-chip wb-chip-warn" }, t("archived")) : null,
    origin.kind === "imported"
      ? h(
          "span",
          { class: "wb-quiet wb-badge-place", title: String(origin.file) },
          line(t("{file} · record {row}", { file: String(origin.file).split("/").pop()!, row: String(origin.row) })),
        )
      : null,
  );
}

/** How high it stands in the data pyramid by what is known of it; what it lacks is told on it. */
function placeBadge({ place }: Opened): HTMLElement | null {
  if (!place) return null;
  const missing = place.missing.map((gate) => t(GATES[gate] ?? gate)).join(", ");
  const told = missing ? t("By what is known it may be called this in the data pyramid. To the top it lacks: {missing}.", { missing }) : t("It passed every gate to the top of the data pyramid.");
  return h("span", { class: missing ? "wb-chip" : "wb-chip wb-chip-good", title: told, data: { tier: place.tier } }, t(TIERS[place.tier] ?? place.tier));
}

function originBadge(opened: Opened): HTMLElement {
  const { sample, source, synthetic } = opened;
  const origin = sample.origin;
  if (origin.kind === "generated") {
    const model = origin.model ? ` · ${origin.model}` : "";
    return h(
      "span",
      { class: "wb-chip wb-chip-violet", title: t("seed {seed}, run {run}", { seed: String(origin.seed), run: String(origin.run) }) },
      icon("generate", 12),
      line(`${origin.recipe} ${origin.version}${model}`),
    );
  }
  if (origin.kind === "written")
    return h("span", { class: "wb-chip wb-chip-good" }, icon("edit", 12), line(t("written by {author}", { author: String(origin.author) })));
  return h(
    "span",
    { class: synthetic ? "wb-chip wb-chip-violet" : "wb-chip wb-chip-accent" },
    icon("collect", 12),
    line(`${source?.name ?? sample.source}${synthetic ? ` · ${t("synthetic")}` : ""}`),
  );
}

export function lineageView(opened: Opened, onOpen: (id: string) => void): HTMLElement | null {
  const up = [
    ...opened.parents.map((id) => [t("made from"), id] as const),
    ...(opened.branch_of ? [[t("branch of"), opened.branch_of] as const] : []),
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
  const words = [
    up.length > 0 ? t("from {n}", { n: up.length }) : "",
    down.length > 0 ? tn("{n} made of it", "{n} made of it", down.length) : "",
  ]
    .filter(Boolean)
    .join(", ");
  return h(
    "details",
    { class: "wb-lineage" },
    h("summary", {}, icon("branch", 14), ` ${t("Family: {members}", { members: words })}`),
    ...up.map(([word, id]) => link(word, id)),
    ...down.slice(0, 20).map((id) => link(t("became"), id)),
    down.length > 20
      ? h("p", { class: "wb-quiet" }, t("and {n} more: search {query}", { n: down.length - 20, query: `parent:${opened.sample.id}` }))
      : null,
  );
}

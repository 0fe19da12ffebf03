// One slice: what it finds now, its builds, what changed between them, and its exports.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { button, count, remark, section } from "../work/parts.ts";
import { comparisonView } from "./release_compare.ts";
import { exportForm, type ExportForm } from "./release_export.ts";
import type { Build, Comparison, Slice, Start } from "./release_types.ts";

export interface SlicePage {
  element: HTMLElement;
  update(slice: Slice | undefined): void;
  close(): void;
}

export function sliceCard(slice: Slice, on: boolean, open: () => void): HTMLElement {
  return h(
    "button",
    { class: `wb-slice${on ? " wb-on" : ""}`, "aria-current": on ? "true" : undefined, data: { slice: slice.name }, on: { click: open } },
    h("strong", { class: "wb-clip" }, line(slice.title || slice.name)),
    h("span", { class: "wb-quiet wb-numbers" }, slice.count === null ? "the query cannot be read" : count(slice.count, "conversation")),
    h("span", { class: "wb-quiet" }, slice.last ? `frozen ${ago(slice.last.at)}` : "not frozen yet"),
  );
}

export function slicePage(ctx: Ctx, first: Slice, start: Start, on: { changed: () => void; edit: (slice: Slice) => void }): SlicePage {
  let slice = first;
  let builds: Build[] = [];
  let form: ExportForm | null = null;
  const now = h("div", { class: "wb-slice-now" });
  const buildBox = h("div", { class: "wb-stack" }, loading());
  const exportBox = h("div", { class: "wb-stack" });
  const freeze = button("Freeze now", () => void freezeNow(), { tone: "primary", name: "freeze" });

  const drawNow = (): void => {
    freeze.disabled = slice.count === null || slice.count === 0;
    fill(
      now,
      slice.problem ? remark("bad", `${slice.problem.message}. `, slice.problem.hint) : null,
      h(
        "div",
        { class: "wb-row wb-wrap" },
        h("span", { class: "wb-slice-count wb-numbers" }, slice.count === null ? "–" : slice.count.toLocaleString("en")),
        h("span", { class: "wb-quiet" }, slice.count === 1 ? "conversation now" : "conversations now"),
        h("span", { class: "wb-grow" }),
        button("Browse", () => ctx.navigate("browse", { query: slice.query ?? "" }), { tone: "quiet", name: "browse" }),
        button("Change the query", () => on.edit(slice), { tone: "quiet", name: "edit-slice" }),
        freeze,
      ),
    );
  };
  const freezeNow = async (): Promise<void> => {
    freeze.disabled = true;
    freeze.textContent = "Freezing";
    try {
      const build = await ctx.call<Build>("slice.freeze", { name: slice.name });
      ctx.notice(`Frozen: ${count(build.count, "conversation")} under ${short(build.hash)}.`);
      await load();
      on.changed();
    } catch (error) {
      ctx.notice(error);
    } finally {
      freeze.disabled = false;
      freeze.textContent = "Freeze now";
    }
  };
  const load = async (): Promise<void> => {
    try {
      builds = await ctx.call<Build[]>("slice.builds", { name: slice.name });
      drawBuilds();
    } catch (error) {
      fill(buildBox, failed(error, () => void load()));
    }
  };
  const drawBuilds = (): void => {
    const [newest, before] = builds;
    if (!newest) {
      fill(buildBox, h("p", { class: "wb-quiet" }, "Not frozen yet. Freezing pins these conversations, their texts and their tags under one hash; only a frozen build can be exported."));
      form?.close();
      form = null;
      return fill(exportBox);
    }
    const compared = h("div", {});
    fill(buildBox, section("Builds", buildTable(builds)), before ? compared : null);
    if (before) void compare(compared, before, newest);
    form?.close();
    form = exportForm(ctx, slice, newest, start);
    fill(exportBox, form.element);
  };
  const compare = async (box: HTMLElement, old: Build, newest: Build): Promise<void> => {
    if (old.hash === newest.hash) return fill(box, remark("info", "The last two builds are the same, text for text."));
    fill(box, loading("Comparing the last two builds"));
    try {
      const found = await ctx.call<Comparison>("slice.compare", { old: old.id, new: newest.id });
      fill(box, comparisonView(ctx, found));
    } catch (error) {
      fill(box, failed(error, () => void compare(box, old, newest)));
    }
  };
  drawNow();
  void load();
  return {
    element: h(
      "div",
      { class: "wb-slice-page", data: { slice: slice.name } },
      h("header", { class: "wb-head" }, h("h2", {}, line(slice.title || slice.name)), h("p", { class: "wb-lead" }, slice.query ? h("code", {}, line(slice.query)) : "all conversations")),
      now,
      buildBox,
      exportBox,
    ),
    update(next) {
      if (!next) return;
      const frozenElsewhere = next.last?.id !== builds[0]?.id && next.last !== null;
      slice = next;
      drawNow();
      if (frozenElsewhere) void load();
    },
    close: () => form?.close(),
  };
}

export function short(hash: string): string {
  const [tag, digits] = hash.includes(":") ? hash.split(":", 2) : ["", hash];
  return `${tag ? `${tag}:` : ""}${(digits ?? "").slice(0, 10)}`;
}

function buildTable(builds: Build[]): HTMLElement {
  return h(
    "div",
    { class: "wb-table-box wb-builds", tabindex: 0, role: "region", "aria-label": "Builds" },
    h(
      "table",
      { class: "wb-table" },
      h("thead", {}, h("tr", {}, ...["Frozen", "Conversations", "Hash", "By"].map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...builds.map((build) =>
          h(
            "tr",
            { data: { build: build.id } },
            h("td", {}, h("time", { title: exactly(build.at) }, ago(build.at))),
            h("td", { class: "wb-numbers" }, build.count.toLocaleString("en")),
            h("td", {}, h("code", { title: build.hash }, short(build.hash))),
            h("td", {}, line(build.author)),
          ),
        ),
      ),
    ),
  );
}

// One slice: what it finds now, what freezing would change, its builds, and the export of one of them.
import { copyButton } from "../code/copybutton.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { inSentences } from "../core/notice.ts";
import { keepFocus } from "../core/refocus.ts";
import { line } from "../text/body.ts";
import { ago } from "../text/when.ts";
import { followJob } from "../work/jobs.ts";
import { button, keyed, remark, section } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { buildTable, compareBuilds, short } from "./release_builds.ts";
import { exportForm, type ExportForm } from "./release_export.ts";
import { nowBox } from "./release_now.ts";
import type { Build, Slice, Start } from "./release_types.ts";

export interface SlicePage {
  element: HTMLElement;
  update(slice: Slice | undefined): void;
  freeze(): void;
  preview(): void;
  export(): void;
  /** What the screen shows, as commands: for the code drawer. */
  acts(): { name: string; args: Record<string, unknown> }[];
  close(): void;
}

export function countInWords(slice: Pick<Slice, "count">): string {
  return slice.count === null ? t("the query cannot be read") : tn("{n} conversation", "{n} conversations", slice.count);
}

export function sliceCard(slice: Slice, on: boolean, open: () => void): HTMLElement {
  return h(
    "button",
    { class: `wb-slice${on ? " wb-on" : ""}`, "aria-current": on ? "true" : undefined, data: { slice: slice.name }, on: { click: open } },
    h("strong", { class: "wb-clip" }, line(slice.title || slice.name)),
    h("span", { class: "wb-quiet wb-numbers", data: { count: slice.name } }, countInWords(slice)),
    h("span", { class: "wb-quiet" }, slice.last ? t("frozen {when}", { when: ago(slice.last.at) }) : t("not frozen yet")),
  );
}

export function slicePage(ctx: Ctx, first: Slice, start: Start, on: { changed: () => void; edit: (slice: Slice) => void; remove: () => void }): SlicePage {
  let slice = first;
  let builds: Build[] = [];
  let chosen = "";
  let form: ExportForm | null = null;
  let freezing = false;
  let stop = (): void => {};
  const problem = h("div", { class: "wb-when-filled" });
  const number = h("span", { class: "wb-slice-count wb-numbers" });
  const unit = h("span", { class: "wb-quiet" });
  const freeze = button(keyed(t("Freeze now"), keyShown("release", "freeze", "f")), () => void freezeNow(), { tone: "primary", name: "freeze" });
  const progress = h("div", { class: "wb-when-filled" });
  const difference = nowBox(ctx, slice.name);
  const comparing = compareBuilds(ctx);
  const buildBox = h("div", { class: "wb-stack" }, loading());
  const exportBox = h("div", { class: "wb-stack wb-when-filled" });

  const drawNow = (): void => {
    freeze.disabled = freezing || !slice.count;
    freeze.title = slice.count === 0 ? t("There is nothing to freeze: the query finds no conversation.") : "";
    number.textContent = slice.count === null ? "–" : inDigits(slice.count);
    unit.textContent = slice.count === 1 ? t("conversation now") : t("conversations now");
    const told = slice.problem;
    fill(problem, told ? remark("bad", inSentences(told)) : null);
  };
  const freezeNow = async (): Promise<void> => {
    if (freezing || !slice.count) return;
    freezing = true;
    drawNow();
    try {
      const { job } = await ctx.call<{ job: string }>("slice.freeze", { name: slice.name });
      const view = progressView(ctx, t("Freezing {name}", { name: slice.name }), job);
      const shown = setTimeout(() => fill(progress, view.element), 250);
      stop = followJob(ctx, job, {
        progress: view.update,
        inView: () => freeze.offsetParent !== null,
        end: () => (clearTimeout(shown), void frozen(job)),
      });
    } catch (error) {
      ctx.notice(error);
      thawed();
    }
  };
  const frozen = async (job: string): Promise<void> => {
    try {
      const build = await ctx.call<Build>("slice.frozen", { job });
      ctx.notice(tn("Frozen: {n} conversation under {hash}.", "Frozen: {n} conversations under {hash}.", build.count, { hash: short(build.hash) }));
      chosen = build.id;
      await load();
      on.changed();
    } catch (error) {
      const stopped = (error as { code?: string }).code === "cancelled";
      ctx.notice(stopped ? t("Freezing was stopped. Nothing was kept.") : error);
    } finally {
      thawed();
    }
  };
  const thawed = (): void => {
    freezing = false;
    fill(progress);
    drawNow();
  };
  const load = async (): Promise<void> => {
    try {
      builds = await ctx.call<Build[]>("slice.builds", { name: slice.name });
      if (!builds.some((build) => build.id === chosen)) chosen = builds[0]?.id ?? "";
      drawBuilds();
      difference.again(builds[0] ?? null);
    } catch (error) {
      fill(buildBox, failed(error, () => void load()));
    }
  };
  const drawBuilds = (): void => {
    const build = builds.find((item) => item.id === chosen);
    comparing.show(builds);
    keepFocus(buildBox, () => fill(buildBox, build ? section(t("Builds"), buildTable(builds, chosen, choose), comparing.element) : null));
    if (!build || form?.build !== build.id) {
      form?.close();
      form = build ? exportForm(ctx, slice, build, start) : null;
      fill(exportBox, form?.element);
    }
  };
  const choose = (id: string): void => {
    chosen = id;
    drawBuilds();
    buildBox.querySelector<HTMLElement>(`[data-build="${id}"] input`)?.focus({ preventScroll: true });
  };
  drawNow();
  void load();
  const query = slice.query ?? "";
  return {
    element: h(
      "div",
      { class: "wb-slice-page", data: { slice: slice.name } },
      h(
        "header",
        { class: "wb-head" },
        h("h2", {}, line(slice.title || slice.name)),
        h("p", { class: "wb-lead wb-slice-query" }, query ? h("code", {}, line(query)) : t("all conversations"), query ? copyButton(() => query, t("Copy the query"), "copy-query") : null),
      ),
      problem,
      h(
        "div",
        { class: "wb-slice-now" },
        h(
          "div",
          { class: "wb-row wb-wrap" },
          number,
          unit,
          h("span", { class: "wb-grow" }),
          button(keyed(t("Browse"), keyShown("release", "browse", "b")), () => ctx.navigate("browse", { query }), { tone: "quiet", name: "browse" }),
          button(keyed(t("Change the query"), keyShown("release", "change", "e")), () => on.edit(slice), { tone: "quiet", name: "edit-slice" }),
          button(keyed(t("Remove"), keyShown("release", "remove", "Delete")), on.remove, { tone: "quiet", name: "remove-slice", title: t("Forget this saved query; builds that were frozen from it stay") }),
          freeze,
        ),
        progress,
        difference.element,
      ),
      buildBox,
      exportBox,
    ),
    update(next) {
      if (!next) return;
      const elsewhere = next.last !== null && !builds.some((build) => build.id === next.last?.id);
      slice = next;
      drawNow();
      if (elsewhere) void load();
      else difference.again(builds[0] ?? null);
    },
    freeze: () => void freezeNow(),
    preview: () => form?.toPreview(),
    export: () => form?.toExport(),
    acts: () => [
      { name: "slice.save", args: { name: slice.name, where: query, title: slice.title ?? "" } },
      { name: "slice.freeze", args: { name: slice.name } },
      ...(form?.acts() ?? []),
    ],
    close() {
      stop();
      difference.close();
      form?.close();
    },
  };
}

// The recorded messages of Python, read as the page reads them: tests/contracts/*.json, which pytest keeps true.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { JobState } from "../src/core/ctx.ts";
import type { Facet, Opened, Row, Tag } from "../src/core/nouns.ts";
import { CommandError, makeRpc, readReply, type Command } from "../src/core/rpc.ts";
import type { GapCell, Gaps, PlannedCell, PlannedGaps } from "../src/panels/yield_types.ts";
import type { Start } from "../src/settings/corner.ts";

const FOLDER = join(process.cwd(), "../../../tests/contracts");

interface Message {
  command: Command;
  reply: { kind: string; rid: number; ok: boolean; result?: any; error?: any };
}

function recorded(group: string): Message[] {
  return JSON.parse(readFileSync(join(FOLDER, `${group}.json`), "utf8"));
}

function replyTo(group: string, name: string): any {
  return recorded(group).find((item) => item.command.name === name && item.reply.ok)!.reply.result;
}

/** Fails to compile when a field of the type is not named, and to run when a recorded reply lacks one. */
function has<T>(value: T, fields: Record<keyof T & string, "must" | "may">): void {
  for (const [field, need] of Object.entries(fields))
    if (need === "must") assert.ok(field in (value as object), `the reply has no ${field}`);
}

const groups = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(".json", ""))
  .filter((group) => {
    const messages = JSON.parse(readFileSync(join(FOLDER, `${group}.json`), "utf8"));
    return Array.isArray(messages) && "command" in messages[0];
  });

for (const group of groups) {
  test(`${group}: the page sends these commands and understands these replies`, async () => {
    const sent: Command[] = [];
    let hear: (message: unknown) => void = () => {};
    const channel = {
      send: (message: unknown) => void sent.push(message as Command),
      on: (listener: (message: unknown) => void) => ((hear = listener), () => {}),
    };
    const rpc = makeRpc(channel, { page: "p1" });
    for (const { command, reply } of recorded(group)) {
      const call = rpc.call(command.name, command.args);
      assert.deepEqual(sent.at(-1), command);
      assert.ok(readReply(reply));
      hear(reply);
      if (reply.ok) assert.deepEqual(await call, reply.result);
      else
        await assert.rejects(call, (error: CommandError) => error.code === reply.error.code && error.message.length > 0);
    }
  });
}

test("the start, a row, an opened sample, a facet, a tag and a job have the fields the page reads", () => {
  has<Start>(replyTo("app", "app.start"), {
    name: "must",
    author: "must",
    author_from: "must",
    path: "must",
    version: "must",
    log: "must",
    tour: "must",
  });
  const row: Row = replyTo("browse", "browse.rows").rows[0];
  for (const field of ["id", "title", "preview", "language", "turns", "origin", "depth", "revision", "state", "tags"])
    assert.ok(field in row, `a row has no ${field}`);
  const opened: Opened = replyTo("browse", "sample.open");
  for (const field of ["sample", "synthetic", "depth", "source", "tags", "notes", "parents", "children", "titles"])
    assert.ok(field in opened, `an opened sample has no ${field}`);
  const facets: Facet[] = replyTo("browse", "browse.facets");
  assert.ok(facets.every((facet) => typeof facet.field === "string" && typeof facet.label === "string"));
  const tag: Tag = replyTo("tag", "tag.set").tags[0];
  for (const field of ["sample", "scheme", "value", "author", "at", "machine"]) assert.ok(field in tag);
  const job: JobState = replyTo("job", "job.list")[0];
  for (const field of ["id", "title", "state", "done", "total", "message"]) assert.ok(field in job);
});

test("the grid of a run that fills gaps has the fields the heat map reads", () => {
  const gaps: Gaps = replyTo("generate", "run.gaps");
  has<Gaps>(gaps, { axes: "must", questions: "must", cells: "must", filled: "must", wanting: "must", usd: "must", each: "must", ended: "must" });
  const must = "must" as const;
  has<GapCell>(gaps.cells[0]!, { cell: must, query: must, before: must, target: must, written: must, inside: must, accepted: must, rejected: must, after: must, short: must, undecided: must, coming: must, lost: must, waiting: must, elsewhere: must });
  const planned: PlannedGaps = replyTo("generate", "generate.gaps");
  has<PlannedGaps>(planned, { axes: must, questions: must, cells: must, selected: must, wanting: must, lacking: must, planned: must, notes: must });
  has<PlannedCell>(planned.cells[0]!, { cell: must, query: must, before: must, target: must, short: must, planned: must });
});

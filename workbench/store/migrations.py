"""The schema as a list of numbered steps that is only ever appended to.

Each step is applied in one transaction together with its record, under the write lock, so that two processes may open
one workspace at the same moment and a crash leaves a step either done or not begun. A step that was released is
never edited.

How the tables fit together: `sample` is the narrow hot row, `body` the newest JSON of it, `revision` the earlier ones;
`event` is at once the append-only journal, the change log that indexes follow and (in `inverse` and `data`) what undo
needs. An event that touches many samples takes as many numbers as it has `rows`: its `seq` is the last of them. `gap`
names row numbers that no visible sample has: they belong to an import under way, or belonged to one that was killed.
"""

from __future__ import annotations

from typing import NamedTuple

from workbench.errors import StoreError, StoreTooNew
from workbench.ids import Clock
from workbench.store.connection import Database
from workbench.store.transaction import roll_back

APPLICATION_ID = 0x63577262  # "cWrb": tells our files from other SQLite files


class Migration(NamedTuple):
    """One step of the schema: its name, and statements separated by semicolons."""

    name: str
    sql: str


_SAMPLES = """
CREATE TABLE term (code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE sample (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, content BLOB NOT NULL,
  source INTEGER NOT NULL, language INTEGER NOT NULL, origin INTEGER NOT NULL, recipe INTEGER NOT NULL,
  model INTEGER NOT NULL, run INTEGER NOT NULL, import INTEGER NOT NULL, depth INTEGER NOT NULL,
  turns INTEGER NOT NULL, chars INTEGER NOT NULL, revision INTEGER NOT NULL, state INTEGER NOT NULL,
  synthetic INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE INDEX sample_content ON sample (content);
CREATE TABLE body (
  n INTEGER PRIMARY KEY REFERENCES sample, author INTEGER NOT NULL, note TEXT NOT NULL, record BLOB NOT NULL);
CREATE TABLE revision (
  n INTEGER NOT NULL REFERENCES sample, revision INTEGER NOT NULL, at INTEGER NOT NULL, author INTEGER NOT NULL,
  note TEXT NOT NULL, record BLOB NOT NULL, UNIQUE (n, revision));
CREATE TABLE link (parent TEXT NOT NULL, child INTEGER NOT NULL REFERENCES sample, PRIMARY KEY (parent, child))
  WITHOUT ROWID;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, at INTEGER NOT NULL, author INTEGER NOT NULL, kind TEXT NOT NULL,
  what INTEGER NOT NULL, n INTEGER, data BLOB NOT NULL, rows BLOB, inverse BLOB);
CREATE INDEX event_sample ON event (n) WHERE n IS NOT NULL;
CREATE INDEX event_bulk ON event (seq) WHERE rows IS NOT NULL;
CREATE TABLE step (
  id INTEGER PRIMARY KEY, author INTEGER NOT NULL, at INTEGER NOT NULL, label TEXT NOT NULL, samples INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, state INTEGER NOT NULL);
CREATE INDEX step_undone ON step (author) WHERE state = 1;
CREATE TABLE setting (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""

_LABELS = """
CREATE TABLE scheme (
  name TEXT NOT NULL, version INTEGER NOT NULL, current INTEGER NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (name, version)) WITHOUT ROWID;
CREATE TABLE tag (
  n INTEGER NOT NULL REFERENCES sample, scheme INTEGER NOT NULL, author INTEGER NOT NULL, turn TEXT NOT NULL,
  value INTEGER NOT NULL, at INTEGER NOT NULL, note TEXT NOT NULL, confidence REAL, machine INTEGER NOT NULL,
  version INTEGER NOT NULL, PRIMARY KEY (n, scheme, author, turn)) WITHOUT ROWID;
CREATE TABLE note (
  id TEXT PRIMARY KEY, n INTEGER NOT NULL REFERENCES sample, at INTEGER NOT NULL, gone INTEGER NOT NULL,
  record BLOB NOT NULL);
CREATE INDEX note_sample ON note (n);
"""

_SOURCES = """
CREATE TABLE source (name TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, record BLOB NOT NULL);
CREATE TABLE document (id TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE import (id TEXT PRIMARY KEY, at INTEGER NOT NULL, state TEXT NOT NULL, record BLOB NOT NULL);
CREATE TABLE problem (import TEXT NOT NULL REFERENCES import, row INTEGER NOT NULL, record BLOB NOT NULL);
CREATE INDEX problem_import ON problem (import, row);
"""

_GENERATION = """
CREATE TABLE run (id TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE draft (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, state TEXT NOT NULL, rank INTEGER,
  decided_by TEXT, decided_at INTEGER, reason TEXT NOT NULL, sample TEXT, record BLOB NOT NULL);
CREATE INDEX draft_run ON draft (run, state);
CREATE INDEX draft_state ON draft (state);
CREATE TABLE call (
  id INTEGER PRIMARY KEY, run TEXT NOT NULL, row INTEGER NOT NULL, request_hash TEXT NOT NULL, endpoint TEXT NOT NULL,
  model TEXT NOT NULL, state TEXT NOT NULL, sent_at INTEGER NOT NULL, ended_at INTEGER, prompt_tokens INTEGER,
  completion_tokens INTEGER, usd REAL, error TEXT NOT NULL, response TEXT NOT NULL);
CREATE INDEX call_run ON call (run);
CREATE INDEX call_request ON call (request_hash, state);
"""

_SLICES = """
CREATE TABLE slice (name TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE frozen (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, record BLOB NOT NULL);
"""

_PINS = """
CREATE TABLE frozen_part (frozen TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (frozen, part));
"""

_BRANCHES = """
CREATE INDEX link_child ON link (child);
"""

_GAPS = """
CREATE TABLE gap (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, import TEXT NOT NULL);
"""

_REVIEWS = """
CREATE INDEX event_review ON event (seq) WHERE kind = 'log:review';
"""

_SCHEME_CHANGES = """
ALTER TABLE tag ADD COLUMN review INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tag_review ON tag (scheme, n) WHERE review;
CREATE TABLE scheme_change (
  name TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, author INTEGER NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (name, version)) WITHOUT ROWID;
CREATE INDEX event_bulk_tag ON event (seq) WHERE kind = 'log:bulk_tag';
"""

_PAIRS = """
CREATE TABLE pair (
  id TEXT PRIMARY KEY, n INTEGER NOT NULL REFERENCES sample, at INTEGER NOT NULL, state INTEGER, record BLOB NOT NULL);
CREATE INDEX pair_sample ON pair (n);
ALTER TABLE step ADD COLUMN why TEXT NOT NULL DEFAULT '';
"""

_LIVE = """
CREATE INDEX event_live ON event (data ->> '$.run', data ->> '$.draft', seq) WHERE kind = 'log:live';
"""

_ROWS_OF_RUNS = """
ALTER TABLE draft ADD COLUMN row INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN reused INTEGER NOT NULL DEFAULT 0;
UPDATE draft SET row = coalesce(json_extract(CAST(record AS TEXT), '$.row'), 0), problem = coalesce(
  (SELECT json_extract(gate.value, '$.check') FROM json_each(CAST(record AS TEXT), '$.gates') AS gate
   WHERE json_extract(gate.value, '$.severity') = 'problem' LIMIT 1), '');
CREATE INDEX draft_row ON draft (run, row, state, reason, problem, reused);
"""

_METERS = """
CREATE TABLE meter (
  run TEXT PRIMARY KEY, calls INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL DEFAULT 0,
  usd REAL NOT NULL DEFAULT 0, most_calls INTEGER, most_tokens INTEGER, most_usd REAL) WITHOUT ROWID;
INSERT INTO meter (run, calls, tokens, usd)
  SELECT run, count(*), sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)), sum(coalesce(usd, 0))
  FROM call GROUP BY run;
INSERT INTO meter (run, most_calls, most_tokens, most_usd)
  SELECT id, json_extract(CAST(record AS TEXT), '$.budget.calls'), json_extract(CAST(record AS TEXT),
    '$.budget.tokens'), json_extract(CAST(record AS TEXT), '$.budget.usd') FROM run WHERE true
  ON CONFLICT (run) DO UPDATE SET most_calls = excluded.most_calls, most_tokens = excluded.most_tokens,
    most_usd = excluded.most_usd;
CREATE TRIGGER call_sent AFTER INSERT ON call BEGIN
  INSERT INTO meter (run, calls, tokens, usd) VALUES (
    new.run, 1, coalesce(new.prompt_tokens, 0) + coalesce(new.completion_tokens, 0), coalesce(new.usd, 0))
  ON CONFLICT (run) DO UPDATE SET calls = calls + 1, tokens = tokens + excluded.tokens, usd = usd + excluded.usd;
END;
CREATE TRIGGER call_ended AFTER UPDATE OF prompt_tokens, completion_tokens, usd ON call BEGIN
  UPDATE meter SET
    tokens = tokens + coalesce(new.prompt_tokens, 0) + coalesce(new.completion_tokens, 0)
      - coalesce(old.prompt_tokens, 0) - coalesce(old.completion_tokens, 0),
    usd = usd + coalesce(new.usd, 0) - coalesce(old.usd, 0)
  WHERE run = new.run;
END;
"""

_APPROVALS = """
ALTER TABLE draft ADD COLUMN edited TEXT;
"""

_CHANGES_OF_DRAFTS = """
ALTER TABLE draft ADD COLUMN changes BLOB;
"""

_YIELD = """
CREATE TABLE gate_finding (
  run TEXT NOT NULL, gate TEXT NOT NULL, verdict INTEGER NOT NULL, draft INTEGER NOT NULL REFERENCES draft,
  PRIMARY KEY (run, gate, verdict, draft)) WITHOUT ROWID;
CREATE INDEX gate_finding_draft ON gate_finding (draft, gate, verdict);
INSERT INTO gate_finding
  SELECT run, json_extract(gate.value, '$.check'),
    max(CASE json_extract(gate.value, '$.severity') WHEN 'problem' THEN 2 ELSE 1 END), ord
  FROM draft, json_each(CASE WHEN changes IS NULL THEN json_extract(CAST(record AS TEXT), '$.gates')
    ELSE json_extract(CAST(changes AS TEXT), '$[#-1].gates') END) AS gate
  WHERE json_extract(gate.value, '$.severity') IN ('warning', 'problem') GROUP BY ord, 2;
"""

_ESTIMATES = """
ALTER TABLE call ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
"""

_PROMPTS = """
CREATE TABLE prompt_text (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
ALTER TABLE call ADD COLUMN prompt BLOB;
"""

MIGRATIONS: tuple[Migration, ...] = (
    Migration("samples, journal and steps", _SAMPLES),
    Migration("tag schemes, tags and notes", _LABELS),
    Migration("sources, documents and imports", _SOURCES),
    Migration("runs, drafts and calls", _GENERATION),
    Migration("slices", _SLICES),
    Migration("what frozen slices pin", _PINS),
    Migration("which samples are branches", _BRANCHES),
    Migration("imports under way", _GAPS),
    Migration("lines of the journal about reviews", _REVIEWS),
    Migration("how schemes changed, and answers that wait for another look", _SCHEME_CHANGES),
    Migration("preference pairs, and why a step stays", _PAIRS),
    Migration("conversations run turn by turn", _LIVE),
    Migration("what became of each row of a run", _ROWS_OF_RUNS),
    Migration("what runs have spent, and may spend", _METERS),
    Migration("items as people rewrote them before they approved them", _APPROVALS),
    Migration("changes of undecided drafts", _CHANGES_OF_DRAFTS),
    Migration("what the gates of a run found", _YIELD),
    Migration("calls whose tokens the endpoint did not report", _ESTIMATES),
    Migration("what models were asked", _PROMPTS),
)


def check_version(database: Database) -> None:
    """Raise `StoreTooNew` or `StoreError` for a file that is not ours to write; changes nothing."""
    version = _pragma(database, "user_version")
    if version > len(MIGRATIONS):
        raise StoreTooNew(
            f"this workspace was written by a newer workbench (its schema is {version}, this one knows "
            f"{len(MIGRATIONS)})",
            hint="upgrade the workbench; nothing was changed",
        )
    # In this order: another process that makes this workspace now writes its first table together with the mark.
    filled = database.one("SELECT 1 FROM sqlite_schema LIMIT 1") is not None
    if filled and _pragma(database, "application_id") != APPLICATION_ID:
        raise StoreError(f"{database.path.name} is another program's database", hint="choose another folder")


def migrate(database: Database, clock: Clock, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Apply the steps that are missing, each in a transaction of its own; returns how many were applied."""
    applied = 0
    while _pragma(database, "user_version") < len(migrations):
        applied += _apply_next(database, clock, migrations)
    return applied


def _apply_next(database: Database, clock: Clock, migrations: tuple[Migration, ...]) -> int:
    database.rows("BEGIN IMMEDIATE")
    try:
        number = _pragma(database, "user_version") + 1
        if number > len(migrations):  # another process did it while we waited for the lock
            database.rows("ROLLBACK")
            return 0
        migration = migrations[number - 1]
        database.rows("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT, at INTEGER)")
        database.rows(migration.sql)
        database.rows("INSERT INTO migration VALUES (?, ?, ?)", (number, migration.name, clock()))
        database.rows(f"PRAGMA application_id={APPLICATION_ID}")
        database.rows(f"PRAGMA user_version={number}")
        database.rows("COMMIT")
    except BaseException:
        roll_back(database)
        raise
    return 1


def _pragma(database: Database, name: str) -> int:
    row = database.one(f"PRAGMA {name}")
    return int(row[0]) if row else 0

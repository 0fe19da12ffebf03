"""The nouns of the workbench as frozen values, all in one file so that each word is defined in one place.

Steps return new ones; nothing is changed in place.
Times are whole milliseconds since 1970-01-01 UTC. `Json` values hold only what JSON can hold.
How each noun is written as JSON is in `records`; docs/glossary.md gives each its one meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = Mapping[str, Any]
Policy = Literal["local_only", "pseudonymise", "may_leave"]
SchemeKind = Literal["nominal", "hierarchical", "ordinal", "boolean", "multi", "text"]
Suggestion = Literal["prefill", "after_answer", "never"]
DraftState = Literal["draft", "gated", "approved", "accepted", "rejected", "judged", "failed", "in_doubt"]
RunState = Literal["waiting", "running", "done", "cancelled", "failed", "interrupted"]
CallState = Literal["sent", "done", "failed", "in_doubt"]
Severity = Literal["info", "warning", "problem"]

ROLES = ("system", "user", "assistant", "tool")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function the assistant asks to be called; `arguments` is the JSON text exactly as it was given."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One contribution to a conversation. `id` is unique within its sample and survives edits and reordering."""

    id: str
    role: str
    content: str
    name: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    extra: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """Origin: read from a file. `row` counts records from 1; `branch_of` names the sample this is a side path of."""

    source: str
    file: str
    row: int
    record_id: str | None = None
    import_id: str | None = None
    branch_of: str | None = None
    branch_at: str | None = None
    synthetic: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Generated:
    """Origin: made by a recipe. `depth` is 1 + the deepest parent's; `document` is the text it is grounded in.

    `approved_by` approved what it was made from (its question, its role cards) before it was made. `gates` is what its
    gates find in the text as a person rewrote it before accepting it; the draft keeps what they found in its own.
    `turn_models` names the model that wrote each turn (turn id -> its name), where the run asked several; a turn that a
    person added is not in it.
    """

    parents: tuple[str, ...]
    recipe: str
    version: str
    run: str
    draft: str
    depth: int
    model: str | None = None
    params: Json = field(default_factory=dict)
    seed: int = 0
    edited_by: str | None = None
    approved_by: str | None = None
    branch_of: str | None = None
    branch_at: str | None = None
    document: str | None = None
    gates: tuple[Finding, ...] = ()
    turn_models: Mapping[str, str] = field(default_factory=dict)

    @property
    def synthetic(self) -> bool:
        """Always true: every generated sample is marked as such in every export."""
        return True


@dataclass(frozen=True, slots=True)
class Written:
    """Origin: typed in by a person. `branch_of` is set when it continues or repairs another sample."""

    author: str
    branch_of: str | None = None
    branch_at: str | None = None
    depth: int = 0

    @property
    def synthetic(self) -> bool:
        """False for a person's own text; a branch of generated text keeps that text's depth."""
        return self.depth > 0


Origin = Imported | Generated | Written


@dataclass(frozen=True, slots=True)
class Sample:
    """One straight conversation. `source` is the id of its `Source`; `extra` keeps fields no importer knew."""

    id: str
    turns: tuple[Turn, ...]
    origin: Origin
    source: str
    language: str | None = None
    title: str = ""
    extra: Json = field(default_factory=dict)
    revision: int = 1
    state: Literal["active", "archived"] = "active"
    created_at: int = 0
    updated_at: int = 0

    def turn(self, turn_id: str) -> Turn | None:
        """The turn of that id, or None."""
        return next((turn for turn in self.turns if turn.id == turn_id), None)

    @property
    def text(self) -> str:
        """All turns' contents joined by line breaks."""
        return "\n".join(turn.content for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Revision:
    """One stage of a sample's history; `sample` is the whole sample as it was."""

    sample: Sample
    author: str
    at: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where samples came from and what may be done with them. An unknown licence is "unknown"."""

    name: str
    kind: str = "file"
    locator: str = ""
    license: str = "unknown"
    license_evidence: str = ""
    collector: str = ""
    collected_at: int = 0
    legal_basis: str = "unknown"
    policy: Policy = "local_only"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A numbered passage of a document: characters `start` to `end` of its text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source text with numbered spans, against which answers are grounded."""

    id: str
    title: str
    text: str
    spans: tuple[Span, ...]
    source: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer of a tag scheme; `value` of a child holds its parents' (``health/lab``)."""

    value: str
    label: str = ""
    guideline: str = ""
    key: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class TagScheme:
    """A named question put to people about a sample or a turn. Changing it makes a new `version`."""

    name: str
    kind: SchemeKind
    title: str = ""
    guideline: str = ""
    choices: tuple[Choice, ...] = ()
    suggestion: Suggestion = "never"
    on: Literal["sample", "turn", "both"] = "sample"
    version: int = 1
    open: bool = False
    """Whether values outside `choices` may be given."""


TagValue = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """One author's answer to one scheme about one sample (or one of its turns). Authors never overwrite each other."""

    sample: str
    scheme: str
    value: TagValue
    author: str
    at: int = 0
    turn: str | None = None
    note: str = ""
    confidence: float | None = None
    machine: bool = False
    scheme_version: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of a person on a sample or turn; it is not an answer to any scheme."""

    id: str
    sample: str
    author: str
    at: int
    text: str
    turn: str | None = None


@dataclass(frozen=True, slots=True)
class PreferencePair:
    """A person's word on a rewritten answer: is its text of revision `revision` preferred to the one of `base`?

    `kept` is False when the rewriting says nothing about preference (a slip of the pen, say).
    """

    id: str
    sample: str
    turn: str
    base: int
    revision: int
    author: str
    at: int
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check measured: `score` from 0 (bad) to 1 (good); `start` and `end` are characters of the turn."""

    check: str
    score: float
    severity: Severity
    message: str
    sample: str | None = None
    turn: str | None = None
    start: int | None = None
    end: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A change of an undecided draft: whose it is, by which rule, and what the draft says and its gates find since."""

    author: str
    at: int
    rule: Json
    turns: tuple[Turn, ...]
    gates: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A generated candidate nobody has decided on yet, or the record of that decision.

    A row of a run that came to nothing is kept too: without turns, "failed" or (a call that may have been charged)
    "in_doubt" (maybe charged), with its `reason`.

    `gates` holds the findings of the checks it went through; `rank` orders candidates of one request (1 is best).
    An item that another recipe goes on from (a question, a pair of role cards) is "approved" instead of accepted;
    `edited` is then its text as a person rewrote it, None when it was taken as it is.

    `changes` are what people changed in it before it was decided on, oldest first: `turns` and `gates` are as the last
    of them left them, `made` is what it said at first (empty while nothing was changed).
    """

    id: str
    run: str
    row: int
    turns: tuple[Turn, ...]
    parents: tuple[str, ...]
    recipe: str
    version: str
    state: DraftState = "draft"
    language: str | None = None
    model: str | None = None
    params: Json = field(default_factory=dict)
    seed: int = 0
    depth: int = 1
    group: str = ""
    rank: int | None = None
    template_hash: str = ""
    calls: tuple[int, ...] = ()
    gates: tuple[Finding, ...] = ()
    branch_at: str | None = None
    meta: Json = field(default_factory=dict)
    decided_by: str | None = None
    decided_at: int | None = None
    reason: str = ""
    sample: str | None = None
    created_at: int = 0
    edited: tuple[Turn, ...] | None = None
    changes: tuple[DraftChange, ...] = ()
    made: tuple[Turn, ...] = ()

    @property
    def agreed(self) -> tuple[Turn, ...]:
        """Its turns as a person approved them: as rewritten, else as made."""
        return self.turns if self.edited is None else self.edited

    @property
    def original(self) -> tuple[Turn, ...]:
        """Its turns as they were made, before anybody changed them."""
        return self.made if self.changes else self.turns

    @property
    def repairable(self) -> bool:
        """Whether the row came to nothing although the model wrote something, which a person could mend."""
        no_answer = self.meta.get("error", {}).get("code") in {"model_refused", "model_unreachable", "call_in_doubt"}
        opinion = "about" in self.meta  # a machine's opinion is not for a person to write
        return bool(not self.turns and self.calls and self.meta.get("raw")) and not no_answer and not opinion


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend at most. None means no limit of that kind; a reached limit stops the run."""

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a recipe. `requested` always equals the sum of `counts`.

    `pilot` is how many rows were asked to be made first, to see what the whole would take; 0 for all at once. With
    `reuse`, requests that the ledger has an answer to are not sent again; `reused` counts the rows made only of such.
    A run that goes on from approved items has their ids as `parents`; `follows` is the run that proposed them.
    `gates` names the gates its drafts go through (older runs do not say). A run whose parameters name connected models
    has them in `models`: short name -> the model's own name; `model` holds all of these. `endpoints` has the address of
    each by its short name, "" for the workspace's own model (older runs do not say). `drawn` is what all rows over a
    set share, as it was drawn before the first of them (`Recipe.draw`).
    """

    id: str
    recipe: str
    version: str
    author: str
    params: Json
    seed: int
    query: str
    parents: tuple[str, ...]
    requested: int
    state: RunState = "waiting"
    model: str | None = None
    budget: Budget = field(default_factory=Budget)
    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    message: str = ""
    started_at: int = 0
    ended_at: int | None = None
    pilot: int = 0
    reuse: bool = False
    reused: int = 0
    follows: str = ""
    gates: tuple[str, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    endpoints: Mapping[str, str] = field(default_factory=dict)
    drawn: Json = field(default_factory=dict)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {state}" for state, count in self.counts.items()) or "nothing yet"
        return f"<Run {self.id} {self.recipe}@{self.version} {self.state}: {counts} of {self.requested}>"


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a model, written down before it is sent. A `usd` of None means the price is not known.

    `estimated` says that the endpoint did not report the tokens: they are our estimate, and the price follows from it.
    """

    id: int
    run: str
    row: int
    request_hash: str
    endpoint: str
    model: str
    state: CallState
    sent_at: int
    ended_at: int | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    usd: float | None = None
    error: str = ""
    response: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class CallCount:
    """How many calls of a run are in one state, and what they took. `usd` of None: the price of one is not known.

    The tokens of `estimated` of them are our estimate, because the endpoint did not report them.
    """

    state: str
    calls: int
    tokens: int
    usd: float | None
    estimated: int = 0


@dataclass(frozen=True, slots=True)
class SliceSpec:
    """A named, saved query."""

    name: str
    query: str
    title: str = ""
    author: str = ""
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class FrozenSlice:
    """A slice pinned at one moment: sample ids with their revisions and the scheme versions, under one hash."""

    id: str
    name: str
    query: str
    members: tuple[tuple[str, int], ...]
    schemes: Mapping[str, int]
    hash: str
    author: str
    at: int

"""The fields a query may use: those every sample has, and one for each tag scheme."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.errors import QueryError
from workbench.model import TagScheme
from workbench.search.results import FieldInfo
from workbench.search.selections import Finder
from workbench.search.syntax import Comparison

FieldKind = Literal["code", "number", "date", "rows", "slice", "author", "scheme", "tag", "finding", "alike"]

SUGGESTED = "suggested."
TAG = "tag."


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the rest of the room needs it: the `column` it reads, and all its values (`choices`) where fixed."""

    name: str
    kind: FieldKind
    description: str
    examples: tuple[str, ...] = ()
    column: str = ""
    choices: tuple[str, ...] = ()
    scheme: TagScheme | None = None
    suggested: bool = False

    @property
    def info(self) -> FieldInfo:
        """What completion and help show."""
        kind = self.scheme.kind if self.scheme else self.kind
        return FieldInfo(self.name, kind, self.description, self.examples)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a workspace adds to the language: its schemes by name, its slices' queries, its sources' names by id.

    `checks`: the names of findings that a check can have made here.
    `selected` finds what a person picked out; `person` is whose own is meant when a query does not say.
    """

    schemes: Mapping[str, TagScheme] = field(default_factory=dict)
    slices: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    selected: Finder = lambda person, name: None
    person: str = ""

    def fields(self) -> Iterator[Field]:
        """All fields, the common ones first."""
        for scheme in self.schemes.values():
            yield tag_field(scheme)
        yield from BUILT_IN.values()

    def resolve(self, query: str, node: Comparison) -> Field:
        """The field of a comparison; `QueryError` with the nearest name when there is none."""
        name = node.field.casefold()
        found = BUILT_IN.get(name) or self._scheme_field(name)
        if found is None:
            end = node.start + len(node.field)
            raise QueryError(
                f"there is no field {node.field!r}", query=query, start=node.start, end=end, hint=self._hint(name)
            )
        if node.author is not None and found.kind not in {"tag", "slice"} and found.name != "stale":
            end = node.start + len(node.field) + 1 + len(node.author)
            raise QueryError(
                f"{found.name} has no authors", query=query, start=node.start, end=end,
                hint="only answers to tag schemes do: domain@ana:health/lab",
            )  # fmt: skip
        return found

    def _scheme_field(self, name: str) -> Field | None:
        suggested = name.startswith(SUGGESTED)
        plain = name.removeprefix(SUGGESTED) if suggested else name.removeprefix(TAG)
        scheme = next((item for key, item in self.schemes.items() if key.casefold() == plain), None)
        return tag_field(scheme, suggested=suggested) if scheme else None

    def _hint(self, name: str) -> str:
        known = [*BUILT_IN, *self.schemes, *(SUGGESTED + scheme for scheme in self.schemes)]
        near = difflib.get_close_matches(name, known, n=1)
        if near:
            return f"did you mean {near[0]!r}? To look for it as text, put it in quotes"
        return "to look for it as text, put it in quotes"


def tag_field(scheme: TagScheme, *, suggested: bool = False) -> Field:
    """The field of a tag scheme: people's answers, or machines' when `suggested`."""
    name = (SUGGESTED if suggested else "") + (TAG if scheme.name in BUILT_IN else "") + scheme.name
    values = [choice.value for choice in scheme.choices if not choice.retired]
    examples = tuple(f"{name}:{quoted(value)}" for value in values[:2])
    if scheme.kind == "hierarchical" and values:
        examples = (f"{name}:{values[0].split('/')[0]}/*", *examples[:1])
    if scheme.kind == "ordinal" and values:
        examples = (f"{name}>={values[len(values) // 2]}", *examples[:1])
    who = "machines' suggestions" if suggested else "people's answers"
    return Field(name, "tag", f"{scheme.title or scheme.name}: {who}", examples, scheme=scheme, suggested=suggested)


def quoted(value: str) -> str:
    """A value as it is written in a query: in quotes when it holds a character of the language."""
    plain = value and not set(value) & set(' \t\n()（）"“”«»「」*:：') and ".." not in value
    if plain and value[0] not in "<>=" and value not in {"OR", "AND", "NOT"}:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


ORIGINS = ("imported", "generated", "written", "synthetic", "real")
STATES = ("active", "archived")
BRANCHES = ("main", "side")

_FIELDS = (
    Field("language", "code", "language of the conversation", ("language:en", "language:zh"), "language"),
    Field("source", "code", "where it came from: a source's name or id", ('source:"calls 2026"',), "source"),
    Field("origin", "code", "how it came to be", ("origin:generated", "origin:real"), "origin", ORIGINS),
    Field("recipe", "code", "recipe that made it", ("recipe:paraphrase",), "recipe"),
    Field("model", "code", "model that wrote it", ("model:SmolLM2*",), "model"),
    Field("run", "code", "run that made it", (), "run"),
    Field("import", "code", "import that brought it", (), "import_id"),
    Field("state", "code", "archived samples are left out unless this is used", ("state:archived",), "state", STATES),
    Field(
        "branch",
        "code",
        "side: an imported path beside the main one (a rejected or other reply)",
        ("branch:main", "branch:side"),
        "branch",
        BRANCHES,
    ),
    Field(
        "finding",
        "finding",
        "what the checks found; none: nothing, unknown: not looked at",
        ("finding:personal-data", "finding:none"),
    ),
    Field(
        "alike",
        "alike",
        "how many other conversations say nearly the same, where that was measured (page Quality)",
        ("alike>=1", "alike:0"),
        "alike",
    ),
    Field("depth", "number", "generations away from real text", ("depth:0", "depth>=1"), "depth"),
    Field("turns", "number", "how many turns", ("turns>=4", "turns:4..8"), "turns"),
    Field("chars", "number", "how many characters", ("chars>2000",), "chars"),
    Field("revision", "number", "how often it was saved", ("revision>1",), "revision"),
    Field("created", "date", "when it was added (UTC)", ("created>=2026-01-01", "created:today"), "created"),
    Field("updated", "date", "when its text last changed (UTC)", ("updated:yesterday",), "updated"),
    Field("id", "rows", "samples of these ids; the beginning of one is enough: id:s_ab*", ()),
    Field("parent", "rows", "samples made from this one, and branches of it", ()),
    Field(
        "in",
        "slice",
        "samples of a saved slice, or those you picked out on the map (another person's: in@ana:map-selection)",
        ('in:"lab results"', "in:map-selection"),
    ),
    Field("by", "author", "samples tagged by this author", ("by:ana",)),
    Field("tagged", "scheme", "samples somebody has answered this scheme on", ("tagged:domain",)),
    Field("missing", "scheme", "samples nobody has answered this scheme on", ("missing:domain",)),
    Field(
        "stale",
        "scheme",
        "answers to this scheme that wait for another look since its choices changed",
        ("stale:domain", "stale@ana:domain"),
    ),
    Field("disputed", "scheme", "samples on which people gave different answers", ("disputed:domain",)),
)

BUILT_IN: Mapping[str, Field] = {item.name: item for item in _FIELDS}

"""What becomes of the branches of a conversation when it is accepted, and how much work of a person they tell of.

The branches become the revisions of the sample, oldest first, so that the old texts stay readable and a preference pair
names two revisions as every other pair does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean

from workbench.flows.live import goes_by_turns, live_of
from workbench.flows.live_values import Live
from workbench.flows.runs import drafts_of
from workbench.generate import RECIPES
from workbench.ids import derived_id
from workbench.model import Draft, PreferencePair, Sample, Turn
from workbench.records import conversation_hash
from workbench.store.base import Store
from workbench.store.rows import Event
from workbench.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Interventions:
    """How often people stepped in.

    Attributes:
        conversations: run turn by turn, or accepted.
        touched: of these, how many had a turn rewritten or made anew.
        turns: that the model made in them, in all branches.
        interventions: turns rewritten or made anew by a person's word.
        seconds: how long a rewriting took, on average; None when that is not known of any.
    """

    conversations: int = 0
    touched: int = 0
    turns: int = 0
    interventions: int = 0
    seconds: float | None = None

    @property
    def per_100_turns(self) -> float | None:
        """Interventions for 100 turns of the model; None without any turn."""
        return 100 * self.interventions / self.turns if self.turns else None

    @property
    def untouched(self) -> float | None:
        """The share (0 to 1) of conversations that nobody had to touch; None without any."""
        return 1 - self.touched / self.conversations if self.conversations else None


def interventions(store: Store, run: str | None = None) -> Interventions:
    """How often people stepped in, in the conversations of a run, or of all runs whose drafts go turn by turn."""
    names = [run] if run is not None else [one.id for one in store.runs() if _by_turns(one.recipe)]
    lives: list[Live] = []
    for name in names:
        lines: dict[str, list[Event]] = defaultdict(list)
        for line in store.live_lines(name):
            lines[line.data["draft"]].append(line)
        for draft in drafts_of(store, name):
            if goes_by_turns(draft) and (draft.id in lines or draft.state == "accepted"):
                lives.append(live_of(draft, lines.get(draft.id, ())))
    seconds = [value for live in lives for value in live.seconds]
    return Interventions(
        conversations=len(lives),
        touched=sum(live.interventions > 0 for live in lives),
        turns=sum(len(_by_model(live)) for live in lives),
        interventions=sum(live.interventions for live in lives),
        seconds=mean(seconds) if seconds else None,
    )


def live_if_run(store: Store, draft: Draft) -> Live | None:
    """The conversation that a draft became when somebody ran it on or rewound it; None when nobody did."""
    lines = store.live_lines(draft.run, draft.id)
    return live_of(draft, lines) if lines else None


def first_text(live: Live) -> tuple[Turn, ...]:
    """What the sample says at first: the oldest branch, as it was when it was left."""
    return _texts(live)[0][1]


def keep_branches(writer: Writer, sample: Sample, live: Live, last: Sequence[Turn], author: str) -> Sample:
    """Add the branches as revisions of a sample that says the first of them, and the pairs that they hold.

    `last` is what it says in the end. Where a turn only was made anew, no preference is derived from it.
    """
    texts = _texts(live)
    if last != texts[-1][1]:
        texts.append((len(live.branches), tuple(last)))
    said: dict[int, Sample] = {}
    for number, turns in texts:
        if turns != sample.turns:
            changed = replace(sample, turns=turns)
            sample = writer.save_revision(changed, base_revision=sample.revision, note="a branch of the conversation")
        said[number] = sample
    for fix in live.fixes:
        writer.judge_pair(_pair(said[fix.base], said[fix.branch], fix.turn, author, kept=fix.pair))
    first, *later = said
    if later and all(fix.base != first for fix in live.fixes):  # else a pair would be derived from what was made anew
        turn = _parting(said[first].turns, said[later[0]].turns)
        if turn:
            writer.judge_pair(_pair(said[first], said[later[0]], turn, author, kept=False))
    return sample


def _pair(before: Sample, after: Sample, turn: str, author: str, *, kept: bool) -> PreferencePair:
    words = [conversation_hash(side.turns) for side in (before, after)]
    name = derived_id("pair", after.id, turn, *words)
    return PreferencePair(name, after.id, turn, before.revision, after.revision, author, 0, kept)


def _texts(live: Live) -> list[tuple[int, tuple[Turn, ...]]]:
    """Each branch's number and text; one that was left before anything was said in it has none."""
    texts = [(number, tuple(item.turn for item in branch.turns)) for number, branch in enumerate(live.branches)]
    return [(number, turns) for number, turns in texts if turns]


def _parting(before: Sequence[Turn], after: Sequence[Turn]) -> str:
    """The id of the first turn of `after` that is not as in `before`."""
    return next((new.id for old, new in zip(before, after, strict=False) if old != new), "")


def _by_model(live: Live) -> set[str]:
    return {
        f"{item.turn.id}:{item.turn.content}" for branch in live.branches for item in branch.turns if item.by == "model"
    }


def _by_turns(name: str) -> bool:
    return name in RECIPES.names() and RECIPES.get(name).by_turns is not None

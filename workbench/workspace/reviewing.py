"""Review queues, examples, suggestions, and what they say about how people decide."""

from __future__ import annotations

from dataclasses import replace

from workbench.errors import InvalidInput
from workbench.flows import label, queueing, review, reviews, suggest
from workbench.flows.review import QueueResults, QueueState
from workbench.ids import now_ms
from workbench.jobs import Control, Job
from workbench.label import Flips, Item, Order, Queue, SelfAgreement, Step, SuggestionReport, check_value
from workbench.label.examples import Example
from workbench.model import TagValue
from workbench.workspace.base import WorkspaceBase
from workbench.workspace.results import Selection


class Reviewing(WorkspaceBase):
    """The part of the workspace that leads people through many samples."""

    def start_queue(
        self,
        schemes: str | list[str],
        query: Selection = "",
        *,
        order: Order = "random",
        name: str = "",
        count: int = 200,
        seed: int = 0,
        together: bool = True,
        each_turn: bool = False,
    ) -> Queue:
        """Make a review queue: at most `count` of the samples a query finds, in an order, to answer schemes on.

        Orders: "query" (as found), "random" (by `seed`), "uncertain" (lowest confidence of suggestions or widest
        spread of answers first), "disputed" (people's answers widest apart first), "again" (what I answered before,
        asked blind), "settle" (open disagreements, with everybody's answers shown). Samples on which I have answered
        everything are left out, except for the last two.

        Raises `InvalidInput` when there is nothing to ask; `QueryError`, `UnknownName`.
        """
        asked = [schemes] if isinstance(schemes, str) else schemes
        return queueing.start_queue(
            self._store, self.author, self._ids(query), asked, query=query if isinstance(query, str) else "",
            name=name, order=order, count=count, seed=seed, together=together, each_turn=each_turn,
        )  # fmt: skip

    def queues(self) -> list[Queue]:
        """The review queues that are not put away, newest first. Anybody may work through any of them."""
        ledger = reviews.read_ledger(self._store)
        mine = [queue for queue in ledger.queues.values() if queue.order != "again" or queue.author == self.author]
        return sorted(mine, key=lambda queue: -queue.at)

    def queue(self, queue_id: str) -> QueueState:
        """Where I am in a queue: what is done, skipped, next, and my pace. Raises `UnknownName`."""
        return review.queue_state(self._store, self.author, queue_id)

    def queue_named(self, queue_id: str) -> Queue:
        """A queue by its id; raises `UnknownName`."""
        return reviews.read_ledger(self._store).queue(queue_id)

    def asked(self, queue_id: str, sample_id: str) -> tuple[list[Step], set[Step]]:
        """The questions a queue puts to me about one of its samples, and those of them that I have answered."""
        ledger = reviews.read_ledger(self._store)
        queue = replace(ledger.queue(queue_id), samples=(sample_id,))
        look = review.Look(self._store, self.author, queue, ledger)
        steps = look.asked(Item(sample_id, None))
        return steps, look.answered(sample_id) & set(steps)

    def queue_results(self, queue_id: str) -> QueueResults:
        """What came of a queue for me: answers, pace, agreement, flips. Raises `UnknownName`."""
        return review.queue_results(self._store, self.author, queue_id)

    def put_queue_away(self, queue_id: str) -> None:
        """Take a queue off the list; every answer given in it stays."""
        queue = reviews.read_ledger(self._store).queue(queue_id)
        reviews.write_line(self._store, self.author, "put queue away", "away", queue=queue.id)

    def skip(self, queue_id: str, sample_id: str, scheme: str | None = None) -> None:
        """Put a sample of a queue behind the others, for me."""
        queue = reviews.read_ledger(self._store).queue(queue_id)
        if sample_id not in queue.samples:
            raise InvalidInput(f"the queue {queue.name!r} has no sample {sample_id}", hint="open the queue again")
        reviews.skip(self._store, self.author, queue, Item(sample_id, scheme))

    def answer_again(self, queue_id: str, sample_id: str, scheme: str, value: object) -> TagValue:
        """Answer a question of an "again" queue. My first answer stays as it is; the second is kept beside it."""
        queue = reviews.read_ledger(self._store).queue(queue_id)
        if queue.order != "again" or sample_id not in queue.samples:
            raise InvalidInput("this question is not one that is asked again", hint="tag the sample instead")
        return reviews.answer_again(self._store, self.author, queue, Step(sample_id, scheme), value)

    def answered_again(self, queue_id: str, sample_id: str, scheme: str, *, after: int) -> bool:
        """Whether I have given a second answer to this question after that time (in milliseconds)."""
        return reviews.answered_again(self._store, self.author, queue_id, Step(sample_id, scheme), after)

    def settle(
        self, queue_id: str, sample_id: str, scheme: str, value: object, *, note: str = "", turn: str | None = None
    ) -> None:
        """Decide a disagreement: one more answer, mine, with a note. Nobody's answer is overwritten."""
        queue = reviews.read_ledger(self._store).queue(queue_id)
        if queue.order != "settle" or sample_id not in queue.samples:
            raise InvalidInput("this question is not one to settle", hint="tag the sample instead")
        with self._changing([sample_id]):
            label.tag_samples(self._store, self.author, [sample_id], scheme, value, turn=turn, note=note)
            reviews.settle(self._store, self.author, queue, Step(sample_id, scheme, turn))

    def disputed(self, scheme: str, which: Selection = "") -> list[str]:
        """Ids of samples on which people differ and which nobody has settled, widest apart first."""
        found = label.scheme_named(self._store, scheme)
        return review.disputed(self._store, found, self._ids(which), reviews.read_ledger(self._store))

    def self_agreement(self, scheme: str) -> SelfAgreement:
        """How far I agree with myself, over everything that was asked again. Raises `UnknownName`."""
        return review.self_agreement(self._store, self.author, scheme)

    def flips(self, scheme: str, which: Selection = "") -> Flips:
        """How often people changed an answer after others' were shown, and how often to the machine's.

        Read from the journal of answers; nothing else is kept. Raises `UnknownName`.
        """
        return review.read_flips(self._store, label.scheme_named(self._store, scheme), self._ids(which))

    def examples(self, scheme: str) -> list[Example]:
        """The samples named as examples of a scheme's choices, oldest first. Raises `UnknownName`."""
        label.scheme_named(self._store, scheme)
        return reviews.examples_of(reviews.read_ledger(self._store), [scheme])

    def use_as_example(
        self, sample_id: str, scheme: str, value: object, *, turn: str | None = None, note: str = ""
    ) -> Example:
        """Show this sample (or turn) beside the question as an example of a choice."""
        example = self._example(sample_id, scheme, value, turn, note)
        reviews.keep_example(self._store, self.author, example)
        return example

    def drop_example(self, sample_id: str, scheme: str, value: object, *, turn: str | None = None) -> None:
        """Show it no longer."""
        reviews.keep_example(self._store, self.author, self._example(sample_id, scheme, value, turn, ""), remove=True)

    def suggest(self, scheme: str, query: str | None = None) -> Job[SuggestionReport]:
        """Suggest answers from the nearest answered samples, as a job. By default where nobody has answered.

        Suggestions are tags of a machine with a confidence. They count as nobody's answer. The job's result says how
        often such suggestions are what people said. Raises `InvalidInput` when too few samples are answered.
        """
        found = suggest.check_suggestible(self._store, scheme)
        where = f"missing:{scheme}" if query is None else query
        ids = self._ids(where)

        def work(control: Control) -> SuggestionReport:
            report = suggest.suggest(self._store, self._index, self.author, scheme, ids, where, control)
            self._emit("sample.changed", ids=[])
            return report

        job = self._jobs.start(f"Suggest {found.title or found.name}", work, subject=scheme)
        self._emit("job.started", id=job.id)
        return job

    def suggestions(self, scheme: str) -> SuggestionReport | None:
        """What the last suggestions for a scheme are worth, or None when there were none. Raises `UnknownName`."""
        label.scheme_named(self._store, scheme)
        return reviews.read_ledger(self._store).suggestions.get(scheme)

    def _example(self, sample_id: str, scheme: str, value: object, turn: str | None, note: str) -> Example:
        found = label.scheme_named(self._store, scheme)
        self._store.get(sample_id)
        label.check_turn(self._store, [sample_id], turn)
        return Example(scheme, check_value(found, value), sample_id, turn, note.strip(), self.author, now_ms())

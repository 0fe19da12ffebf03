"""What a question is about: a cell of a taxonomy that a person wrote (topic with subtopic, task, who asks).

A topic is written as the field of a card is (`workbench.generate.cards`): ``money: saving | loans x2``. The subtopic
``*`` leaves the choice to the model.
"""

from __future__ import annotations

from workbench.errors import InvalidInput
from workbench.generate.cards import read_fields
from workbench.generate.drawing import evenly
from workbench.generate.inputs import entries

OPEN = "*"
"""The subtopic that somebody else has to choose."""

Cell = dict[str, str]
"""Topic, subtopic, task and persona."""

TOPICS = """\
health at home: sleep | first aid | medicines
money: saving | loans | fraud
daily law: tenancy | buying and returning
technology: passwords | backups"""
TASKS = """\
explain something
advise in a situation
compare two ways
plan it step by step
find the mistake in a plan"""
PERSONAS = """\
a teenager
a parent with little time
a retired person
somebody new in the country"""


def drawn_cell(topics: str, tasks: str, personas: str, number: int, seed: int) -> Cell:
    """The cell of question `number` (from 0): topics with subtopics, tasks and personas each come equally often.

    Raises `InvalidInput` when one of the three lists is empty or a line of the topics cannot be read.
    """
    pairs = [
        (topic, subtopic)
        for topic, subtopics in read_fields(topics, fold=False).items()
        for subtopic, weight in subtopics
        for _ in range(weight)
    ]
    task_lines, persona_lines = entries(tasks), entries(personas)
    if not task_lines or not persona_lines:
        raise InvalidInput("there is no task, or nobody who asks", hint="write at least one line of each")
    topic, subtopic = evenly(pairs, number, seed, "topic")
    return {
        "topic": topic,
        "subtopic": subtopic,
        "task": evenly(task_lines, number, seed, "task"),
        "persona": evenly(persona_lines, number, seed, "persona"),
    }


def only(cell: Cell) -> dict[str, str]:
    """Topics, tasks and personas from which this cell is drawn and no other."""
    subtopic = " ".join(cell["subtopic"].replace("|", "/").split())
    return {"topics": f"{cell['topic']}: {subtopic}", "tasks": cell["task"], "personas": cell["persona"]}

"""What candidates are looked at by before a person's time is spent on them. A gate reports; it drops nothing.

No finding is a pass; a "warning" is not sure and goes to a person; a "problem" puts the draft aside. The message and
the place are the evidence. A gate that needs to know more than a recipe can (personal data, the other drafts
of the run, a model's judgement) is in `flows.gating`.
"""

from workbench.generate.gates.about import ABOUT, about
from workbench.generate.gates.arithmetic import arithmetic
from workbench.generate.gates.base import gates_of, look_at, new_turns, speaks_against
from workbench.generate.gates.code import code_runs
from workbench.generate.gates.copying import (
    begins_alike,
    copied,
    copy_of_parent,
    echoes,
    left_as_it_was,
    only_last_is_new,
    repeats,
    says_again,
    says_source,
)
from workbench.generate.gates.dates import dates
from workbench.generate.gates.entities import names_kept
from workbench.generate.gates.evidence import numbers_sourced, quoted
from workbench.generate.gates.facts import facts_kept, keeps_numbers, keeps_values
from workbench.generate.gates.form import complete, length, prompt_leak, well_formed
from workbench.generate.gates.grounding import grounded, unanswered
from workbench.generate.gates.in_role import IN_ROLE
from workbench.generate.gates.kept import digits_untouched, only_swapped, opening_kept, still_right
from workbench.generate.gates.mistakes import mistake_made
from workbench.generate.gates.named import checks
from workbench.generate.gates.roleplay import natural, role_leak
from workbench.generate.gates.secrets import keeps_private, true_to_card
from workbench.generate.gates.speech import speaks
from workbench.generate.gates.symbolic import symbolic
from workbench.generate.gates.translation import same_people, untranslated, values_kept
from workbench.generate.gates.units import units
from workbench.generate.gates.verifiers import VERIFIERS
from workbench.generate.gates.vocabulary import vocabulary

__all__ = [
    "ABOUT",
    "IN_ROLE",
    "VERIFIERS",
    "about",
    "arithmetic",
    "begins_alike",
    "checks",
    "code_runs",
    "complete",
    "copied",
    "copy_of_parent",
    "dates",
    "digits_untouched",
    "echoes",
    "facts_kept",
    "gates_of",
    "grounded",
    "keeps_numbers",
    "keeps_private",
    "keeps_values",
    "left_as_it_was",
    "length",
    "look_at",
    "mistake_made",
    "names_kept",
    "natural",
    "new_turns",
    "numbers_sourced",
    "only_last_is_new",
    "only_swapped",
    "opening_kept",
    "prompt_leak",
    "quoted",
    "repeats",
    "role_leak",
    "same_people",
    "says_again",
    "says_source",
    "speaks",
    "speaks_against",
    "still_right",
    "symbolic",
    "true_to_card",
    "unanswered",
    "units",
    "untranslated",
    "values_kept",
    "vocabulary",
    "well_formed",
]

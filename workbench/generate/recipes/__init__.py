"""The recipes that ship. A new one is a file here, a line in `BUILTIN` and a test."""

from workbench.generate.base import Recipe
from workbench.generate.recipes.answer import ANSWER
from workbench.generate.recipes.code_exercise import CODE_EXERCISE
from workbench.generate.recipes.continuation import CONTINUE
from workbench.generate.recipes.derive_then_say import DERIVE_THEN_SAY
from workbench.generate.recipes.document_answer import DOCUMENT_ANSWER
from workbench.generate.recipes.document_qa import DOCUMENT_QA
from workbench.generate.recipes.duet import DUET
from workbench.generate.recipes.entity_swap import ENTITY_SWAP
from workbench.generate.recipes.explain import EXPLAIN
from workbench.generate.recipes.facts_and_rules import FACTS_AND_RULES
from workbench.generate.recipes.fan_100 import FAN_100
from workbench.generate.recipes.gap_fill import GAP_FILL
from workbench.generate.recipes.golden_grammar import GOLDEN_GRAMMAR
from workbench.generate.recipes.lexicon_triples import LEXICON_TRIPLES
from workbench.generate.recipes.noise import NOISE
from workbench.generate.recipes.paraphrase import PARAPHRASE
from workbench.generate.recipes.private_twin import PRIVATE_TWIN
from workbench.generate.recipes.rank_n import RANK_N
from workbench.generate.recipes.register import REGISTER
from workbench.generate.recipes.role_cards import ROLE_CARDS
from workbench.generate.recipes.scenario_grid import SCENARIO_GRID
from workbench.generate.recipes.topic_to_pref import TOPIC_TO_PREF
from workbench.generate.recipes.translate import TRANSLATE
from workbench.generate.recipes.turn_structure import TURN_STRUCTURE
from workbench.generate.recipes.upsample import UPSAMPLE

BUILTIN: tuple[Recipe, ...] = (
    ANSWER,
    CODE_EXERCISE,
    CONTINUE,
    DERIVE_THEN_SAY,
    DOCUMENT_ANSWER,
    DOCUMENT_QA,
    DUET,
    ENTITY_SWAP,
    EXPLAIN,
    FACTS_AND_RULES,
    FAN_100,
    GAP_FILL,
    GOLDEN_GRAMMAR,
    LEXICON_TRIPLES,
    NOISE,
    PARAPHRASE,
    PRIVATE_TWIN,
    RANK_N,
    REGISTER,
    ROLE_CARDS,
    SCENARIO_GRID,
    TOPIC_TO_PREF,
    TRANSLATE,
    TURN_STRUCTURE,
    UPSAMPLE,
)

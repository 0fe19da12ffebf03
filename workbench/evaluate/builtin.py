"""The checks that come with the workbench."""

from workbench.evaluate.code import CODE
from workbench.evaluate.copying import COPY
from workbench.evaluate.language_mix import LANGUAGE_MIX
from workbench.evaluate.length import LENGTH
from workbench.evaluate.proved import PROOF
from workbench.evaluate.repetition import REPETITION
from workbench.evaluate.roles import ROLE_ORDER

BUILTIN = (LENGTH, ROLE_ORDER, REPETITION, LANGUAGE_MIX, COPY, PROOF, CODE)

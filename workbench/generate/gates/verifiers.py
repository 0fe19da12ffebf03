"""The gates on what can be right or wrong by itself, for every recipe whose model writes new text."""

from workbench.generate.base import Gate
from workbench.generate.gates.arithmetic import arithmetic
from workbench.generate.gates.dates import dates
from workbench.generate.gates.symbolic import symbolic
from workbench.generate.gates.units import units

VERIFIERS: tuple[Gate, ...] = (arithmetic, units, dates, symbolic)

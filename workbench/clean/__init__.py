"""Clean: exact duplicates, recorded normalisation, languages, rules from edits, personal data found by its form."""

from workbench.clean.corrections import Correction, corrections, in_words
from workbench.clean.duplicates import DuplicateGroup, exact_duplicate_groups
from workbench.clean.normalise import STEPS, Change, Cleaned, normalise
from workbench.clean.personal_data import Detected, detect_personal_data, masked, personal_data_findings
from workbench.clean.replacing import Rule

__all__ = [
    "STEPS",
    "Change",
    "Cleaned",
    "Correction",
    "Detected",
    "DuplicateGroup",
    "Rule",
    "corrections",
    "detect_personal_data",
    "exact_duplicate_groups",
    "in_words",
    "masked",
    "normalise",
    "personal_data_findings",
]

"""Problems with proved answers in three languages, as several test files use them."""

from __future__ import annotations

import random

from workbench.generate import RECIPES, Blank, read_params
from workbench.model import Sample, Written

RECIPE = RECIPES.get("derive_then_say")
FRENCH = {
    "language": "fr",
    "facts": "M. Cole a de la fièvre\nMme Bell a de la fièvre\nMme Bell prend de la warfarine",
    "rules": "si {x} a de la fièvre alors {x} appelle le médecin\n"
    "si {x} prend de la warfarine et {x} appelle le médecin alors {x} a besoin d'une prise de sang",
}
CHINESE = {
    "language": "zh",
    "facts": "王女士发烧\n王女士服用华法林\n李先生发烧",
    "rules": "如果{某人}发烧，则{某人}今天应该就诊\n如果{某人}服用华法林且{某人}今天应该就诊，那么{某人}需要验血",
}
PARENTLESS = Sample("", (), Written(""), "")


def made(extra, rows=8):
    """Problems of the recipe with these parameters."""
    params = read_params(RECIPE, {**extra, "variants": rows})
    return [one for n in range(rows) for one in RECIPE.make(Blank(n, rows, 5), params, None, random.Random(n))]

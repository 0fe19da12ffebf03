"""What the drafts of a run are like, in figures: a recipe may declare some beside its gates (`Recipe.figures`).

A gate looks at one draft; a figure is about all of them together. It is worked out from the drafts and the parameters
alone, so that the same drafts give the same figures.
"""

from workbench.generate.figures.base import Figure, Figures, Made

__all__ = ["Figure", "Figures", "Made"]

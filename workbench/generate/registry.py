"""The recipes by name, and how a data scientist adds one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from workbench.generate.base import (
    WHERE,
    ByTurns,
    Gate,
    Make,
    Needs,
    NoParams,
    Purpose,
    Recipe,
    alone,
    one_per_parent,
)
from workbench.generate.figures.base import Figures
from workbench.generate.material import Draw, Start
from workbench.generate.then import Then
from workbench.model import Json, Sample
from workbench.registry import Registry

F = TypeVar("F", bound=Make)


def _builtins() -> tuple[Recipe, ...]:
    from workbench.generate.recipes import BUILTIN

    return BUILTIN


RECIPES: Registry[Recipe] = Registry("recipe", _builtins)


def register(
    name: str,
    *,
    version: str = "1",
    title: str = "",
    explanation: str = "",
    needs_model: bool = False,
    params: type[Any] = NoParams,
    keeps: tuple[str, ...] = (),
    varies: tuple[str, ...] = (),
    gates: tuple[Gate, ...] = (),
    prompts: tuple[str, ...] = (),
    per_parent: Callable[[Any], int] = one_per_parent,
    together: Callable[[Any], int] = alone,
    starts_from: Start = "sample",
    purpose: Purpose = "own",
    with_tags: bool = False,
    needs: Callable[[tuple[Sample, ...], Any], Needs] | None = None,
    draw: Draw | None = None,
    example: Json | None = None,
    where: str = WHERE,
    by_turns: ByTurns | None = None,
    then: Then | None = None,
    figures: Figures | None = None,
) -> Callable[[F], F]:
    """Decorate a generator function; it is registered as a recipe and returned unchanged.

    The arguments are the attributes of `Recipe`. The title is the name, and the explanation the function's docstring,
    when they are not given.
    """

    def add(make: F) -> F:
        text = explanation or str(getattr(make, "__doc__", "") or "").strip()
        recipe = Recipe(
            name=name,
            version=version,
            title=title or name,
            explanation=text,
            make=make,
            needs_model=needs_model,
            params=params,
            keeps=keeps,
            varies=varies,
            gates=gates,
            prompts=prompts,
            per_parent=per_parent,
            together=together,
            starts_from=starts_from,
            purpose=purpose,
            with_tags=with_tags,
            needs=needs,
            draw=draw,
            example=example or {},
            where=where,
            by_turns=by_turns,
            then=then,
            figures=figures,
        )
        RECIPES.register(recipe, module=str(getattr(make, "__module__", "")))
        return make

    return add

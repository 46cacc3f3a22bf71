"""Which view a question asks for, and which options that view knows: none is passed over in silence."""

from __future__ import annotations

from collections.abc import Collection

from db.errors import WrongInput
from db.words import N_
from reports.supervision.definition import Definition, Option, View

_FLAGS = {Option.PERIOD_OF_DAYS: "--from, --to"}


def view_asked_for(definition: Definition, by: str, given: Collection[Option]) -> str:
    """Return the key of the view for `--by` and the options that were given.

    Without `by` it is the first view in which all of them work. Raises WrongInput for an option that
    the view does not know: figures of everything would be taken for those that were asked for. A `by`
    that is no view is returned as it is, for whoever runs the report to refuse.
    """
    bound = [option for option in definition.only if option in given]
    view = definition.view(by) if by else _chosen(definition, bound, given)
    if view is None:
        return by
    for option in bound:
        if view.key not in definition.only[option]:
            raise WrongInput(
                N_("%(option)s works only in these views (--by): %(views)s."),
                option=_spelled(option),
                views=", ".join(definition.only[option]),
            )
    return view.key


def _chosen(definition: Definition, bound: Collection[Option], given: Collection[Option]) -> View | None:
    """Return the view that the options belong to; where none knows all of them, that of the last."""
    if not bound:
        return definition.view(next((key for own, key in definition.shortcuts.items() if own in given), ""))
    fitting = (
        view for view in definition.views if all(view.key in definition.only[option] for option in bound)
    )
    return next(fitting, definition.view(definition.only[list(bound)[-1]][0]))


def _spelled(option: Option) -> str:
    """Return the option as one types it."""
    return _FLAGS.get(option, f"--{option.value}")

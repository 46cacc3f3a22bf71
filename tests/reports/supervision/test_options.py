"""Every option of every report against each of its views: it works there, or it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from db.errors import WrongInput
from db.records.reports import Question
from reports.supervision.asking import view_asked_for
from reports.supervision.definition import Definition, Option, View
from reports.supervision.registry import REPORTS, definition_of
from tests.db.builders import TODAY
from tests.reports.supervision.test_recounts import door_of
from tests.reports.supervision.town import Town

PARTS = {
    Option.PERIOD_OF_DAYS: {"since", "until"},
    Option.BUCKET: {"bucket"},
    Option.PERIODS: {"periods"},
    Option.STREET: {"street"},
    Option.CLIENT: {"client"},
    Option.AGENT: {"agent"},
    Option.PERIOD: {"period"},
    Option.UNTIL: {"until"},
    Option.KIND: {"kind"},
}
"""The parts of a question that each option fills."""
OTHERS = {Option.BY, Option.TOP, Option.SUSPICIOUS}
"""These choose a view, or how much is shown of what was found."""
VIEWS = [(name, view.key) for name in REPORTS for view in definition_of(name).views]
read: set[str] = set()


class Watched(Question):
    """A question that tells which of its parts were looked at."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        read.add(name)
        return super().__getattribute__(name)


def both(name: str, key: str) -> tuple[Definition, View]:
    definition = definition_of(name)
    view = definition.view(key)
    assert view is not None
    return definition, view


def works(definition: Definition, view: View, option: Option) -> bool:
    return view.key in definition.only.get(option, {view.key})


@pytest.mark.parametrize(("name", "key"), VIEWS)
def test_a_view_looks_at_the_options_that_it_takes_and_at_no_other(town: Town, name: str, key: str) -> None:
    definition, view = both(name, key)
    question = Watched(as_of=TODAY, since=date(2025, 1, 1), until=TODAY, by=key)
    read.clear()
    town.house.office(town.supervisor).read(door_of(view), question)
    seen = read & set(Question.__slots__)
    wrong = [
        option
        for option in set(definition.options) - OTHERS
        if works(definition, view, option) != bool(PARTS[option] & seen)
    ]
    assert wrong == []
    assert {*PARTS, *OTHERS} == set(Option)


@pytest.mark.parametrize(("name", "key"), VIEWS)
def test_an_option_that_a_view_does_not_know_is_refused(name: str, key: str) -> None:
    definition, view = both(name, key)
    for option in set(definition.options) - {Option.BY}:
        if works(definition, view, option):
            assert view_asked_for(definition, key, {option}) == key
        else:
            with pytest.raises(WrongInput, match="works only in these views"):
                view_asked_for(definition, key, {option})


@pytest.mark.parametrize("name", REPORTS)
def test_without_a_view_options_ask_for_one_that_knows_them(name: str) -> None:
    definition = definition_of(name)
    assert view_asked_for(definition, "", ()) == definition.views[0].key
    assert view_asked_for(definition, "nothing", definition.options) == "nothing"
    for option, other in pairs(definition):
        fitting = [
            view.key
            for view in definition.views
            if works(definition, view, option) and works(definition, view, other)
        ]
        if fitting:
            assert view_asked_for(definition, "", {option, other}) in fitting
        else:
            with pytest.raises(WrongInput, match="works only in these views"):
                view_asked_for(definition, "", {option, other})


def pairs(definition: Definition) -> Iterator[tuple[Option, Option]]:
    own = [option for option in definition.options if option is not Option.BY]
    yield from ((option, other) for option in own for other in own)

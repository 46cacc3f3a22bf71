"""Reads the description of a bill: JSON with states, prices and rates as strings of digits.

What is no such JSON, or not of the shape, is WrongInput; what has the shape and cannot be, such
as a number with a sign, is ChargeRefused. The shape is looked at first and to the end.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn

from db.errors import WrongInput
from db.records.charges import ChargeInput, DialReading, MeterReadings, Prices, Service, Terms, VatRates
from db.records.clients import MeterRole
from db.refusals import ChargeRefused
from db.rules.charges_exact import FINE, LITRES
from db.words import N_

MOST_BYTES = 8_000_000
LONGEST_NUMBER = 60
"""Characters of one number."""
SHOWN = 40
"""Characters of the description that a message repeats."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = {places: re.compile(rf"[0-9]+(?:\.[0-9]{{1,{places}}})?") for places in (LITRES, FINE)}


def parse_description(data: bytes) -> ChargeInput:
    """Return the bill that `data` describes.

    Raises WrongInput for what is not UTF-8 JSON or lacks a key, has another type or an impossible
    day; ChargeRefused for a number, role or service that there is not.
    """
    reader = _Reader()
    bill = reader.bill(_load(data))
    if reader.refused is not None:
        raise reader.refused
    return bill


def _load(data: bytes) -> object:
    if len(data) > MOST_BYTES:
        raise WrongInput(
            N_("The description is larger than %(limit)s MB: it is not one bill."), limit=MOST_BYTES // 10**6
        )
    if data.startswith(BOM_UTF8):
        raise WrongInput(N_("The description begins with a byte order mark; save it as UTF-8 without one."))
    try:
        return json.loads(data.decode(), parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise WrongInput(
            N_("The description is not UTF-8 (byte %(place)s); save it as UTF-8."), place=str(error.start)
        ) from None
    except json.JSONDecodeError as error:
        raise WrongInput(
            N_("The description is not JSON (line %(line)s, column %(column)s)."),
            line=str(error.lineno),
            column=str(error.colno),
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; lists in lists in lists
        raise WrongInput(N_("The description is not JSON that can be read here.")) from None


def _no_constant(name: str) -> NoReturn:
    raise WrongInput(N_("%(name)s is not JSON."), name=name)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return an object; a key that stands in it twice would leave open which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _times),) = Counter(key for key, _ in pairs).most_common(1)
        raise WrongInput(N_("%(field)s: the key stands twice in one object."), field=_shown(twice))
    return found


class _Reader:
    """Reads the parts; the first thing that is refused waits until the shape is known to be right."""

    def __init__(self) -> None:
        self.refused: ChargeRefused | None = None

    def bill(self, value: object) -> ChargeInput:
        """Return the whole description."""
        whole = _object(value, "")
        period = _object(_value(whole, "period", ""), "period")
        contract = _object(_value(whole, "contract", ""), "contract")
        ends = _value(contract, "to", "contract")
        sewage = _flag(_value(whole, "sewage", ""), "sewage")
        terms = Terms(
            period_first=_day(period, "from", "period"),
            period_last=_day(period, "to", "period"),
            contract_first=_day(contract, "from", "contract"),
            contract_last=None if ends is None else _day(contract, "to", "contract"),
            sewage=sewage,
        )
        prices = tuple(self._prices(row, at, sewage) for row, at in _items(whole, "prices", ""))
        vat = self._vat(_object(_value(whole, "vat", ""), "vat"), sewage)
        meters = tuple(self._meter(meter, at) for meter, at in _items(whole, "meters", ""))
        return ChargeInput(terms, prices, vat, meters)

    def _prices(self, value: object, at: str, sewage: bool) -> Prices:
        row = _object(value, at)
        self._known(row, at, (*Service, "from"))
        return Prices(
            valid_from=_day(row, "from", at),
            water=self._number(row, Service.WATER, at, FINE),
            standing=self._number(row, Service.STANDING, at, FINE),
            sewage=self._sewage(row, at, sewage),
        )

    def _vat(self, rates: Mapping[str, object], sewage: bool) -> VatRates:
        self._known(rates, "vat", tuple(Service))
        return VatRates(
            water=self._number(rates, Service.WATER, "vat", FINE),
            standing=self._number(rates, Service.STANDING, "vat", FINE),
            sewage=self._sewage(rates, "vat", sewage),
        )

    def _sewage(self, row: Mapping[str, object], at: str, sewage: bool) -> Decimal | None:
        if not sewage and Service.SEWAGE not in row:
            return None
        return self._number(row, Service.SEWAGE, at, FINE)

    def _meter(self, value: object, at: str) -> MeterReadings:
        meter = _object(value, at)
        role = _text(meter, "role", at)
        if role not in tuple(MeterRole):
            self._refuse(f"{at}.role", _NO_ROLE, role=_shown(role), known=", ".join(MeterRole))
            role = MeterRole.MAIN
        return MeterReadings(
            number=_text(meter, "number", at),
            role=MeterRole(role),
            digits=_whole(_value(meter, "digits", at), f"{at}.digits"),
            verified_until=_day(meter, "verified_until", at),
            readings=tuple(self._reading(reading, place) for reading, place in _items(meter, "readings", at)),
        )

    def _reading(self, value: object, at: str) -> DialReading:
        reading = _object(value, at)
        return DialReading(
            day=_day(reading, "day", at),
            state=self._number(reading, "state", at, LITRES),
            rollover=_flag(reading.get("rollover", False), f"{at}.rollover"),
        )

    def _number(self, parent: Mapping[str, object], key: str, at: str, places: int) -> Decimal:
        text = _text(parent, key, at)
        if len(text) <= LONGEST_NUMBER and _NUMBERS[places].fullmatch(text):
            return Decimal(text)
        self._refuse(_join(at, key), _NO_NUMBER, text=_shown(text), places=str(places))
        return Decimal(0)

    def _known(self, row: Mapping[str, object], at: str, known: Collection[str]) -> None:
        for key in [key for key in row if key not in known]:
            self._refuse(_join(at, _shown(key)), _NO_SERVICE, known=", ".join(Service))

    def _refuse(self, field: str, message: str, **params: str) -> None:
        self.refused = self.refused or ChargeRefused(field, message, **params)


def _value(parent: Mapping[str, object], key: str, at: str) -> object:
    if key not in parent:
        raise WrongInput(N_("%(field)s is missing."), field=_join(at, key))
    return parent[key]


def _object(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        if not at:
            raise WrongInput(N_("The description is not a JSON object."))
        raise _wrong(at, N_("%(field)s: a JSON object is needed here."))
    return value


def _items(parent: Mapping[str, object], key: str, at: str) -> Iterable[tuple[object, str]]:
    """Return the members of a list, each with its place."""
    value, place = _value(parent, key, at), _join(at, key)
    if not isinstance(value, list):
        raise _wrong(place, N_("%(field)s: a list is needed here."))
    return [(item, f"{place}[{index}]") for index, item in enumerate(value)]


def _text(parent: Mapping[str, object], key: str, at: str) -> str:
    value = _value(parent, key, at)
    if not isinstance(value, str):
        raise _wrong(_join(at, key), N_("%(field)s: a string is needed here, in quotation marks."))
    return value


def _flag(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(at, N_("%(field)s: true or false is needed here."))
    return value


def _whole(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(at, N_("%(field)s: a whole number is needed here."))
    return value


def _day(parent: Mapping[str, object], key: str, at: str) -> date:
    text = _text(parent, key, at)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the 30th of February
    raise WrongInput(
        N_('%(field)s: "%(text)s" is no day; write it as 2026-09-01.'),
        field=_join(at, key),
        text=_shown(text),
    )


def _wrong(at: str, message: str) -> WrongInput:
    return WrongInput(message, field=at)


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _shown(text: str) -> str:
    """Return what a message repeats of `text`: one short line."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:SHOWN])


_NO_ROLE = N_('%(field)s: there is no role "%(role)s"; the roles are %(known)s.')
_NO_SERVICE = N_("%(field)s: there is no such service; the services are %(known)s.")
_NO_NUMBER = N_('%(field)s: "%(text)s" is no number: digits alone, at most one dot and %(places)s decimals.')

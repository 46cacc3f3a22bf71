"""A request taken in from the card: field after field, what stands on the card beside."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.request_save import FromMail, RequestSave, Told
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.looking import Looking
from bok_tui.safe_text import plain
from bok_tui.screens import request_work
from bok_tui.screens.ebok_work import IdentityQuestion
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.field import Field
from bok_tui.widgets.identity_panel import IdentityPanel
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.request_form import (
    ADDRESS,
    WHOLE,
    Verdict,
    filled_in,
    on_the_card,
    place_words,
    points_of,
    typed_fields,
    verdict,
    wrong_field,
)
from bok_tui.wording.requests import field_words, kind_words
from db.clock import office_day
from db.errors import BokError
from db.records.clients import ClientCard, Place
from db.records.contacts import ContactState
from db.records.people import Channel
from db.records.request_views import RequestView
from db.records.requests import FOUR_EYES, NewRequest, RequestField, RequestKind

LONGEST = 200
ADDED = "added"
"""Chosen where a phone or an e-mail address is not to replace another."""
ENOUGH = 2
"""Characters from which places are suggested."""
IDENTIFIERS = (RequestField.PESEL, RequestField.NIP)


class NewRequestDialog(RequestSave[RequestView]):
    """Answers with the request that was taken in, or None. Nothing typed is lost by a refusal."""

    BINDINGS = bindings("save", "take", "contact", "back", "up", "down")
    HINTS = ("save", "take", "contact", "back")
    TITLE_TEXT = N_("Taking a request in")
    HELP = N_(
        "Enter goes to the next field, and saves after the last one. What the card says now stands beside.\n"
        "An address begins with its postal code: the arrows choose among the places on file, F9 takes one.\n"
        "Simple changes are made at once when the caller is verified (F7); where four eyes are needed, a\n"
        "supervisor approves in the queue (F5). Tab goes to the note, which is in the client's own words."
    )

    def __init__(
        self,
        card: ClientCard,
        contact: ContactState | None,
        kind: RequestKind,
        verified: Told,
        *,
        meter: str = "",
        mail: FromMail | None = None,
    ) -> None:
        """`meter` is the one under the cursor of the card; `verified` tells the card who was verified."""
        super().__init__(card, contact, verified, mail=mail)
        self._kind = kind
        self._fields = typed_fields(kind, card)
        told = {field: value for field, value in mail.values.items() if field in self._fields} if mail else {}
        self._initial = {**filled_in(kind, card, meter), **told}
        self._points = points_of(kind, card)
        self._places: tuple[Place, ...] = ()
        self._place_at = 0
        self._taken: tuple[str, ...] = ()
        self._looking: Looking[Place, tuple[Place, ...]] | None = None

    def compose(self) -> ComposeResult:
        """Draw the form."""
        title = f"{kind_words(self._kind)} · {self.card.number} {' '.join(self.card.name.split())}"
        now = on_the_card(self._kind, self.card)
        with Vertical(classes="box wide request"):
            yield Static(plain(title), classes="title")
            for field in self._fields:
                with Horizontal(classes="field"):
                    yield Label(plain(field_words(field)))
                    yield Field(
                        self._initial.get(field, ""),
                        id=f"f-{field.value}",
                        max_length=LONGEST,
                        select_on_focus=bool(self._initial),
                    )
                    yield Static(plain(now.get(field, "")), id=f"was-{field.value}", classes="was")
            yield Static(id="verdict")
            if any(field in IDENTIFIERS for field in self._fields):
                yield IdentityPanel()
            yield Static(id="places")
            if self._points:
                with Horizontal(classes="field"):
                    yield Label(plain(_("Replaces")))
                    yield ChoiceField(self._choices(), value=str(self._points[0].key), id="point")
            with Horizontal(classes="field"):
                yield Label(plain(_("Note")))
                yield Field(
                    self.mail.note if self.mail else "", id="note", max_length=1000, select_on_focus=False
                )
            yield Static(plain(self._what_follows()), id="follows")
            yield ToldLine()
            with_places = bool(ADDRESS.intersection(self._fields))
            left_out = {"take": not with_places, "contact": self.contact is None}
            yield KeyHints(*(one for one in self.HINTS if not left_out.get(one)))

    def _choices(self) -> list[tuple[str, str]]:
        return [*((str(point.key), point.shown) for point in self._points), (ADDED, _("none, one more"))]

    def _what_follows(self) -> str:
        lines = []
        if not self.verified and not self._by_mail:
            lines.append(_("The caller has to be verified for a change of data: F7."))
        if self._kind in FOUR_EYES:
            told = _("Four eyes: a supervisor other than you approves it; the old address, if any, is told.")
            lines.append(told)
        elif self._by_mail:
            lines.append(_("Nobody is verified by e-mail: it is taken in, and somebody else decides (F5)."))
        return "\n".join(lines) or _("Enter after the last field saves and applies it at once.")

    @property
    def _by_mail(self) -> bool:
        """True where there is nobody who could be verified."""
        return self.contact is None or (self.contact.channel is Channel.EMAIL and not self.verified)

    def on_mount(self) -> None:
        """Begin with the first field."""
        super().on_mount()
        self._looking = Looking(self, request_work.places, self._show_places)
        first = self.query(Input).first()
        first.focus()
        self._judge()

    @property
    def unsaved(self) -> bool:
        """True when something was typed here."""
        typed = {field.id: field.value.strip() for field in self.query(Input)}
        initial = {f"f-{field.value}": value for field, value in self._initial.items()}
        initial["note"] = self.mail.note if self.mail else ""
        return any(value != initial.get(name or "", "") for name, value in typed.items())

    def caller_changed(self) -> None:
        """Say what follows now."""
        self.query_one("#follows", Static).update(plain(self._what_follows()))
        self._judge()

    # -- the fields

    def _input(self, field: RequestField) -> Input:
        return self.query_one(f"#f-{field.value}", Input)

    @property
    def _at(self) -> RequestField | None:
        """The field that has the focus."""
        return next((field for field in self._fields if self._input(field).has_focus), None)

    @property
    def _typed(self) -> dict[RequestField, str]:
        return {field: self._input(field).value.strip() for field in self._fields}

    def _judged(self, field: RequestField) -> Verdict:
        return verdict(field, self._input(field).value, today=office_day(self.bok.workplace.clock()))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(ToldLine).clear()
        self._judge()
        if self._at in ADDRESS:
            self._look_for_places()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say how the field is understood that is typed into now."""
        if self.is_mounted:
            self._judge()

    def _judge(self) -> None:
        field = self._at
        found = self._judged(field) if field is not None else Verdict("")
        style = "$text-warning" if found.wrong else "$text-success"
        self.query_one("#verdict", Static).update(Content.styled(plain(found.words).plain, style))
        if field in IDENTIFIERS and field is not None:
            value = "" if found.wrong else self._input(field).value
            question = IdentityQuestion(self.card.number, field, value)
            self.query_one(IdentityPanel).look_at(self, question, self.contact_id)

    # -- places on file

    def _look_for_places(self) -> None:
        typed = self._typed
        asked = Place(
            postal_code=typed.get(RequestField.POSTAL_CODE, ""),
            town=typed.get(RequestField.TOWN, ""),
            street=typed.get(RequestField.STREET, ""),
        )
        worth = max(len(asked.postal_code), len(asked.town), len(asked.street or "")) >= ENOUGH
        if self._looking is not None:
            self._looking.ask(asked if worth else None, self.contact_id)

    def _show_places(self, places: tuple[Place, ...] | None) -> None:
        self._places = places or ()
        self._place_at = 0
        self._draw_places()

    def _draw_places(self) -> None:
        lines = [
            Content.styled(
                plain(f"{'▸' if at == self._place_at else ' '} {place_words(place)}").plain,
                "bold $accent" if at == self._place_at else "$text-muted",
            )
            + Content.styled("  F9" if at == self._place_at else "", "bold")
            for at, place in enumerate(self._places)
        ]
        self.query_one("#places", Static).update(Content("\n").join(lines))

    def action_up(self) -> None:
        """Choose the place above."""
        self._choose_place(-1)

    def action_down(self) -> None:
        """Choose the place below."""
        self._choose_place(1)

    def _choose_place(self, by: int) -> None:
        if self._places:
            self._place_at = min(max(self._place_at + by, 0), len(self._places) - 1)
            self._draw_places()

    def action_take(self) -> None:
        """Take the place that is suggested, and go on to what it leaves open."""
        if not self._places:
            self.app.bell()
            return
        place = self._places[self._place_at]
        values = {
            RequestField.POSTAL_CODE: place.postal_code,
            RequestField.TOWN: place.town,
            RequestField.STREET: place.street,
        }
        for field, value in values.items():
            if value:
                with self.prevent(Input.Changed):
                    self._input(field).value = value
        self._show_places(None)
        rest = RequestField.HOUSE if place.street else RequestField.STREET
        self._input(rest).focus()

    # -- saving

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Go on to the next field, or save after the last."""
        event.stop()
        field = self._at
        if field is None:
            self.action_save()
            return
        if (found := self._judged(field)).wrong:
            self.say(found.words)
            return
        at = self._fields.index(field)
        if at + 1 < len(self._fields):
            self._input(self._fields[at + 1]).focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Save, unless a field cannot be read."""
        for field in self._fields:
            if (found := self._judged(field)).wrong:
                self._input(field).focus()
                self.say(found.words)
                return
        self.save(self.taking(self._new(), at_once=not self._by_mail))

    def _new(self) -> NewRequest:
        typed = self._typed
        return NewRequest(
            client_number=self.card.number,
            kind=self._kind,
            values=typed if self._kind in WHOLE else _only_filled(typed),
            note=self.query_one("#note", Input).value.strip(),
            point_id=self._point(),
        )

    def _point(self) -> int | None:
        if not self._points:
            return None
        chosen = self.query_one("#point", ChoiceField).value
        return None if chosen == ADDED else int(chosen)

    def refused(self, error: BokError) -> None:
        """Go to the field that the refusal is about."""
        field = wrong_field(error)
        if field in self._fields and field is not None:
            self._input(field).focus()


def _only_filled(typed: Mapping[RequestField, str]) -> dict[RequestField, str]:
    return {field: value for field, value in typed.items() if value}

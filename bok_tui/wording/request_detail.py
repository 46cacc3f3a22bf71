"""One request in words: side by side, what happened to it, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from bok_tui.i18n import _, ngettext
from bok_tui.safe_text import fit, visible
from bok_tui.wording.figures import day_text, moment_text, volume_text
from bok_tui.wording.labels import channel_label
from bok_tui.wording.requests import (
    field_words,
    holder_words,
    is_open,
    kind_words,
    left_words,
    reason_words,
    state_words,
    subject_words,
    value_words,
)
from db.records.request_views import RequestItemView, RequestStepView, RequestView
from db.records.requests import ASSIGNED, RequestEvent, RequestKind, RequestState
from db.rules.mail_texts import INFORMATION_TEMPLATES
from db.rules.request_life import EVENT_WORDS
from db.words import N_

LABEL = 16
"""Columns of a field's name."""
WIDEST = 34
"""Columns of a value, however wide the window is."""
_ASKED = {template.value: words for template, words in INFORMATION_TEMPLATES.items()}
_GIVEN = {
    RequestEvent.TAKE: N_("given to somebody to decide"),
    RequestEvent.GIVE_BACK: N_("taken away again"),
}
"""What a supervisor did about who decides."""
BOX = 76
"""Columns in a dialog."""


def head_words(view: RequestView) -> str:
    """Return which request it is, where it stands, and by when it is to be done."""
    line = view.line
    parts = [line.number, kind_words(line.kind), state_words(line.state)]
    if line.four_eyes:
        parts.append(_("four eyes"))
    if line.state is RequestState.APPROVED and line.effective_on is not None:
        parts.append(_("takes effect on %(day)s") % {"day": day_text(line.effective_on)})
    elif is_open(line):
        parts.append(_("due %(day)s, %(left)s") % {"day": day_text(line.deadline), "left": left_words(line)})
    if line.assignee or line.mine:
        parts.append(_("taken by: %(agent)s") % {"agent": holder_words(line)})
    return " · ".join(parts)


def sides_heading(width: int) -> str:
    """Return the headings above `side_words`."""
    half, _half, _change = _sides(width)
    old, new = _("was"), _("is to be")
    return f"{'':<{LABEL}} {fit(old, half)}   {fit(new, half)}".rstrip()


def side_words(item: RequestItemView, width: int) -> str:
    """Return one field: its name, as it was, as it is to be, and in words whether that is a change.

    What is too long to stand side by side stands below one another.
    """
    half, _half, change = _sides(width)
    arrow = "→" if item.changes else " "
    name = fit(field_words(item.field), LABEL)
    old, new = value_words(item.field, item.old), value_words(item.field, item.new)
    words = change_words(item)
    if max(cell_len(visible(old)), cell_len(visible(new))) <= half:
        return f"{name} {fit(old, half)} {arrow} {fit(new, half)} {fit(words, change)}".rstrip()
    room = width - LABEL - 3
    below = f"{'':<{LABEL}} {arrow} {fit(new, room).rstrip()}  {words}"
    return f"{name}   {fit(old, room).rstrip()}\n{below}"


def change_words(item: RequestItemView) -> str:
    """Return `zmiana`, `bez zmian`, or that the card was changed meanwhile."""
    if item.moved:
        return "! " + _("changed meanwhile")
    return _("change") if item.changes else _("no change")


def _sides(width: int) -> tuple[int, int, int]:
    """Share the width between old, new and the word of the change."""
    change = 20
    half = min(max((width - LABEL - change - 7) // 2, 10), WIDEST)
    return half, half, change


def taken_in_words(view: RequestView) -> str:
    """Return who took it in, when, in which contact, and what the caller had proved."""
    step = view.steps[0] if view.steps else None
    who = step.agent if step and step.agent else _("the portal")
    parts = [
        _("came %(at)s, %(agent)s, %(channel)s")
        % {
            "at": moment_text(view.line.submitted_at),
            "agent": who,
            "channel": channel_label(view.line.channel),
        }
    ]
    if view.contact:
        parts.append(_("contact %(contact)s") % {"contact": view.contact})
    if view.verification:
        parts.append(_("verified: %(what)s") % {"what": _(view.verification)})
    return " · ".join(parts)


def complaint_words(view: RequestView) -> str:
    """Return what a complaint is about and how often it came; empty for other requests."""
    complaint = view.complaint
    if complaint is None:
        return ""
    parts = [_("about: %(subject)s") % {"subject": subject_words(complaint.subject)}]
    if complaint.meter:
        parts.append(_("meter %(meter)s") % {"meter": complaint.meter})
    if complaint.reading_day is not None and complaint.reading_state is not None:
        values = {"day": day_text(complaint.reading_day), "state": volume_text(complaint.reading_state)}
        parts.append(_("state %(state)s of %(day)s") % values)
    if complaint.invoice:
        parts.append(complaint.invoice)
    if complaint.repeats:
        parts.append(
            ngettext("%(count)s earlier complaint", "%(count)s earlier complaints", complaint.repeats)
            % {"count": complaint.repeats}
        )
    if complaint.deemed_on:
        parts.append("! " + _("deemed accepted on %(day)s") % {"day": day_text(complaint.deemed_on)})
    if complaint.answered_on:
        parts.append(_("answered on %(day)s") % {"day": day_text(complaint.answered_on)})
    return " · ".join(parts)


def step_words(step: RequestStepView) -> str:
    """Return what happened, when, who did it and why; for a question, which text was sent."""
    who = step.agent or _("the program")
    event = _GIVEN.get(step.event, "") if step.reason == ASSIGNED else ""
    words = f"{moment_text(step.at)}  {_(event or EVENT_WORDS[step.event])}, {who}"
    if step.reason and not event:
        asked = _ASKED.get(step.reason)
        words += f": {_(asked) if asked else reason_words(step.reason)}"
    return f"{words} – {' '.join(step.note.split())}" if step.note else words


def related_words(view: RequestView) -> str:
    """Return which other requests, letters and files belong to it."""
    parts = []
    if view.inverse_of:
        parts.append(_("undoes %(number)s") % {"number": view.inverse_of})
    if view.superseded_by:
        parts.append(_("superseded by %(number)s") % {"number": view.superseded_by})
    if view.documents:
        numbers = ", ".join(number for _key, _kind, number in view.documents)
        parts.append(_("letters: %(numbers)s") % {"numbers": numbers})
    if view.attachments:
        names = ", ".join(name for _key, name, _size, _hash in view.attachments)
        parts.append(_("files: %(names)s") % {"names": names})
    return " · ".join(parts)


def detail_lines(view: RequestView, width: int, *, steps: int) -> list[str]:
    """Return a request for the pane under the queue; of what happened, the last `steps`."""
    lines = [head_words(view), f"{view.line.client_number} {' '.join(view.line.client_name.split())}"]
    if view.items:
        lines += [sides_heading(width), *(side_words(item, width) for item in view.items)]
    lines += [complaint_words(view), taken_in_words(view)]
    if view.note:
        lines.append(_("note: %(note)s") % {"note": " ".join(view.note.split())})
    lines.append(related_words(view))
    lines += [step_words(step) for step in view.steps[1:][-steps:]]
    return [line for line in lines if line]


def decision_lines(view: RequestView) -> tuple[str, ...]:
    """Return what is decided about: whose, what, as it was and as it is to be."""
    line = view.line
    lines = [
        f"{kind_words(line.kind)} · {line.client_number} {fit(line.client_name, 40).rstrip()}",
        *([sides_heading(BOX)] if view.items else []),
        *(side_words(item, BOX) for item in view.items),
        complaint_words(view),
    ]
    if view.note:
        lines.append(_("note: %(note)s") % {"note": fit(view.note, 200).rstrip()})
    return tuple(filter(None, lines))


def changed_lines(items: Sequence[RequestItemView]) -> list[str]:
    """Return what the card held when the request came, what it holds now, what was asked for."""
    return [
        _("%(field)s: was %(old)s, now %(current)s, asked for %(new)s")
        % {
            "field": field_words(item.field),
            "old": value_words(item.field, item.old),
            "current": value_words(item.field, item.current),
            "new": value_words(item.field, item.new),
        }
        for item in items
        if item.moved
    ]


def saved_words(view: RequestView) -> str:
    """Return what became of a request that was just taken in, and who has to approve it."""
    line = view.line
    values = {"number": line.number, "kind": kind_words(line.kind)}
    if line.state is RequestState.APPLIED:
        return _("%(number)s: %(kind)s, applied.") % values
    if line.state is RequestState.APPROVED and line.effective_on is not None:
        values["day"] = day_text(line.effective_on)
        return _("%(number)s: %(kind)s, approved, takes effect on %(day)s.") % values
    if line.kind is RequestKind.COMPLAINT:
        values["day"] = day_text(line.deadline)
        return _("%(number)s: complaint taken in, to be answered by %(day)s.") % values
    if line.four_eyes:
        return _(
            "%(number)s: %(kind)s, taken in; a supervisor, another person than you, approves it (F5)."
        ) % (values)
    return _("%(number)s: %(kind)s, taken in; it waits in the queue (F5).") % values


def decided_words(view: RequestView) -> str:
    """Return what became of a request after a step."""
    line = view.line
    words = {"number": line.number, "kind": kind_words(line.kind), "state": state_words(line.state)}
    if line.state is RequestState.APPROVED and line.effective_on is not None:
        words["day"] = day_text(line.effective_on)
        return _("%(number)s %(kind)s: approved, takes effect on %(day)s.") % words
    return _("%(number)s %(kind)s: %(state)s.") % words

"""What is said of a reading while it is typed: the same on every form that takes one."""

from __future__ import annotations

from textual.content import Content
from textual.dom import DOMNode

from bok_tui.safe_text import plain
from bok_tui.widgets.words import Words
from bok_tui.wording.reading import (
    STYLES,
    Draft,
    day_words,
    expected_words,
    notice_words,
    previous_words,
    use_words,
    verdict_words,
)


def show_draft(form: DOMNode, draft: Draft, *, repair: str, choose: str = "") -> None:
    """Say on the `Words` of a form what is to be said of `draft`, and which `repair` is suggested.

    `choose` tells how to choose the meter while it is not known which one is meant.
    """
    one = not choose
    say_words(form, "#day-words", day_words(draft), "$text-error" if draft.day_error else "$text-muted")
    say_words(form, "#previous", previous_words(draft) if one else choose)
    say_words(form, "#use", use_words(draft) if one else "–", "bold")
    say_words(form, "#expected", expected_words(draft) if one else "")
    say_words(form, "#notice", notice_words(draft.form, draft.day) if one else "–")
    verdicts = verdict_words(draft) if one or draft.state_error else ()
    form.query_one("#verdict", Words).say(
        Content("\n").join(Content.styled(plain(words).plain, STYLES[level]) for level, words in verdicts)
    )
    say_words(form, "#repair", repair, "bold $accent")


def say_words(form: DOMNode, selector: str, words: str, style: str = "") -> None:
    """Say `words` in one place of a form."""
    form.query_one(selector, Words).say(Content.styled(plain(words).plain, style))

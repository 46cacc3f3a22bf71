"""Letters about requests: the right text for where the request stands, and no identifier in clear."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.errors import BokError, Refused, WrongInput
from db.records.documents import DocumentKind
from db.records.ebok import EInvoiceState
from db.records.people import Channel
from db.records.requests import ComplaintSubject, RequestField, RequestKind, RequestState
from db.rules.request_letter_text import TITLES, Composed, LetterMatter, composed

TODAY = date(2026, 11, 22)
OFFICE = {"utility": "Wody", "phone": "33 555 01 00"}


def matter(
    kind: RequestKind = RequestKind.NAME, state: RequestState = RequestState.SUBMITTED, **more: Any
) -> Any:
    known = {"received_on": date(2026, 11, 3), "deadline": date(2026, 12, 3)} | more
    return LetterMatter("W/2026/00418", kind, state, "123456", Channel.EMAIL, **known)


def letter(kind: DocumentKind, about: LetterMatter, paragraph: str = "") -> Composed:
    return composed(kind, about, today=TODAY, office=OFFICE, paragraph=paragraph)


def whole(text: Composed) -> str:
    facts = [f"{fact.label}: {fact.value}" for fact in text.facts]
    return "\n".join((text.title, *text.paragraphs, *facts, *text.instruction))


def test_a_confirmation_repeats_what_was_asked_without_identifiers() -> None:
    items = (
        (RequestField.PESEL, "44051401359"),
        (RequestField.PARTY_PESEL, "02070803628"),
        (RequestField.NIP, "5480000071"),
        (RequestField.REFUND_ACCOUNT, "61109010140000071219812874"),
        (RequestField.PHONE, "+48600123456"),
        (RequestField.EMAIL, "zaneta@example.com"),
        (RequestField.STREET, "ul. Źródlana"),
        (RequestField.FLAT, None),
    )
    said = whole(letter(DocumentKind.REQUEST_CONFIRMATION, matter(items=items)))
    for hidden in ("44051401359", "02070803628", "548000", "6110901014", "600 123", "zaneta@"):
        assert hidden not in said
    for shown in (
        "kończy się na 2874",
        "600 *** 456",
        "z***@example.com",
        "Ulica: ul. Źródlana",
        "Nr lokalu: brak",
    ):
        assert shown in said, shown
    assert "Sposób złożenia: pocztą elektroniczną" in said
    assert "Wniosek rozpatrzymy do 3 grudnia 2026 r. O rozstrzygnięciu" in said


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RequestState.APPROVED, "Zmiana zacznie obowiązywać od dnia 24 listopada 2026 r."),
        (RequestState.APPLIED, "Zmiana obowiązuje od dnia 24 listopada 2026 r."),
        (RequestState.REJECTED, "powodu: podane dane są nieprawidłowe."),
        (RequestState.WITHDRAWN, "potwierdzamy wycofanie wniosku"),
    ],
)
def test_a_decision_says_how_it_stands(state: RequestState, words: str) -> None:
    about = matter(state=state, effective_on=date(2026, 11, 24), reason="wrong_data", decision_note="do akt")
    said = whole(letter(DocumentKind.REQUEST_DECISION, about, "Zapraszamy."))
    assert words in said
    assert "Zapraszamy." in said
    assert "do akt" not in said
    assert ("reklamację" in said) == (state is RequestState.REJECTED)


def test_another_reason_is_told_in_the_words_of_whoever_decided() -> None:
    about = matter(state=RequestState.REJECTED, reason="other", decision_note="Brak podpisu.")
    assert "Brak podpisu." in letter(DocumentKind.REQUEST_DECISION, about).paragraphs


def test_a_question_asks_what_was_asked_for_and_by_when() -> None:
    about = matter(
        RequestKind.HANDOVER, RequestState.NEEDS_INFO, asked="deed", asked_note="Brakuje strony 2."
    )
    text = letter(DocumentKind.INFORMATION_REQUEST, about)
    assert text.paragraphs[-2] == "Brakuje strony 2."
    assert "do 6 grudnia 2026 r." in text.paragraphs[-1]
    assert "aktu notarialnego" in whole(text)
    free = matter(state=RequestState.NEEDS_INFO, asked=None)
    with pytest.raises(Refused, match="Write what you ask for"):
        letter(DocumentKind.INFORMATION_REQUEST, free)
    assert "Proszę o numer." in whole(letter(DocumentKind.INFORMATION_REQUEST, free, "Proszę o numer."))


@pytest.mark.parametrize(
    ("state", "deemed", "words"),
    [
        (RequestState.APPLIED, False, "została uznana."),
        (RequestState.REJECTED, False, "nie została uznana."),
        (RequestState.APPLIED, True, "została uznana, ponieważ nie odpowiedzieliśmy na nią w ciągu 14 dni"),
    ],
)
def test_an_answer_says_what_was_decided_and_the_consumers_term(
    state: RequestState, deemed: bool, words: str
) -> None:
    about = matter(
        RequestKind.COMPLAINT,
        state,
        subject=ComplaintSubject.BILL,
        deemed=deemed,
        decision_note="Licznik sprawny.",
    )
    said = whole(letter(DocumentKind.COMPLAINT_ANSWER, about))
    assert words in said
    assert "uważa się, że reklamacja została uznana (art. 7a" in said
    assert "Licznik sprawny." in said
    received = letter(DocumentKind.REQUEST_CONFIRMATION, about)
    assert received.title == "Potwierdzenie przyjęcia reklamacji"
    assert "(rachunek)" in received.paragraphs[0]


def test_an_e_invoice_letter_names_the_day_and_the_address() -> None:
    einvoice = (EInvoiceState.CONFIRMED, "z@example.com", date(2026, 11, 23))
    said = whole(
        letter(DocumentKind.EINVOICE_CONFIRMATION, matter(RequestKind.EINVOICE_ON, einvoice=einvoice))
    )
    assert "od dnia 23 listopada 2026 r." in said
    assert "z@example.com" in said


def test_the_letter_of_an_account_holds_no_link() -> None:
    said = whole(letter(DocumentKind.EBOK_ACTIVATION, matter(RequestKind.EBOK_REGISTRATION, login="zaneta")))
    assert "Login: zaneta" in said
    assert "http" not in said


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (DocumentKind.REQUEST_DECISION, matter()),
        (DocumentKind.REQUEST_DECISION, matter(RequestKind.COMPLAINT, RequestState.APPLIED)),
        (DocumentKind.INFORMATION_REQUEST, matter()),
        (DocumentKind.EINVOICE_CONFIRMATION, matter(RequestKind.EINVOICE_ON)),
        (DocumentKind.EINVOICE_CONFIRMATION, matter(einvoice=(EInvoiceState.REQUESTED, "a@b.pl", None))),
        (DocumentKind.EBOK_ACTIVATION, matter(RequestKind.EBOK_REGISTRATION)),
        (DocumentKind.EBOK_ACTIVATION, matter(login="x")),
        (DocumentKind.COMPLAINT_ANSWER, matter()),
        (DocumentKind.COMPLAINT_ANSWER, matter(RequestKind.COMPLAINT)),
    ],
)
def test_a_letter_that_does_not_belong_there_is_refused(kind: DocumentKind, about: LetterMatter) -> None:
    with pytest.raises(Refused):
        letter(kind, about)


@pytest.mark.parametrize("kind", sorted(set(DocumentKind) - TITLES.keys()))
def test_other_kinds_are_no_letters_about_requests(kind: DocumentKind) -> None:
    with pytest.raises(WrongInput, match="no letter about a request"):
        letter(kind, matter())


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("about", RequestKind)
@pytest.mark.parametrize("kind", TITLES)
def test_every_request_in_every_state_has_a_letter_or_a_reason(
    kind: DocumentKind, about: RequestKind, state: RequestState
) -> None:
    try:
        said = whole(letter(kind, matter(about, state)))
    except BokError as refused:
        said = refused.message
    assert len(said) > 20


def test_a_complaint_that_was_withdrawn_is_confirmed_as_that() -> None:
    about = matter(RequestKind.COMPLAINT, state=RequestState.WITHDRAWN)
    assert "potwierdzamy wycofanie" in whole(letter(DocumentKind.REQUEST_DECISION, about))
    with pytest.raises(Refused, match="answer to a complaint"):
        letter(DocumentKind.REQUEST_DECISION, matter(RequestKind.COMPLAINT, state=RequestState.REJECTED))


def test_a_paragraph_is_added_to_the_answer_and_takes_no_words_away() -> None:
    about = matter(RequestKind.COMPLAINT, state=RequestState.REJECTED, decision_note="Licznik był sprawny.")
    said = whole(letter(DocumentKind.COMPLAINT_ANSWER, about, "Zapraszamy."))
    assert said.index("Licznik był sprawny.") < said.index("Zapraszamy.")

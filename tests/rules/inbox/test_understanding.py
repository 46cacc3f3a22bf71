from __future__ import annotations

import time
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.incoming import MailIntent, MessageText, Understood
from db.rules.inbox.understanding import understand
from tests.rules.inbox.understanding_asides import ASIDES
from tests.rules.inbox.understanding_beside import BESIDE_STATES
from tests.rules.inbox.understanding_cases import ALONE, IN_MAIL, LETTER
from tests.rules.inbox.understanding_disowned import DISOWNED
from tests.rules.inbox.understanding_dwellings import DWELLING, NO_DWELLING
from tests.rules.inbox.understanding_filled_in import FILLED_BILLS, FILLED_IN, FILLED_WISHES
from tests.rules.inbox.understanding_forms import BOUNDS, FORMS
from tests.rules.inbox.understanding_handed import HANDED
from tests.rules.inbox.understanding_intents import BILLED, CALLED, WISHED
from tests.rules.inbox.understanding_kinds import CAUTION, INTENTS, KINDS, ROWS
from tests.rules.inbox.understanding_kinds_more import MORE
from tests.rules.inbox.understanding_mails import COMPARED, DOUBTED, WHOLE
from tests.rules.inbox.understanding_manners import PRESENTED, SAID, SET_ASIDE
from tests.rules.inbox.understanding_named import NAMED, PUT_FIRST
from tests.rules.inbox.understanding_outweighed import DATED, KEPT, OUTWEIGHED
from tests.rules.inbox.understanding_paired import COUNTED_OFF, NUMBERED, PAIRED
from tests.rules.inbox.understanding_parts import LOOKALIKES, PARTS, SUMMED, WANTED
from tests.rules.inbox.understanding_places import PLACED
from tests.rules.inbox.understanding_rows import NO_ROWS, ROWS_ALIKE
from tests.rules.inbox.understanding_spoken import SPOKEN
from tests.rules.inbox.understanding_taken_out import TAKEN_OUT
from tests.rules.inbox.understanding_talk import PLAIN, TALKED
from tests.rules.inbox.understanding_told import TOLD_BESIDE, WANTED_AGAIN
from tests.rules.inbox.understanding_turns import BESIDE, SWAPPED, TURNED
from tests.rules.inbox.understanding_wishes import WISHES

SUNDAY = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)


def message(
    text: str, subject: str = "", quoted: str = "", *, sent: datetime | None = SUNDAY, automatic: bool = False
) -> MessageText:
    return MessageText(
        message_id="<1@example.com>",
        in_reply_to="",
        references=(),
        sender="jan@example.com",
        sender_name="Jan",
        reply_to="",
        subject=subject,
        sent_at=sent,
        text=text,
        quoted=quoted,
        automatic=automatic,
    )


def shown(understood: Understood) -> str:
    """Write what was understood as the cases do."""
    readings = ";".join(
        f"{reading.meter or ''}:{reading.role.value if reading.role else ''}:{reading.state}"
        for reading in understood.readings
    )
    day = understood.taken_on or "-"
    return f"{understood.client_number or '-'}|{readings}|{day}|{int(understood.sufficient)}"


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_what_a_text_says(text: str, expected: str) -> None:
    assert shown(understand(message(text))) == expected


@pytest.mark.parametrize(("text", "expected"), [*DWELLING, *NO_DWELLING])
def test_an_address_is_told_by_its_shape(text: str, expected: str) -> None:
    assert shown(understand(message(text))) == expected


@pytest.mark.parametrize(("text", "expected"), HANDED)
def test_what_is_handed_over_in_few_words(text: str, expected: str) -> None:
    assert shown(understand(message(text))).startswith(expected)


@pytest.mark.parametrize(("subject", "text", "expected"), [*WISHED, *FILLED_WISHES])
def test_what_people_want_in_words_of_every_day(subject: str, text: str, expected: str) -> None:
    assert understand(message(text, subject)).intent == expected


@pytest.mark.parametrize(("text", "phone"), CALLED)
def test_a_phone_that_is_no_more_is_not_the_writers(text: str, phone: str) -> None:
    assert understand(message(text)).phone == phone


@pytest.mark.parametrize(("text", "invoice"), [*BILLED, *FILLED_BILLS])
def test_invoices_are_known_by_their_shape(text: str, invoice: str | None) -> None:
    assert understand(message(text)).invoice_number == invoice


def test_one_day_may_be_that_of_all_states() -> None:
    said = understand(message("Klient 210344\n70115501 stan 45\n70115502 stan 602\nData dla obu: 20.11."))
    assert said.taken_on == date(2026, 11, 20)


@pytest.mark.parametrize(("text", "subject", "quoted", "expected"), IN_MAIL)
def test_what_a_mail_says(text: str, subject: str, quoted: str, expected: str) -> None:
    assert shown(understand(message(text, subject, quoted))) == expected


@pytest.mark.parametrize(("subject", "text", "quoted", "expected"), [*ROWS, *KINDS, *CAUTION, *MORE])
def test_lists_and_numbers_of_other_things(subject: str, text: str, quoted: str, expected: str) -> None:
    assert shown(understand(message(text, subject, quoted))) == expected


@pytest.mark.parametrize(
    ("subject", "text", "quoted", "expected"), [*SAID, *SET_ASIDE, *PRESENTED, *WHOLE, *DOUBTED, *COMPARED]
)
def test_how_people_put_it(subject: str, text: str, quoted: str, expected: str) -> None:
    assert shown(understand(message(text, subject, quoted))) == expected


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        *SWAPPED,
        *TURNED,
        *BESIDE,
        *PLAIN,
        *TALKED,
        *DISOWNED,
        *FORMS,
        *BOUNDS,
        *TAKEN_OUT,
        *BESIDE_STATES,
        *PLACED,
        *ASIDES,
        *SPOKEN,
        *PARTS,
        *SUMMED,
        *LOOKALIKES,
        *NUMBERED,
        *COUNTED_OFF,
        *PAIRED,
        *TOLD_BESIDE,
        *NAMED,
        *OUTWEIGHED,
        *KEPT,
        *DATED,
        *ROWS_ALIKE,
        *NO_ROWS,
        *FILLED_IN,
    ],
)
def test_how_sentences_turn_and_what_stands_beside_a_state(subject: str, text: str, expected: str) -> None:
    assert shown(understand(message(text, subject))) == expected


@pytest.mark.parametrize(("subject", "text", "intent"), INTENTS)
def test_what_short_mails_want(subject: str, text: str, intent: MailIntent) -> None:
    assert understand(message(text, subject)).intent is intent


@pytest.mark.parametrize(("text", "intent"), [*WISHES, *WANTED, *WANTED_AGAIN, *PUT_FIRST])
def test_what_mails_without_a_state_want(text: str, intent: MailIntent) -> None:
    assert understand(message(text)).intent is intent


@pytest.mark.parametrize(("text", "expected"), [case for case in ALONE if "\n" not in case[0]])
def test_capitals_and_missing_diacritics_change_nothing(text: str, expected: str) -> None:
    bare = text.translate(str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ"))
    assert shown(understand(message(bare))) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Podaję stan licznika 487. Proszę też o e-fakturę.", MailIntent.READING),
        ("Proszę o e-fakturę. Przy okazji podaję stan 487.", MailIntent.EINVOICE),
        ("Składam reklamację faktury, na liczniku jest 487.", MailIntent.COMPLAINT),
        ("Na liczniku jest 487, a na fakturze 520. Reklamuję!", MailIntent.COMPLAINT),
        ("Zmieniłem adres do korespondencji: ul. Nowa 3.", MailIntent.DATA_CHANGE),
        ("Proszę o duplikat faktury za październik.", MailIntent.INVOICE_COPY),
        ("Kiedy mam podać stan licznika?", MailIntent.QUESTION),
        ("W załączeniu zdjęcie licznika.", MailIntent.READING),
        ("Dziękuję i pozdrawiam.", MailIntent.OTHER),
        ("Podaję stan licznika prądu 15890 kWh.", MailIntent.OTHER),
    ],
)
def test_what_the_writer_wants_first(text: str, intent: MailIntent) -> None:
    assert understand(message(text)).intent is intent


def test_a_program_says_nothing_of_a_state() -> None:
    understood = understand(message("Stan licznika 487, klient 102481", automatic=True))
    assert understood.intent is MailIntent.OTHER
    assert not understood.readings
    assert not understood.sufficient


def test_a_phone_has_nine_digits_and_the_office_s_own_is_none() -> None:
    assert understand(message("Stan 487, tel. +48 600-123-456")).phone == "600123456"
    assert understand(message("Stan 487, 33 812 34 56", quoted=LETTER)).phone == "338123456"
    assert understand(message("Stan 487", "Re: odczyt", LETTER)).phone is None


def test_an_invoice_names_itself_and_no_client() -> None:
    understood = understand(message("Duplikat fak/202610/0001234/102481/20261105 proszę"))
    assert understood.invoice_number == "FAK/202610/0001234/102481/20261105"
    assert understood.client_number is None


def test_without_a_date_the_fallback_counts_and_without_both_no_day_is_guessed() -> None:
    undated = message("stan z wczoraj 487", sent=None)
    assert understand(undated, fallback_day=date(2026, 3, 1)).taken_on == date(2026, 2, 28)
    assert understand(undated).taken_on is None


def test_the_words_are_those_of_the_text() -> None:
    text = "Witam,\nstan wodomierza nr 81234567 to 487 m3.\nNr klienta 102481"
    understood = understand(message(text, "odczyt"))
    (reading,) = understood.readings
    assert reading.words == "stan wodomierza nr 81234567 to 487 m3"
    assert [text[span.start : span.end] for span in reading.spans] == [reading.words]
    assert [text[span.start : span.end] for span in understood.used] == [reading.words, "102481"]


WORDS = (
    "stan 487 licznik nr 81234567 102481 klient , . : m3 poprzednio nie tzn. około 22.11 wczoraj główny"
    " ogrodowy | ; ( ) - zł 600 123 456 FAK/202610/0001234/102481/20261105 ul. Lipowa 12/5 czterysta 00 1 204"
    " ? ! > % Z/2026/118 zużycie faktura prąd kWh i a \x00 ³ ٣ ｆ ß"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\t"])
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES).map("".join)
)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_read_and_every_span_lies_in_it(text: str, subject: str, quoted: str) -> None:
    understood = understand(message(text, subject, quoted))
    stretches = [understood.used, *(reading.spans for reading in understood.readings)]
    for spans in stretches:
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
    for reading in understood.readings:
        whole, _, decimals = reading.state.partition(".")
        assert whole.isascii()
        assert whole.isdigit()
        assert whole == "0" or whole[0] != "0"
        assert decimals.isdigit() or "." not in reading.state
    assert not understood.sufficient or understood.readings


@given(TEXTS)
def test_the_same_text_says_the_same_again(text: str) -> None:
    assert understand(message(text)) == understand(message(text))


HOSTILE = [
    *(
        "1 ",
        "1.",
        "-",
        "a1",
        "a1-",
        "stan ",
        "\n",
        "487\n",
        "czterysta",
        "fak/",
        "ul. a ",
        "a@",
        "www.",
        "tel ",
    ),
    *(
        "kom. nr ",
        "a/",
        "(",
        "czy ",
        "nr | stan\n",
        "a  ",
        "e ",
        "faktura a b c ",
        "podaje a b c ",
        "487, ",
        "m.^",
    ),
    *(
        "dnia 5 ",
        "1/",
        "1/2 ",
        "nr domu 1 ",
        "20",
        "\x00",
        "0o",
        "licznik nr 81234567 stan 487 ",
        "od poprzedniego ",
        "nie ",
        "zamiast 4 ",
    ),
    *("12_", "0, ", "5520011 88\n", "dziś 5 ", "u nas 5 ", "mąż mówi 5, ", "np. 00123 ", "sklep 2, "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_its_length_allows(piece: str) -> None:
    """Twelve times the text may take twenty times as long, not 144 times; what lies beyond a cap, nothing."""

    def spent(length: int) -> float:
        long = message((piece * length)[:length], quoted=(piece * length)[:length])
        started = time.process_time()
        understand(long)
        return time.process_time() - started

    allowed = 40 * min(spent(1_000), spent(1_000)) + 0.5
    assert spent(12_000) < allowed or spent(12_000) < allowed, "not twice in a row"


@pytest.mark.parametrize(
    ("count", "listed", "sufficient"), [(61, 61, True), (300, 300, True), (301, 300, False)]
)
def test_a_long_list_is_not_cut_in_silence(count: int, listed: int, sufficient: bool) -> None:
    rows = "\n".join(f"wodomierz {81230000 + row}: {400 + row}" for row in range(count))
    understood = understand(message(f"Klient 7421\n{rows}"))
    assert (len(understood.readings), understood.sufficient) == (listed, sufficient)

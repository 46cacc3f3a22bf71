"""Sends what waits in the outbox, message by message through one line; see `db.operations.mail_sending`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from db.errors import BokError, MailServerUnavailable, Refused
from db.mail_settings import MailRoute
from db.office import Office
from db.operations.documents import note_rendering
from db.operations.mail_sending import BATCH, begin_sending, claim_mail, note_try, release_mail
from db.queries.documents import rendered_pdf
from db.queries.mail import sender_particulars
from db.records.mail import BY_HAND, ClaimedMail, MailDocument, MailState, TryResult
from db.records.utility import UtilityParticulars
from reports.documents.registry import render
from reports.mailing.line import Answer, ServerLine, open_line, sender_refused
from reports.mailing.message import Attachment, Letter, mail_bytes
from reports.mailing.words import mail_words

Progress = Callable[[int], None]


@dataclass(slots=True)
class MailReport:
    """What a run came to."""

    counts: Counter[MailState] = field(default_factory=Counter)
    """Messages tried, by where they stand now; QUEUED are those that are tried again."""
    trouble: BokError | None = None
    """What ended the run early; the rest waits."""

    @property
    def tried(self) -> int:
        """Messages that were tried."""
        return self.counts.total()

    @property
    def undelivered(self) -> bool:
        """Whether somebody has to look at some of them."""
        return any(self.counts[state] for state in (MailState.FAILED, MailState.BOUNCED, MailState.DOUBTFUL))


def send_outbox(
    office: Office, route: MailRoute, *, most: int = 1000, progress: Progress | None = None
) -> MailReport:
    """Send up to `most` messages that are due, and return what became of them.

    May run many times over at once, be stopped or be killed at any point: see the guarantee in
    `db.operations.mail_sending`. Raises Refused while the utility's particulars are the example's,
    DatabaseUnavailable. A server that cannot be used ends the run, as `trouble`.
    """
    run = _Run(office, route, office.read(sender_particulars))
    report = MailReport()
    try:
        while report.trouble is None and report.tried < most:
            batch = office.do(claim_mail, route.domain, most=min(BATCH, most - report.tried))
            if not batch:
                break
            for state in run.send(batch, report):
                report.counts[state] += 1
                if progress is not None:
                    progress(report.tried)
    finally:
        run.hang_up()
    return report


class _Run:
    """One sender at work: its line, and what it has claimed."""

    def __init__(self, office: Office, route: MailRoute, own: UtilityParticulars) -> None:
        self._office, self._route, self._own = office, route, own
        self._line: ServerLine | None = None

    def send(self, batch: tuple[ClaimedMail, ...], report: MailReport) -> Iterator[MailState]:
        """Yield where each message stands after its try; what was not tried is given back."""
        begun = 0
        try:
            for mail in batch:
                begun += 1
                state = self._send_one(mail, report)
                if state is not None:
                    yield state
                if report.trouble is not None:
                    break
        finally:
            if rest := batch[begun:]:
                self._office.do(release_mail, rest)

    def hang_up(self) -> None:
        """Close the line, if there is one."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _send_one(self, mail: ClaimedMail, report: MailReport) -> MailState | None:
        """Try one message; None when it was no longer ours to send."""
        try:
            content = self._content(mail)
        except BokError as error:
            return self._office.do(note_try, mail, TryResult.FAILED, str(error))
        try:
            refused = self._offer(mail, content)
        except MailServerUnavailable as error:
            report.trouble = error
            return self._office.do(note_try, mail, TryResult.LATER, error.details or error.message)
        if refused is not None:
            if refused.refused_us:
                report.trouble = sender_refused(refused)
            return self._office.do(note_try, mail, refused.result, refused.words)
        return self._hand_over(mail, content)

    def _offer(self, mail: ClaimedMail, content: bytes) -> Answer | None:
        """Offer a message; a line that an earlier message wore out is opened anew, once."""
        while True:
            used = self._line is not None
            if self._line is None:
                self._line = open_line(self._route)
            answer = self._line.offer(mail.address, len(content))
            if answer is None or not answer.worn:
                return answer
            self.hang_up()
            if not used or answer.result is not TryResult.LATER:
                return answer

    def _hand_over(self, mail: ClaimedMail, content: bytes) -> MailState | None:
        assert self._line is not None  # noqa: S101 - tells the type checker what `_offer` left
        sending = self._office.do(begin_sending, mail)
        if sending is None:
            if not self._line.withdraw():
                self.hang_up()
            return None
        answer = self._line.hand_over(content)
        if answer.worn:
            self.hang_up()
        return self._office.do(note_try, sending, answer.result, answer.words)

    def _content(self, mail: ClaimedMail) -> bytes:
        """Return the bytes of a message. Raises BokError for one that cannot be written."""
        subject, body = mail_words(mail, self._own)
        letter = Letter(
            sender=self._route.sender,
            sender_name=self._route.name or self._own.short_name,
            reply_to=self._own.email,
            to=mail.address,
            subject=subject,
            body=body,
            message_id=mail.message_id,
            written_at=self._office.house.clock(),
            in_reply_to=mail.in_reply_to,
            automatic=mail.kind not in BY_HAND,
            attachment=self._attachment(mail),
        )
        return mail_bytes(letter)

    def _attachment(self, mail: ClaimedMail) -> Attachment | None:
        """Return what goes with the message: its paper, or a file that is none."""
        if mail.file is not None:
            return Attachment(mail.file.name, mail.file.pdf)
        paper = mail.document
        return None if paper is None else Attachment(paper.number, self._pdf(paper))

    def _pdf(self, paper: MailDocument) -> bytes:
        """Return the paper that was made first, making and keeping it where there is none."""
        if paper.pdf is not None:
            return paper.pdf
        data = render(paper.kind, paper.snapshot)
        try:
            self._office.do(note_rendering, paper.id, data)
        except Refused:  # somebody made another one meanwhile, and that is the paper
            return self._office.read(rendered_pdf, paper.number) or data
        return data

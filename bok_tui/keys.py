"""One table of actions: it feeds the bindings, the footer, F1, the palette and remapping.

A new action is one row here, its id in the `ACTIONS` of the screens that know it, and an
`action_...` method. Function keys and Ctrl+letter work everywhere; letters only where no field
takes them. No Alt (AltGr types ą ć ę), none of Ctrl+M, I, H, J, no F10, F11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from bok_tui.i18n import _
from db.words import N_


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does."""

    id: str
    """Stable name, for remapping and for the footer."""
    keys: str
    """Textual's names of the keys, separated by commas; the first one is shown."""
    method: str
    """Textual action: `record_reading` calls `action_record_reading` of the screen."""
    label: str
    """A word or two for the footer (English source text)."""
    tooltip: str
    """A sentence for F1 and the palette (English source text)."""
    priority: bool = False
    """Taken before a focused field may use the key."""

    @property
    def keys_now(self) -> list[str]:
        """The keys in use: the usual ones, or what the setting asks for."""
        return _Chosen.keymap.get(self.id, self.keys).split(",")

    @property
    def shown_key(self) -> str:
        """The key as people call it: `F3`, `Ctrl+P`, `Esc`."""
        return key_name(self.keys_now[0])


class _Chosen:
    """The keys in use; one choice for the process, as of the language."""

    keymap: Mapping[str, str] = {}


def choose_keys(keymap: Mapping[str, str]) -> None:
    """Use other keys for the actions named, from now on."""
    _Chosen.keymap = dict(keymap)


def chosen_keys() -> Mapping[str, str]:
    """Return the actions that have other keys than usual."""
    return _Chosen.keymap


_TABLE = (
    Action("help", "f1", "app.help", N_("Help"), N_("Keys and hints for this screen")),
    Action("command-line", "f2", "app.command_line", N_("Search"), N_("Go to the command line")),
    Action("record-reading", "f3", "record_reading", N_("Reading"), N_("Record a meter reading")),
    Action(
        "documents",
        "f4",
        "documents",
        N_("Documents"),
        N_("Documents: print what was just saved or is under the cursor"),
    ),
    Action("requests", "f5", "app.requests", N_("Requests"), N_("Requests: what waits to be decided")),
    Action("new-request", "f5", "new_request", N_("Request"), N_("Take a request for this client")),
    Action("mail", "f6", "app.mail", N_("Mail"), N_("Mail: messages that came in, the readings in them")),
    Action("contact", "f7", "contact", N_("Call"), N_("The call and the caller's verification")),
    Action("work-lists", "f8", "app.work_lists", N_("Lists"), N_("Work lists: what waits for somebody")),
    Action("take", "f9", "take", N_("Take it"), N_("Take what the screen suggests")),
    Action(
        "back",
        "escape",
        "back",
        N_("Back"),
        N_("One step back; asks only when something typed would be lost"),
    ),
    Action(
        "palette",
        "ctrl+p",
        "app.command_palette",
        N_("Commands"),
        N_("Search among everything that can be done"),
    ),
    Action(
        "quit",
        "ctrl+q",
        "app.leave",
        N_("Quit"),
        N_("Quit; asks before something is lost or a call ends"),
        True,
    ),
    Action(
        "lock", "ctrl+l", "app.lock", N_("Lock"), N_("Lock the screen until your password is typed"), True
    ),
    Action(
        "sign-out",
        "ctrl+o",
        "app.sign_out",
        N_("Sign out"),
        N_("Sign out for somebody else; asks like quitting does"),
    ),
    Action("theme", "ctrl+t", "app.next_theme", N_("Theme"), N_("Dark, light or high-contrast colours")),
    Action("password", "ctrl+n", "app.change_password", N_("Password"), N_("Change your own password")),
    Action("save", "enter", "save", N_("Save"), N_("Save what is on the form")),
    Action("approve-it", "enter", "approve", N_("Approve"), N_("Approve what is shown")),
    Action("ok", "enter", "ok", N_("OK"), N_("Agree and close")),
    Action("open", "enter", "open", N_("Open"), N_("Open the line under the cursor")),
    Action("up", "up", "up", N_("Up"), N_("One line up")),
    Action("down", "down", "down", N_("Down"), N_("One line down")),
    Action("page-up", "pageup", "page_up", N_("Page up"), N_("A page up")),
    Action("page-down", "pagedown", "page_down", N_("Page down"), N_("A page down")),
    Action("copy", "c", "copy", N_("Copy"), N_("Copy the text")),
    Action("yes", "enter,t,y", "yes", N_("Yes"), N_("Do it")),
    Action("no", "escape,n", "no", N_("No"), N_("Leave everything as it is")),
    Action("other-person", "f4", "other_person", N_("Somebody else"), N_("Sign in as somebody else")),
    Action("end-contact", "f7", "end_contact", N_("End the call"), N_("End the contact with the caller")),
    Action("explain", "w", "explain", N_("Explain"), N_("Explain the bill in a few sentences")),
    Action("pay", "p", "pay", N_("Payment"), N_("Take a payment at the desk")),
    Action(
        "print", "f4", "documents", N_("Print"), N_("Write the PDF, and open it where there is a desktop")
    ),
    Action("new-document", "n", "new_document", N_("New"), N_("Issue a new document")),
    Action("read-paper", "t", "read_paper", N_("Text"), N_("Read the document under the cursor as text")),
    Action("own-paragraph", "d", "own_paragraph", N_("Add"), N_("Add a paragraph of your own to the letter")),
    Action("hand-over", "h", "hand_over", N_("Given"), N_("Note that the document was handed over")),
    Action("queue-email", "m", "queue_email", N_("E-mail"), N_("Queue the document to be sent by e-mail")),
    Action("reveal", "r", "reveal", N_("Reveal"), N_("Show a masked value for half a minute; it is logged")),
    Action(
        "reveal-rows",
        "r",
        "reveal_rows",
        N_("Reveal"),
        N_("Show personal data in clear; logged with each client"),
    ),
    Action("read-again", "g", "read_again", N_("Again"), N_("Read what is shown anew")),
    Action(
        "till",
        "ctrl+g",
        "app.till",
        N_("Till"),
        N_("Close the till: count the day's cash and card payments, have them signed for"),
    ),
    Action(
        "count-till",
        "z",
        "count_till",
        N_("Count"),
        N_("Count your till and close its day, or that of somebody away"),
    ),
    Action("sign-till", "a", "sign_till", N_("Sign off"), N_("Sign for the day's cash of somebody else")),
    Action("reopen-till", "o", "reopen_till", N_("Reopen"), N_("Open a day's cash again, with a reason")),
    Action(
        "every-till", "w", "every_till", N_("All"), N_("Show the signed days, too; or only those that wait")
    ),
    Action("void-reading", "v", "void_reading", N_("Void"), N_("Void a reading that was taken wrongly")),
    Action("channel", "k", "change_channel", N_("Channel"), N_("How the client reached us")),
    Action(
        "keep-channel", "K", "keep_channel", N_("Keep channel"), N_("Start my contacts with this channel")
    ),
    Action("tab-meters", "1", "show_tab('meters')", N_("Meters"), N_("Meters, use and readings")),
    Action("tab-invoices", "2", "show_tab('invoices')", N_("Invoices"), N_("Invoices and what is due")),
    Action("tab-payments", "3", "show_tab('payments')", N_("Payments"), N_("What was paid, and what for")),
    Action("tab-ledger", "4", "show_tab('ledger')", N_("Account"), N_("The ledger with its balance")),
    Action("tab-contacts", "5", "show_tab('contacts')", N_("Contacts"), N_("Earlier contacts")),
    Action("tab-documents", "6", "show_tab('documents')", N_("Papers"), N_("Documents issued")),
    Action("tab-timeline", "7", "show_tab('timeline')", N_("Time line"), N_("All that happened")),
    Action("tab-requests", "8", "show_tab('requests')", N_("Requests"), N_("Requests of this client")),
    Action("tab-next", "right", "step_tab(1)", N_("Next tab"), N_("Go to the next tab")),
    Action("tab-previous", "left", "step_tab(-1)", N_("Previous tab"), N_("Go to the previous tab")),
    Action("list-1", "1", "show_list(1)", N_("Readings"), N_("Readings that wait for a supervisor")),
    Action("list-2", "2", "show_list(2)", N_("Notices"), N_("Open notices, the nearest deadline first")),
    Action("list-3", "3", "show_list(3)", N_("No PESEL"), N_("Clients without PESEL")),
    Action("list-4", "4", "show_list(4)", N_("Payments"), N_("Payments of the bank's files to match")),
    Action("list-5", "5", "show_list(5)", N_("To correct"), N_("Invoices that settled a voided reading")),
    Action("list-6", "6", "show_list(6)", "NIP", N_("Businesses without a valid NIP")),
    Action("list-7", "7", "show_list(7)", N_("E-mails"), N_("Addresses of e-invoices in doubt")),
    Action("match", "enter", "match", N_("Match"), N_("Show whose payment it may be; a digit books it")),
    Action("other-client", "k", "other_client", N_("Client"), N_("Book the payment for another client")),
    Action("dismiss-line", "d", "dismiss_line", N_("Dismiss"), N_("Take off what is no client's payment")),
    Action("next-item", "n", "next_item", N_("Next"), N_("Go to the next thing to do")),
    Action("approve", "a", "approve", N_("Approve"), N_("Approve what is under the cursor")),
    Action("reject", "o", "reject", N_("Reject"), N_("Reject what is under the cursor, with a reason")),
    Action(
        "ask-information",
        "i",
        "ask_information",
        N_("Ask"),
        N_("Ask the client for what is missing; or note that it came"),
    ),
    Action("take-request", "b", "take_request", N_("Take"), N_("Take the request, or give it back")),
    Action(
        "assign-request",
        "p",
        "assign_request",
        N_("Give"),
        N_("Give the request to somebody, or take it away"),
    ),
    Action("undo-request", "u", "undo_request", N_("Undo"), N_("Undo an applied request by an inverse one")),
    Action(
        "withdraw-request", "w", "withdraw_request", N_("Withdraw"), N_("The client withdraws the request")
    ),
    Action(
        "accept-complaint",
        "v",
        "accept_complaint",
        N_("Accept"),
        N_("Accept a complaint about a reading: void it and correct the invoice"),
    ),
    Action("filter-kind", "k", "filter_kind", N_("Kind"), N_("Only requests of one kind")),
    Action("filter-state", "s", "filter_state", N_("State"), N_("Only requests in one state")),
    Action("filter-age", "d", "filter_age", N_("Age"), N_("Only requests older than some working days")),
    Action(
        "view-1", "1", "show_view(1)", N_("To decide"), N_("Requests to decide, the nearest deadline first")
    ),
    Action("view-2", "2", "show_view(2)", N_("Mine"), N_("Requests that you have taken")),
    Action("view-3", "3", "show_view(3)", N_("Late"), N_("Requests past their deadline")),
    Action("view-4", "4", "show_view(4)", N_("Complaints"), N_("Complaints, with their clock")),
    Action(
        "view-5", "5", "show_view(5)", N_("Waiting"), N_("Requests that wait for an answer or for their day")
    ),
    Action("view-6", "6", "show_view(6)", N_("Closed"), N_("Requests that are done with")),
    Action(
        "accept-mail",
        "enter",
        "accept_mail",
        N_("Book"),
        N_("Book what the message says, and go to the next"),
    ),
    Action("mail-correct", "e", "correct_mail", N_("Correct"), N_("Correct the state, the day or the meter")),
    Action("mail-client", "k", "mail_client", N_("Client"), N_("Choose whose message it is")),
    Action("mail-request", "w", "mail_request", N_("Request"), N_("Make the message a request")),
    Action("mail-complaint", "r", "mail_complaint", N_("Complaint"), N_("Make the message a complaint")),
    Action(
        "mail-answer", "s", "answer_mail", N_("Answer"), N_("Answer with one of the texts written beforehand")
    ),
    Action("mail-spam", "delete", "mark_spam", N_("Spam"), N_("Put it aside as spam")),
    Action("mail-take", "b", "take_mail", N_("Take"), N_("Take the message for yourself, or give it back")),
    Action(
        "mail-assign", "p", "assign_mail", N_("Give"), N_("Give the message to a colleague, or to nobody")
    ),
    Action("mail-close", "z", "close_mail", N_("Close"), N_("Close the message: nothing has to be done")),
    Action("mail-undo", "u", "undo_mail", N_("Undo"), N_("Make what was closed or put aside new again")),
    Action("mail-card", "c", "mail_card", N_("Card"), N_("Open the client's card; Esc comes back")),
    Action("mail-1", "1", "show_view(1)", N_("New ones"), N_("New messages, the oldest first")),
    Action("mail-2", "2", "show_view(2)", N_("Doubtful"), N_("New messages that Enter does not book")),
    Action("mail-3", "3", "show_view(3)", N_("Mine"), N_("New messages that you have taken")),
    Action("mail-4", "4", "show_view(4)", N_("Done"), N_("Messages that are done with")),
    Action("mail-5", "5", "show_view(5)", N_("Spam"), N_("What was put aside as spam")),
    Action(
        "batch",
        "ctrl+r",
        "app.batch",
        N_("Batch"),
        N_("Type many readings one below the other"),
    ),
    Action("save-rows", "ctrl+s", "save_rows", N_("Save"), N_("Save all good rows; doubtful ones stay")),
    Action("row-reason", "r", "row_reason", N_("Reason"), N_("Say why a row is saved all the same")),
    Action("hold-row", "h", "hold_row", N_("Hold"), N_("Let a row that is blocked wait for a supervisor")),
    Action("drop-row", "delete", "drop_row", N_("Drop"), N_("Take a doubtful row out of the batch")),
    Action("new-batch", "n", "new_batch", N_("New"), N_("Set this batch aside and begin a new one")),
    Action("resend-link", "r", "resend_link", N_("Link"), N_("Send the confirmation link again")),
    Action("lock-account", "l", "lock_account", N_("Lock"), N_("Lock the account in e-BOK, or unlock it")),
)
ACTIONS: dict[str, Action] = {action.id: action for action in _TABLE}
EVERYWHERE = (
    "help",
    "command-line",
    "work-lists",
    "requests",
    "mail",
    "batch",
    "till",
    "palette",
    "quit",
    "lock",
    "sign-out",
    "theme",
    "password",
)
"""What the application itself answers, on every screen of a signed-in person."""

_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """Return a key as people call it."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or (last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name.upper() if modifiers else name])


def bindings(*ids: str) -> list[BindingType]:
    """Return Textual's bindings for these actions; each carries its id, so that it can be remapped."""
    return [
        Binding(
            key=action.keys,
            action=action.method,
            description=action.label,
            tooltip=action.tooltip,
            show=False,
            priority=action.priority,
            id=action.id,
        )
        for action in map(ACTIONS.__getitem__, ids)
    ]


def own_actions(screen: Screen[Any]) -> list[str]:
    """Return the ids of the actions that this screen itself answers, in its own order."""
    declared = [binding for cls in type(screen).__mro__ for binding in cls.__dict__.get("BINDINGS", ())]
    ids = [binding.id for binding in declared if isinstance(binding, Binding)]
    return [one for one in dict.fromkeys(ids) if one in ACTIONS and one not in EVERYWHERE]


def hint(action_id: str) -> tuple[str, str]:
    """Return the key and the word of an action for the footer, in the language in use."""
    action = ACTIONS[action_id]
    return action.shown_key, _(action.label)

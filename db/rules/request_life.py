"""The life of a request as data: what may happen to it where it stands, and why something may not.

    submitted -> in review -> (waits for information) -> approved -> applied on its effective day
              -> rejected | withdrawn | superseded

Every kind lives like that. A complaint is answered instead of decided: accepted, it is approved and
applied at once; not answered in time, a consumer's counts as accepted (Art. 7a consumer rights act)
and stays approved until the answer goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.records.people import Role
from db.records.requests import FOUR_EYES, OPEN_STATES, RequestEvent, RequestKind, RequestState
from db.rules.verification import VerificationLevel
from db.words import N_


@dataclass(frozen=True, slots=True)
class No:
    """Why something may not happen: a template that names the `request`."""

    message: str


_S, _E = RequestState, RequestEvent

MOVES: Mapping[tuple[RequestState | None, RequestEvent], RequestState] = {
    (None, _E.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.TAKE): _S.IN_REVIEW,
    (_S.SUBMITTED, _E.ASK_INFO): _S.NEEDS_INFO,
    (_S.SUBMITTED, _E.APPROVE): _S.APPROVED,
    (_S.SUBMITTED, _E.REJECT): _S.REJECTED,
    # taken again: the lease is made longer, or another's has run out
    (_S.IN_REVIEW, _E.TAKE): _S.IN_REVIEW,
    (_S.IN_REVIEW, _E.GIVE_BACK): _S.SUBMITTED,
    (_S.IN_REVIEW, _E.ASK_INFO): _S.NEEDS_INFO,
    (_S.IN_REVIEW, _E.APPROVE): _S.APPROVED,
    (_S.IN_REVIEW, _E.REJECT): _S.REJECTED,
    # asked once more
    (_S.NEEDS_INFO, _E.ASK_INFO): _S.NEEDS_INFO,
    (_S.NEEDS_INFO, _E.INFO_CAME): _S.SUBMITTED,
    (_S.NEEDS_INFO, _E.REJECT): _S.REJECTED,
    (_S.APPROVED, _E.APPLY): _S.APPLIED,
    # what was approved cannot be applied as it is any more: somebody has to look again
    (_S.APPROVED, _E.GIVE_BACK): _S.SUBMITTED,
    **{(state, _E.WITHDRAW): _S.WITHDRAWN for state in OPEN_STATES},
    **{(state, _E.SUPERSEDE): _S.SUPERSEDED for state in OPEN_STATES},
    **{(state, _E.DEEM_ACCEPTED): _S.APPROVED for state in OPEN_STATES - {_S.APPROVED}},
}
"""What follows from each state; None is before there is a request. What is not here is refused."""

_CLOSED: Mapping[RequestState, str] = {
    _S.APPLIED: N_("The request %(request)s was applied already."),
    _S.REJECTED: N_("The request %(request)s was rejected already; a new one may be made."),
    _S.WITHDRAWN: N_("The request %(request)s was withdrawn; a new one may be made."),
    _S.SUPERSEDED: N_("A newer request for the same took the place of %(request)s."),
}
_APPROVED = N_("The request %(request)s is approved already; to stop it, withdraw it.")
_NOT_TAKEN = N_("Nobody has taken the request %(request)s.")
_NOT_ASKED = N_("No information was asked for about the request %(request)s.")
_NOT_APPROVED = N_("The request %(request)s is not approved yet.")
_WAITS = N_("The request %(request)s waits for information; note first that it came.")
_SUBMITTED = N_("The request %(request)s was submitted already.")
_NO_REQUEST = N_("There is no request yet to do this with.")
_ONLY_COMPLAINTS = N_("Only a complaint can be deemed accepted, and %(request)s is none.")
_NOT_SUPERSEDED = N_("%(request)s is a complaint: it is answered, whatever comes after it.")
_NOT_GIVEN_BACK = N_("The complaint %(request)s counts as accepted; answer it.")

_WHY: Mapping[tuple[RequestState, RequestEvent], str] = {
    (_S.SUBMITTED, _E.GIVE_BACK): _NOT_TAKEN,
    (_S.SUBMITTED, _E.INFO_CAME): _NOT_ASKED,
    (_S.IN_REVIEW, _E.INFO_CAME): _NOT_ASKED,
    (_S.SUBMITTED, _E.APPLY): _NOT_APPROVED,
    (_S.IN_REVIEW, _E.APPLY): _NOT_APPROVED,
    (_S.NEEDS_INFO, _E.APPLY): _NOT_APPROVED,
    (_S.NEEDS_INFO, _E.TAKE): _WAITS,
    (_S.NEEDS_INFO, _E.APPROVE): _WAITS,
    (_S.NEEDS_INFO, _E.GIVE_BACK): _NOT_TAKEN,
    (_S.APPROVED, _E.INFO_CAME): _NOT_ASKED,
    (_S.APPLIED, _E.WITHDRAW): N_(
        "The request %(request)s was applied already; take it back with an inverse request."
    ),
}
"""Refusals that need words of their own."""


def outcome(state: RequestState | None, event: RequestEvent, kind: RequestKind) -> RequestState | No:
    """Return the state after `event`, or why it may not happen to a request of this kind."""
    if kind is RequestKind.COMPLAINT:
        if event is _E.SUPERSEDE and state in OPEN_STATES:
            return No(_NOT_SUPERSEDED)
        if (state, event) == (_S.APPROVED, _E.GIVE_BACK):
            return No(_NOT_GIVEN_BACK)
    elif event is _E.DEEM_ACCEPTED and state in OPEN_STATES:
        return No(_ONLY_COMPLAINTS)
    found = MOVES.get((state, event))
    return found if found is not None else No(_why_not(state, event))


def _why_not(state: RequestState | None, event: RequestEvent) -> str:
    if state is None:
        return _NO_REQUEST
    if event is _E.SUBMIT:
        return _SUBMITTED
    return _WHY.get((state, event)) or _CLOSED.get(state, _APPROVED)


EVENT_WORDS: Mapping[RequestEvent, str] = {
    _E.SUBMIT: N_("taken in"),
    _E.TAKE: N_("taken for review"),
    _E.GIVE_BACK: N_("given back"),
    _E.ASK_INFO: N_("information asked for"),
    _E.INFO_CAME: N_("information came"),
    _E.APPROVE: N_("approved"),
    _E.APPLY: N_("applied"),
    _E.REJECT: N_("rejected"),
    _E.WITHDRAW: N_("withdrawn by the client"),
    _E.SUPERSEDE: N_("superseded by a newer one"),
    _E.DEEM_ACCEPTED: N_("deemed accepted: not answered in time"),
}
"""What people read for each event."""


def deciding_refusal(
    kind: RequestKind,
    *,
    role: Role,
    actor_id: int,
    submitted_by: int | None,
    entered_by: int | None = None,
    verified_level: int,
) -> str | None:
    """Return why this person may not decide about a request; None when they may.

    Four eyes for what fraud begins with: a supervisor who neither took it in nor entered it, as a
    batch of the portal is by hand. What a caller did not prove at level 3, whoever took it in does
    not decide alone either. A complaint changes no data.
    """
    own = submitted_by == actor_id
    if kind in FOUR_EYES and role is not Role.SUPERVISOR:
        return N_("This kind of request (%(kind)s) is decided by a supervisor.")
    if kind in FOUR_EYES and (own or entered_by == actor_id):
        return N_("You took this request in; another supervisor has to decide about it.")
    if kind is not RequestKind.COMPLAINT and own and verified_level < VerificationLevel.L3:
        return N_("You took this request in without a verified caller; somebody else has to decide about it.")
    return None


def may_apply_at_once(kind: RequestKind) -> bool:
    """Tell whether one person may take this in and apply it on a verified call."""
    return kind not in FOUR_EYES and kind is not RequestKind.COMPLAINT

"""Colours of buttons by meaning: steps that advance the work are green, refusals and removals red (X17)."""

from __future__ import annotations

from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.callbacks.bell import AcceptAll
from messages.callbacks.client import ClientDo, ClientTap
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.callbacks.goods import ShopDo, ShopTap
from messages.callbacks.load import LoadDo, LoadTap, PlanDo, PlanTap
from messages.callbacks.order import Do, Tap
from messages.callbacks.team import FirstDo, FirstTap, TeamDo, TeamTap

SUCCESS, DANGER, PRIMARY = "success", "danger", "primary"

_MEANING: dict[str, dict[str, str]] = {
    Tap.__prefix__: {
        **dict.fromkeys(
            (
                Do.ACCEPT,
                Do.PHOTO,
                Do.SELF,
                Do.LEFT,
                Do.PICKED_UP,
                Do.TAKE,
                Do.DONE,
                Do.IN_PERSON,
                Do.AS_AGREED,
                Do.AGREED,
                Do.CARRY_ON,
                Do.STOPPED,
                Do.IN_SHOP,
            ),
            SUCCESS,
        ),
        **dict.fromkeys(
            (Do.DECLINE, Do.DECLINE_YES, Do.CANCEL, Do.CANCEL_YES, Do.REFUSED_YES, Do.UNDO, Do.TAKE_BACK),
            DANGER,
        ),
        **dict.fromkeys((Do.ASSIGN, Do.FIND_COURIER), PRIMARY),
    },
    AgreementTap.__prefix__: {
        AgreementDo.SEND: SUCCESS,
        AgreementDo.PAID: SUCCESS,
        AgreementDo.WITHDRAW: DANGER,
    },
    ClientTap.__prefix__: {ClientDo.LIKED: SUCCESS},
    DraftTap.__prefix__: {DraftDo.SAVE: SUCCESS, DraftDo.DELETE_YES: DANGER},
    ShopTap.__prefix__: {ShopDo.HIDE: DANGER, ShopDo.OPEN: SUCCESS},
    LoadTap.__prefix__: {LoadDo.HIDE: DANGER},
    PlanTap.__prefix__: {PlanDo.GIVE_ALL: SUCCESS},
    TeamTap.__prefix__: {TeamDo.REMOVE_YES: DANGER, TeamDo.LEAVE_YES: DANGER, TeamDo.REVOKE: DANGER},
    FirstTap.__prefix__: {FirstDo.TRIAL: SUCCESS, FirstDo.UNTRY: DANGER},
}


_ONE_STEP = {AcceptAll.__prefix__: SUCCESS}
"""Callbacks that have only one meaning."""


def style_of(callback_data: str) -> str | None:
    """Green, red or blue; None for all other buttons."""
    prefix, _, rest = callback_data.partition(":")
    return _ONE_STEP.get(prefix) or _MEANING.get(prefix, {}).get(rest.partition(":")[0])

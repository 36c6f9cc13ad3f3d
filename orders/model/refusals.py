"""Why a wish is not granted. What a person reads is made elsewhere, never from the exception."""

from __future__ import annotations

from enum import StrEnum

from orders.model.order import Mark
from orders.model.status import Status


class Reason(StrEnum):
    """Each has its text in both languages (key `refusal-<value>`)."""

    NOT_FOUND = "not-found"
    NOT_NOW = "not-now"
    NOT_YOURS = "not-yours"
    ALREADY = "already"
    NO_PHOTO_STEP = "no-photo-step"
    NO_PHOTO_YET = "no-photo-yet"
    SAME_PHOTO = "same-photo"
    PHOTO_NOT_HERE = "photo-not-here"
    LIST_CHANGED = "list-changed"
    COMPLAINT_NEEDED = "complaint-needed"
    PHOTO_REASON_NEEDED = "photo-reason-needed"
    NEW_PHOTO_REASON_NEEDED = "new-photo-reason-needed"
    CARRIER_REASON_NEEDED = "carrier-reason-needed"
    EARLY_NEEDED = "early-needed"
    COMMENT_NEEDED = "comment-needed"
    AGREEMENT_NEEDED = "agreement-needed"
    AGREED_WORDS_NEEDED = "agreed-words-needed"
    CLIENT_DECIDES = "client-decides"
    CHANGE_NEEDED = "change-needed"
    NEW_ADDRESS_NEEDED = "new-address-needed"
    NEW_TIME_NEEDED = "new-time-needed"
    NAME_NEEDED = "name-needed"
    CONTACT_NEEDED = "contact-needed"
    DECLINE_REASON_NEEDED = "decline-reason-needed"
    REASON_NEEDED = "reason-needed"
    RETURN_REASON_NEEDED = "return-reason-needed"
    HANDBACK_REASON_NEEDED = "handback-reason-needed"
    TO_SHOP_NEEDED = "to-shop-needed"
    TO_COURIER_NEEDED = "to-courier-needed"
    MINUTES_NEEDED = "minutes-needed"
    OFFER_TAKEN = "offer-taken"
    OFFER_OVER = "offer-over"
    ENOUGH_PROOFS = "enough-proofs"
    COURIER_NEEDED = "courier-needed"
    TWO_COURIERS = "two-couriers"
    COST_NEEDED = "cost-needed"
    ADDRESS_NEEDED = "address-needed"
    ADDRESS_KNOWN = "address-known"
    LEAVE_ADDRESS_NEEDED = "leave-address-needed"
    RECIPIENT_NOT_ASKED = "recipient-not-asked"
    ZONE_OPEN = "zone-open"
    EXTRA_FIRST = "extra-first"
    PICKUP_ONLY = "pickup-only"
    WITH_THIRD_PARTY = "with-third-party"
    NO_THIRD_PARTY = "no-third-party"
    NOT_LEFT_YET = "not-left-yet"
    NOTHING_TO_UNDO = "nothing-to-undo"
    UNDO_TOO_LATE = "undo-too-late"
    UNDO_NOT_YOURS = "undo-not-yours"
    MARKETPLACE_KNOWS = "marketplace-knows"
    IN_DOUBT = "in-doubt"
    WINDOW_NEEDED = "window-needed"
    WINDOW_UNCLEAR = "window-unclear"
    SUBSTITUTE_NEEDED = "substitute-needed"
    SURCHARGE_NEEDED = "surcharge-needed"
    SUM_UNCLEAR = "sum-unclear"
    DIFFERENCE_UNCLEAR = "difference-unclear"
    THIRD_PERSON_NEEDED = "third-person-needed"
    YES_WORDS_NEEDED = "yes-words-needed"
    NO_WORDS_NEEDED = "no-words-needed"
    WITHDRAWAL_REASON_NEEDED = "withdrawal-reason-needed"
    LINE_GONE = "line-gone"
    LINE_CHANGED = "line-changed"
    PROPOSAL_OPEN = "proposal-open"
    PROPOSAL_OVER = "proposal-over"
    BILL_NOT_SENT = "bill-not-sent"
    UNPAID = "unpaid"
    LINK_OVER = "link-over"
    NO_CLIENT = "no-client"
    NO_PHONE = "no-phone"
    PHONE_REASON_NEEDED = "phone-reason-needed"
    DISPUTE_WORDS_NEEDED = "dispute-words-needed"
    DISPUTE_RESULT_NEEDED = "dispute-result-needed"
    PHONE_CALL_NEEDED = "phone-call-needed"
    PHONE_OF_DIRECTORS = "phone-of-directors"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The order stays as it is. `mark` says who was quicker, where somebody was."""

    def __init__(self, reason: Reason, status: Status | None = None, mark: Mark | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.status = status
        self.mark = mark

"""What has happened to the order so far, as far as the viewer may read it."""

from __future__ import annotations

from markupsafe import Markup

from messages.delivery.delivery_steps import way_lines
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import moment, sentence
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.model.order import Carrier, CarrierKind, Closing, Completion
from orders.model.status import IN_THE_SHOP, Status
from orders.photo.checklist import valid_check
from orders.schedule.deadlines import answer_by


def progress_lines(look: Look) -> list[Markup]:
    """Who assembles and carries it, photos and rating, the result."""
    found = [
        *_assembly(look),
        *_check(look),
        *_newest_photo(look),
        *_about_photos(look),
        *_carrier(look),
        *_dispatched(look),
        *_since_leaving(look),
        *way_lines(look),
    ]
    if look.order.progress.completion:
        found += _completion(look, look.order.progress.completion)
    if look.order.progress.closing:
        found += _closing(look, look.order.progress.closing)
    return found


def now_lines(look: Look) -> list[Markup]:
    """The part that somebody must know or act on now."""
    progress = look.order.progress
    # That a new photo is needed, or nobody is there, is in the first line of the card already.
    found = [*_about_photos(look, says_new=look.order.is_photo_outdated), *way_lines(look)]
    if look.order.status in {Status.RETURNING, Status.COURIER_LEFT}:
        # a doubt replaces the first line; then this line says since when somebody waits
        found = [*_since_leaving(look), *way_lines(look, says_nobody=look.order.is_in_doubt)]
    if progress.completion:
        found = [*_completion(look, progress.completion), *way_lines(look)]
    if progress.closing:
        found = _closing(look, progress.closing)
    return found


def photo_lines(look: Look) -> list[Markup]:
    """The newest version of the photo, and the check before it."""
    return [*_newest_photo(look), *_check(look)]


def carrier_line(look: Look) -> list[Markup]:
    """The carrier, if the viewer may call them."""
    carrier = look.order.progress.carrier
    if carrier is None or look.order.is_final or not look.may(Secret.ADDRESS):
        return []
    is_outside = carrier.kind is CarrierKind.THIRD_PARTY
    return _carrier(look)[:1] if is_outside or (look.carrier_phone and look.is_chief) else []


def people_line(look: Look) -> list[Markup]:
    """«Собирает Оля · принят в 12:01, Анна · курьер Пётр»."""
    parts = [*_assembly(look), *([] if carrier_line(look) else _carrier(look)[:1])]
    return [Markup(" · ").join(parts)] if parts and not look.order.is_final else []


def noted(text: Markup, note: str, t: Translator) -> Markup:
    """The text with a person's words after it, if there are any."""
    words = clean(note, limits.REASON)
    return t("noted", text=text, note=words) if words else text


def carrier_text(carrier: Carrier, t: Translator) -> Markup:
    """«везёт Пётр», «сторонний курьер Иван»."""
    return t(f"carrier-{carrier.kind.value}", name=person_name(carrier.name, t))


def contact_of(carrier: Carrier) -> str:
    """Phone and tracking link of a third-party courier, cleaned; "" if there is neither (R43)."""
    parts = (clean(carrier.phone, limits.PHONE), clean(carrier.link, limits.URL))
    return " · ".join(part for part in parts if part)


def settlement_line(closing: Closing, t: Translator) -> Markup:
    """The client's refund and the sum that the shop keeps (R46, R47)."""
    if closing.refund is None:
        return t("settlement-unknown")
    refund = money(closing.refund, t)
    if closing.kept is None or not closing.kept.minor:
        return t("settlement-full", refund=refund)
    return t("settlement-minus-delivery", refund=refund, kept=money(closing.kept, t))


def _assembly(look: Look) -> list[Markup]:
    seller, accepted = look.order.progress.seller, look.order.progress.accepted
    parts = []
    if seller:
        parts.append(look.t("card-seller", name=person_name(seller.name, look.t)))
    if accepted:
        parts.append(look.t("card-accepted", signed=look.signed(accepted)))
    return [sentence(Markup(" · ").join(parts))] if parts else []


def _carrier(look: Look) -> list[Markup]:
    carrier, t = look.order.progress.carrier, look.t
    if carrier is None:
        return []
    if carrier.kind is CarrierKind.THIRD_PARTY and not look.may(Secret.ADDRESS):
        return [t("card-third-party-hidden")]
    line = t("card-carrier", carrier=carrier_text(carrier, t))
    if carrier.kind is not CarrierKind.THIRD_PARTY:
        phone = clean(look.carrier_phone, limits.PHONE)
        return [t("joined", first=line, second=phone) if phone and look.is_chief else line]
    found = [t("joined", first=line, second=contact_of(carrier) or t("card-carrier-no-contact"))]
    picked_up = look.order.progress.picked_up
    return [*found, t("card-picked-up", signed=look.signed(picked_up))] if picked_up else found


def _check(look: Look) -> list[Markup]:
    check = valid_check(look.order)
    return [look.t("card-checked", signed=look.signed(check.made))] if check else []


def _no_photos(look: Look) -> list[Markup]:
    if look.order.is_final or look.order.marketplace_status is not Status.PHOTO:
        return []
    return [look.t("card-photo-moved" if look.order.lacks_photo else "card-photo-in-app")]


def _newest_photo(look: Look) -> list[Markup]:
    photos = look.order.progress.photos
    if not photos:
        return []
    return [look.t("card-photos", count=photos[-1].version, signed=look.signed(photos[-1].taken))]


def _about_photos(look: Look, *, says_new: bool = True) -> list[Markup]:
    """The complaint it answers, whether a new photo is needed (if `says_new`), and the rating."""
    photos, rating, t = look.order.progress.photos, look.order.progress.rating, look.t
    if not photos:
        return _no_photos(look)
    found = []
    answers = photos[-1].answers
    if answers is not None and look.may(Secret.CARD_TEXT):
        found.append(t("card-photo-answers", text=clean(answers.complaint, limits.REASON)))
    in_shop = look.order.status in IN_THE_SHOP and not look.order.left_with_third_party
    if says_new and look.order.lacks_new_photo and in_shop:
        found.append(t("card-new-photo-needed"))
    if look.order.is_photo_outdated:
        return found
    if rating is None:
        return [*found, _no_rating(look)] if look.order.status is Status.PHOTO else found
    if rating.liked:
        return [*found, t("card-rating-liked")]
    complaint = rating.complaint if look.may(Secret.CARD_TEXT) else ""
    return [*found, noted(t("card-rating-disliked"), complaint, t)]


def _no_rating(look: Look) -> Markup:
    """Until when the shop waits for the client's rating (R29)."""
    if look.order.is_photo_unseen:
        return look.t("card-photo-unseen")
    until = answer_by(look.order, look.rules)
    if until is None or until <= look.now:
        return look.t("card-rating-none")
    return look.t("card-rating-waits", when=moment(until, look.now, look.rules.zone, look.t))


def _dispatched(look: Look) -> list[Markup]:
    dispatched = look.order.progress.dispatched
    return [look.t("card-dispatched", signed=look.signed(dispatched))] if dispatched else []


def _since_leaving(look: Look) -> list[Markup]:
    """Left without a photo, refused by the recipient, sent to another one."""
    progress, t = look.order.progress, look.t
    found: list[Markup] = []
    if progress.left_without_photo and look.may(Secret.CARD_TEXT):
        key = "card-without-new-photo" if progress.photos else "card-without-photo"
        found.append(noted(t(key), progress.left_without_photo, t))
    if progress.refused:
        note = progress.refusal_note if look.may(Secret.RECIPIENT_NAME) else ""
        found.append(noted(t("card-refused", signed=look.signed(progress.refused)), note, t))
    if look.may(Secret.ADDRESS):
        found += look.filled([("card-agreed-change", progress.agreed_change, limits.REASON)])
    return found


def _completion(look: Look, completion: Completion) -> list[Markup]:
    t, private = look.t, look.may(Secret.RECIPIENT_NAME)
    how = sentence(t(f"handover-{completion.handover.value}"))
    done = t("card-completed", how=how, signed=look.signed(completion.done))
    found = [noted(done, completion.comment if private else "", t)]
    if completion.early and private:
        found.append(sentence(noted(t("card-completed-early"), completion.early, t)))
    if completion.reason and private:
        found.append(noted(t("card-completed-by-other"), completion.reason, t))
    return found


def _closing(look: Look, closing: Closing) -> list[Markup]:
    t, status = look.t, look.order.status
    reason = closing.reason if look.may(Secret.CLIENT_NAME) else ""
    found = [noted(t(f"card-closed-{status.value}", signed=look.signed(closing.closed)), reason, t)]
    if look.may(Secret.MONEY) and status is Status.CANCELLED:
        found.append(settlement_line(closing, t))
    return found

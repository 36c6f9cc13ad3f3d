"""The marketplace's numeric codes, as far as they are known."""

from enum import IntEnum


class Status(IntEnum):
    """The status of an order."""

    NEW = 1
    ACCEPTED = 2
    FINISHED = 3
    HANDED_TO_DELIVERY = 4
    PHOTO = 5
    WAITING_FOR_PICKUP = 7


class DeliveryType(IntEnum):
    """How an order gets to its recipient."""

    COURIER = 1
    PICKUP = 4


class DeliveryTime(IntEnum):
    """When the order has to arrive."""

    SOONEST = 1
    INTERVAL = 2


class ProductType(IntEnum):
    """The kind of an order line."""

    MAIN = 1
    ADD_ON = 3

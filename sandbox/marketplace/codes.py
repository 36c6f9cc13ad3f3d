"""The marketplace's numbers, as far as they are known."""

from enum import IntEnum


class Status(IntEnum):
    """Where an order is."""

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
    """When it has to be there."""

    SOONEST = 1
    INTERVAL = 2


class ProductType(IntEnum):
    """What a line of an order is."""

    MAIN = 1
    ADD_ON = 3

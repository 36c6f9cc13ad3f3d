"""The sandbox's own category ids.

The meaning of the real marketplace's `categoryId` is not public: these numbers are arbitrary, and no code may
rely on them. The names are the marketplace's.
"""

from enum import IntEnum


class Category(IntEnum):
    """The category of a product."""

    FLOWERS = 1  # Цветы и подарки
    PLANTS = 2  # Живые растения
    PASTRY = 3  # Кондитерские и пекарни
    TEA = 4  # Магазины чая и кофе
    HANDMADE = 5  # Хендмейд, винтаж
    OTHER = 6  # Другое

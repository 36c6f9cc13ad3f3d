"""The sandbox's own category ids.

Which `categoryId` of the real marketplace means what is not known publicly; these numbers are the sandbox's
choice and nothing may rely on them. The names are the marketplace's.
"""

from enum import IntEnum


class Category(IntEnum):
    """What a product is."""

    FLOWERS = 1  # Цветы и подарки
    PLANTS = 2  # Живые растения
    PASTRY = 3  # Кондитерские и пекарни
    TEA = 4  # Магазины чая и кофе
    HANDMADE = 5  # Хендмейд, винтаж
    OTHER = 6  # Другое

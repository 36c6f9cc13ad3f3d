"""Keeps track of which parts of a text were taken by fields; the rest is left for the note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HOLE = "\x00"
"""Replaces a taken character. It is neither a word nor a space, so that no pattern matches across it."""
_CLAUSES = re.compile(r"(?<=[;!?\n])|(?<=,)(?=\s)|(?<=[^\W\d_]{3}\.)(?=\s)|(?<=[0-9)]\.)(?=\s+[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_EDGES = " \t\n,;:.-\u2013\u2014|*\u2022+=("
POLITE = frozenset(
    [
        "самое",
        "важное",
        "оплачен",
        "новый",
        "новая",
        "new",
        "flowwow",
        "здравствуйте",
        "здравствуй",
        "добрый",
        "доброе",
        "доброго",
        "день",
        "дня",
        "вечер",
        "вечера",
        "утро",
        "утра",
        "привет",
        "приветствую",
        "хочу",
        "хотел",
        "хотела",
        "хотелось",
        "бы",
        "нужен",
        "нужна",
        "нужно",
        "нужны",
        "надо",
        "букет",
        "букета",
        "букеты",
        "можно",
        "пожалуйста",
        "пож",
        "спасибо",
        "заранее",
        "заказ",
        "заказа",
        "заказать",
        "заказываю",
        "сделать",
        "сделайте",
        "оформить",
        "примите",
        "доставка",
        "доставки",
        "доставку",
        "доставить",
        "доставьте",
        "привезти",
        "привезите",
        "привезут",
        "отвезти",
        "завезти",
        "адрес",
        "адресу",
        "адреса",
        "по",
        "на",
        "в",
        "во",
        "к",
        "ко",
        "с",
        "со",
        "из",
        "до",
        "за",
        "и",
        "а",
        "от",
        "для",
        "у",
        "мне",
        "я",
        "получатель",
        "получателя",
        "получателю",
        "получательница",
        "кому",
        "куда",
        "когда",
        "что",
        "тел",
        "телефон",
        "телефона",
        "номер",
        "моб",
        "ул",
        "улица",
        "дата",
        "время",
        "состав",
        "сумма",
        "итого",
        "всего",
        "стоимость",
        "цена",
        "имя",
        "зовут",
        "фио",
        "р",
        "руб",
        "рублей",
        "рубля",
        "шт",
        "штук",
        "доставкой",
        "курьером",
        "цветы",
        "цветов",
        "часам",
        "часов",
        "час",
        "бюджет",
        "открытка",
        "открытку",
        "открытке",
        "открытки",
        "открыткой",
        "текст",
        "подпись",
        "хорошо",
        "ок",
        "это",
        "её",
        "его",
        "ей",
        "ему",
        "hi",
        "hello",
        "please",
        "thanks",
        "thank",
        "you",
        "i",
        "d",
        "like",
        "to",
        "order",
        "for",
        "delivery",
        "deliver",
        "at",
        "on",
        "by",
        "from",
        "the",
        "a",
        "an",
        "of",
        "and",
        "need",
        "want",
        "bouquet",
        "recipient",
        "address",
        "phone",
        "name",
        "total",
        "date",
        "time",
        "is",
    ]
)


@dataclass(slots=True)
class Piece:
    """A text from which fields take parts."""

    text: str
    name: str = ""
    """The label before it."""
    _taken: list[tuple[int, int]] = field(default_factory=list)
    _secret: list[tuple[int, int]] = field(default_factory=list)

    def take(self, start: int, end: int, *, is_secret: bool = False) -> None:
        """Marks a part as taken by a field. `is_secret`: the part is left out of notes, too."""
        self._taken.append((start, end))
        if is_secret:
            self._secret.append((start, end))

    def take_all(self) -> None:
        self.take(0, len(self.text))

    def give_back(self, start: int, end: int) -> None:
        """Marks a taken part as free again."""
        self._taken = [span for span in self._taken if span != (start, end)]

    def shown(self) -> str:
        """The whole text without its secret parts, line by line."""
        lines = _with_holes(self.text, self._secret).split("\n")
        return "\n".join(
            filter(None, (" ".join(line.replace(HOLE, " ").split()).strip(" \t,;") for line in lines))
        )

    @property
    def free(self) -> str:
        """The text with taken parts replaced by holes; its length is unchanged."""
        return _with_holes(self.text, self._taken)

    @property
    def around_phones(self) -> str:
        """The text with phones replaced by holes; its length is unchanged."""
        return _with_holes(self.text, self._secret)

    def rest(self) -> list[str]:
        """Whole clauses with words that were not taken and are not mere politeness."""
        found: list[str] = []
        start = 0
        for end in (*(match.start() for match in _CLAUSES.finditer(self.text)), len(self.text)):
            clause = self.text[start:end]
            if clause.strip() and self._says_more(start, end):
                shown = self._shown(start, end)
                is_first = self.name and not self.text[:start].strip()
                found.append(f"{self.name}: {shown}" if is_first and shown else shown)
            start = end
        return list(filter(None, found))

    def _says_more(self, start: int, end: int) -> bool:
        words = _WORD.findall(self.free[start:end])
        return any(word.casefold() not in POLITE for word in words)

    def _shown(self, start: int, end: int) -> str:
        text = _with_holes(self.text, self._secret)[start:end]
        return " ".join(text.replace(HOLE, " ").split()).strip(_EDGES)


def _with_holes(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{HOLE * (end - start)}{text[end:]}"
    return text

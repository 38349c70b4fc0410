"""Text in several languages, where every language knows what it was translated from.

>>> hours = Translated.of("bg", bg="Всеки вторник", en="Every Tuesday")
>>> hours.shown("en").text
'Every Tuesday'
>>> hours.shown("ar").language, hours.shown("ar").is_fallback
('en', True)
>>> moved = hours.written("bg", "Всяка сряда")
>>> moved.shown("en").is_stale
True
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language

MACHINE, HUMAN, APPROVED = "machine", "human", "approved"
# Who cannot read a text in his language most often reads English, then Bulgarian.
FALLBACKS = ("en", "bg")


@dataclass(frozen=True)
class Text:
    """One language's text: the version of the source it says, its state."""

    text: str
    version: int = 1
    state: str = HUMAN


@dataclass(frozen=True)
class Shown:
    """What a reader gets: perhaps in another language, perhaps behind the source."""

    text: str
    language: str
    is_fallback: bool
    is_stale: bool
    state: str = HUMAN

    def __str__(self) -> str:
        return self.text


NOTHING = Shown(text="", language="", is_fallback=False, is_stale=False)


@dataclass(frozen=True)
class Translated:
    """A text with its source language and its translations."""

    source: str = "bg"
    texts: Mapping[str, Text] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "Translated":
        return cls()

    @classmethod
    def of(cls, source: str, /, **texts: str) -> "Translated":
        """A text written in all these languages at once."""
        return cls(source, {code: Text(text) for code, text in texts.items() if text})

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Translated":
        texts = {code: Text(**text) for code, text in value.get("texts", {}).items()}
        return cls(value.get("source", "bg"), texts)

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "texts": {
                code: {"text": t.text, "version": t.version, "state": t.state}
                for code, t in self.texts.items()
            },
        }

    @property
    def version(self) -> int:
        """How often the source was written."""
        return self.texts[self.source].version if self.source in self.texts else 0

    def written(self, language: str, text: str, state: str = HUMAN) -> "Translated":
        """The same text with one language written anew.

        A new source makes the translations stale; a new translation says the source
        as it stands now. An empty text takes the language out.
        """
        texts = dict(self.texts)
        if not text:
            texts.pop(language, None)
        elif language != self.source:
            texts[language] = Text(text, self.version, state)
        elif language not in texts or texts[language].text != text:
            texts[language] = Text(text, self.version + 1, state)
        return replace(self, texts=texts)

    def shown(self, language: str) -> Shown:
        """The text for a reader of ``language``, or the best there is instead."""
        for code in (language, *FALLBACKS, self.source, *self.texts):
            if code in self.texts:
                found = self.texts[code]
                return Shown(
                    text=found.text,
                    language=code,
                    is_fallback=code != language,
                    is_stale=code != self.source and found.version < self.version,
                    state=found.state,
                )
        return NOTHING

    def stale_languages(self) -> list[str]:
        """Languages that say an older version of the source."""
        return [code for code in self.texts if self.shown(code).is_stale]

    def __iter__(self) -> Iterator[tuple[str, Text]]:
        return iter(self.texts.items())

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __str__(self) -> str:
        return self.shown(get_language() or self.source).text

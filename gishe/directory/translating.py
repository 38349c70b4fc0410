"""A form field for text in several languages: the source, and its translations.

Works without JavaScript: the source stands open, each translation in a ``<details>``
with its state. A translation that was not touched while the source changed becomes
stale; ticking "still fits" or writing it anew makes it current.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gishe.foundation.languages import direction
from gishe.foundation.translated import APPROVED, HUMAN, MACHINE, Text, Translated

STATES = [
    (MACHINE, gettext_lazy("By a machine, not checked")),
    (HUMAN, gettext_lazy("By a person")),
    (APPROVED, gettext_lazy("Checked and approved")),
]


@dataclass(frozen=True)
class Written:
    """What the form sent: texts and states by language, which is the source."""

    source: str
    texts: Mapping[str, str]
    states: Mapping[str, str]
    still_fits: frozenset[str]

    def put_on(self, before: Translated) -> Translated:
        """The text with what was written, versions and states kept true."""
        after = before
        if self.source != before.source:
            after = _moved(before, self.source)
        after = after.written(self.source, self.texts.get(self.source, ""))
        for code, text in self.texts.items():
            if code == self.source:
                continue
            old = before.shown(code)
            was = old.text if old.language == code else ""
            state = self.states.get(code, HUMAN)
            touched = text != was or state != old.state or code in self.still_fits
            if touched and (text or was):
                after = after.written(code, text, state)
        return after


def _moved(text: Translated, source: str) -> Translated:
    """The same text with another source; what agreed before still agrees."""
    texts = dict(text.texts)
    if source in texts:
        texts[source] = Text(texts[source].text, text.version or 1)
    return replace(text, source=source, texts=texts)


class TranslatedInput(forms.Widget):
    """One text area a language; ``rows`` 1 makes one-line inputs.

    ``is_folded`` shows the source alone, everything else behind one line.
    """

    template_name = "directory/translated_input.html"

    def __init__(
        self,
        rows: int = 4,
        attrs: dict[str, Any] | None = None,
        *,
        is_folded: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.rows = rows
        self.is_folded = is_folded

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_text" if id_ else id_

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        sent = value if isinstance(value, Written) else None
        before = value if isinstance(value, Translated) else Translated()
        source = sent.source if sent else before.source
        languages = [self._language(code, sent, before) for code, _n in _choices()]
        context["widget"] |= {
            "rows": self.rows,
            "is_folded": self.is_folded,
            "is_stale": any(row["is_stale"] for row in languages),
            "there": sum(1 for row in languages if row["text"]),
            "source": next(row for row in languages if row["code"] == source),
            "others": [row for row in languages if row["code"] != source],
            "choices": _choices(),
            "states": STATES,
        }
        return context

    def _language(
        self, code: str, sent: Written | None, before: Translated
    ) -> dict[str, Any]:
        shown = before.shown(code)
        is_there = shown.language == code
        text = sent.texts.get(code, "") if sent else (shown.text if is_there else "")
        state = sent.states.get(code, HUMAN) if sent else shown.state
        return {
            "code": code,
            "name": dict(_choices())[code],
            "direction": direction(code),
            "text": text,
            "state": state,
            "is_stale": is_there and shown.is_stale,
            "fits": bool(sent and code in sent.still_fits),
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Written:
        source = str(data.get(f"{name}-source", ""))
        codes = [code for code, _n in _choices()]
        if source not in codes:
            source = settings.LANGUAGE_CODE
        texts = {code: str(data.get(f"{name}-{code}", "")) for code in codes}
        return Written(
            source=source,
            texts={code: _clean(text) for code, text in texts.items()},
            states={c: str(data.get(f"{name}-{c}-state", HUMAN)) for c in codes},
            still_fits=frozenset(c for c in codes if data.get(f"{name}-{c}-fits")),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)


def _choices() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def _clean(text: str) -> str:
    """Line ends of one kind, no characters that no page can show."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.strip()


class TranslatedFormField(forms.Field):
    """Text in several languages; gives a ``Written`` to put on what was there."""

    widget = TranslatedInput

    def __init__(self, *, max_length: int = 2000, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TranslatedInput(rows=rows))
        super().__init__(**kwargs)
        self.max_length = max_length

    def clean(self, value: Any) -> Written:
        written: Written = value
        if self.required and not any(written.texts.values()):
            raise ValidationError(_("Please write this in at least one language."))
        if any(written.texts.values()) and not written.texts.get(written.source):
            raise ValidationError(
                _("The original is empty. Write it, or choose another original.")
            )
        known = {state for state, _label in STATES}
        if not set(written.states.values()) <= known:
            raise ValidationError(_("This state is not known."))
        for code, text in written.texts.items():
            if len(text) > self.max_length:
                raise ValidationError(
                    _("%(language)s: %(length)d characters. At most %(most)d, please.")
                    % {
                        "language": dict(_choices())[code],
                        "length": len(text),
                        "most": self.max_length,
                    }
                )
        return written


class LineOfText(TranslatedFormField):
    """A short text on a line of a list; emptying the original takes it all off."""

    def __init__(self, *, max_length: int = 2000, rows: int = 1, **kwargs: Any) -> None:
        widget = TranslatedInput(rows=rows, is_folded=True)
        super().__init__(max_length=max_length, widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> Written:
        written: Written = value
        if not written.texts.get(written.source):
            written = replace(written, texts=dict.fromkeys(written.texts, ""))
        return super().clean(written)

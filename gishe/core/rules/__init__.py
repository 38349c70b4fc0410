"""What does the law let this person do, why, and what is still to be asked?

A pack of law is read from trees (``gishe.lawbook.loading`` makes them from YAML):

>>> from gishe.core.rules import decide, plant, read_pack
>>> head = {
...     "text": {"bg": "…", "en": "Refugees"}, "cite": {"act": "act", "article": "1"},
...     "verified": {"state": "primary_text"},
... }
>>> pack = read_pack([plant({
...     "pack": {
...         "id": "xx", "country": "XX", "name": {"en": "Nowhere"}, "version": "1",
...         "ask": "office",
...     },
...     "acts": {"act": {"name": {"en": "Act"}}},
...     "facts": {"status": {"type": "enum", "values": ["refugee", "none"]}},
...     "routes": [{
...         "id": "protection", "applies_if": "status == refugee", "grants": "yes",
...         "text": head["text"], "cite": head["cite"], "verified": head["verified"],
...     }],
... })])
>>> case = {"as_of": "2026-06-01", "facts": {"status": "refugee"}}
>>> decide(pack, case).may_work
'yes'
>>> answer = decide(pack, {"as_of": "2026-06-01", "facts": {}})
>>> answer.may_work, answer.missing
('unknown', ('status',))
"""

from gishe.core.rules._answer import Answer, Reason
from gishe.core.rules._calendar import months_after
from gishe.core.rules._case import Case, choose, read_case
from gishe.core.rules._changes import Change, smallest_change
from gishe.core.rules._checks import check_pack
from gishe.core.rules._checks_golden import check_golden
from gishe.core.rules._decide import answer_to, decide, standing_of
from gishe.core.rules._facts import Fact
from gishe.core.rules._law import changes, law_on
from gishe.core.rules._pack import Citation, Golden, Head, Pack, Verification
from gishe.core.rules._problems import BadFact, InputError, PackError, Problem
from gishe.core.rules._question import (
    NextQuestion,
    arises,
    may_ask,
    next_question,
    questions,
)
from gishe.core.rules._question_beside import hanging_on
from gishe.core.rules._reading import read_pack
from gishe.core.rules._sql import as_sql
from gishe.core.rules._standing import Standing
from gishe.core.rules._table import Table, read_table
from gishe.core.rules._table_decide import (
    ANSWERS,
    Decisions,
    Difference,
    compare_laws,
    decide_table,
)
from gishe.core.rules._tree import Tree, plant

__all__ = [
    "ANSWERS",
    "Answer",
    "BadFact",
    "Case",
    "Change",
    "Citation",
    "Decisions",
    "Difference",
    "Fact",
    "Golden",
    "Head",
    "InputError",
    "NextQuestion",
    "Pack",
    "PackError",
    "Problem",
    "Reason",
    "Standing",
    "Table",
    "Tree",
    "Verification",
    "answer_to",
    "arises",
    "as_sql",
    "changes",
    "check_golden",
    "check_pack",
    "choose",
    "compare_laws",
    "decide",
    "decide_table",
    "hanging_on",
    "law_on",
    "may_ask",
    "months_after",
    "next_question",
    "plant",
    "questions",
    "read_case",
    "read_pack",
    "read_table",
    "smallest_change",
    "standing_of",
]

"""May I hire? Two short pages of questions for an employer, then what to do by when.

Nothing is kept: the answers travel in hidden fields. Which questions come is the
engine's word: what the answer still waits for, and what it only takes for granted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from gishe.core.rules import InputError, Pack, answer_to
from gishe.foundation.translated import Translated
from gishe.rights import facts, job_words, packs, statuses
from gishe.rights.facts import Given

PAPER, JOB, ANSWER = "paper", "job", "answer"
ON_PAPER = ("nationality", "document_valid_until", "age")
ALWAYS = ("employment_start", "contract_months")
# What is taken for granted about most people, and what an employer can easily say.
IF_PRESUMED = (
    "wants",
    "seasonal",
    "bulgarian_origin_certificate",
    "employer_tcn_share_pct",
    "hours_per_week",
    "hours_per_day",
    "night_work",
)
COMPANY = ("employer_size", "employer_average_headcount_12m", "employer_tcn_count_12m")
SEASON = ("sector", "season_days", "prior_seasonal_days_in_12m")
SHARE, RATIO, PAY = (
    "employer_tcn_share_pct",
    "salary_ratio_to_average",
    "gross_salary_eur",
)
AVERAGE_PAY = "average_gross_pay_year"
MONTHS = 12
# What an employer can always find out, and what turns a yes into a no.
MUST_SAY = ("wants",)
# Days so far from today that somebody mistyped the year: days before, days after.
NEAR = {"employment_start": (3 * 366, 5 * 366), "document_valid_until": (7320, 10980)}
LONGEST_CONTRACT = 600  # months


@dataclass(frozen=True)
class Field:
    """One question of a page, ready to be drawn."""

    fact: str
    kind: str  # select, number, date
    label: str | Translated
    hint: str | Translated = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""
    least: float | None = None
    most: float | None = None
    is_whole: bool = True
    must_say: bool = False

    @property
    def name(self) -> str:
        return facts.PREFIX + self.fact


@dataclass(frozen=True)
class Turn:
    """One page: the paper, the job, or (``step`` answer) what follows from them."""

    step: str
    given: Given
    errors: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    day: date = date.min

    @property
    def paper(self) -> list[Field]:
        return [self._field(name) for name in ON_PAPER]

    @property
    def status(self) -> str:
        return str(self.given.said.get("status") or "")

    @property
    def statuses(self) -> list[statuses.Status]:
        return statuses.of(self.given.pack)

    @property
    def status_name(self) -> str:
        return statuses.name_of(self.status)

    @property
    def job(self) -> list[Field]:
        """What the employer knows himself."""
        known = (n for n in wanted(self.given, self.day) if job_words.label(n))
        return [self._field(name) for name in known]

    @property
    def person(self) -> list[Field]:
        """What only the candidate knows, in the words to ask with."""
        open_ = (n for n in wanted(self.given, self.day) if not job_words.label(n))
        return [self._field(name) for name in open_]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields: what the page itself does not ask."""
        shown = (
            {f.fact for f in (*self.job, *self.person)} if self.step == JOB else set()
        )
        if self.step == PAPER:
            shown = {"status", *(f.fact for f in self.paper)}
        given = self.given
        for name in shown:
            given = given.without(name)
        return given.hidden()

    def _field(self, name: str) -> Field:
        fact = self.given.pack.facts[name]
        said = self.given.said.get(name)
        value = self.sent.get(name) or (written(name, said) if said is not None else "")
        return Field(
            fact=name,
            kind=_kind(self.given.pack, name),
            label=job_words.label(name) or _asked(self.given.pack, name),
            hint=job_words.hint(name),
            choices=tuple(choices(self.given.pack, name)),
            value=value,
            error=self.errors.get(name, ""),
            least=fact.minimum,
            most=fact.maximum,
            is_whole=fact.type == "integer",
            must_say=name in MUST_SAY,
        )


def _kind(pack: Pack, name: str) -> str:
    kind = pack.facts[name].type
    if kind in ("integer", "number"):
        return "number"
    return "date" if kind == "date" else "select"


def _asked(pack: Pack, name: str) -> Translated:
    question = pack.facts[name].question
    return packs.words(question.text if question else {"en": name})


def choices(pack: Pack, name: str) -> Iterator[tuple[str, str]]:
    """The values of a fact to choose from, with their words."""
    fact = pack.facts[name]
    if name == "wants":
        yield from (("start_work", _("Yes")), ("change_employer", _("No")))
    elif name == "occupation":
        yield from job_words.occupations()
    elif fact.type == "bool":
        yield from ((facts.YES, _("Yes")), (facts.NO, _("No")))
    elif fact.type == "country":
        yield from facts.countries()
    elif fact.question:
        for option in fact.question.options:
            yield option.value, packs.said(option.text)


def wanted(given: Given, day: date) -> list[str]:
    """The facts to ask about this job and person: those that matter to the answer."""
    standing = given.standing(day)
    answer = answer_to(standing, alternatives=False)
    presumed = [name for name in answer.presumed if name in IF_PRESUMED]
    # Whose age was left empty on the first page is taken to be grown up.
    granted = set(ON_PAPER) & set(answer.presumed)
    asked = [question.fact for question in given.open_questions(day)]
    waiting = [name for name in asked if name not in granted]
    names = [*ALWAYS, *presumed, *waiting]
    if "highly_qualified_job" in answer.presumed or RATIO in names:
        names.append("occupation")
    said = [n for n in given.said if n not in ("status", "nationality", "job_offer")]
    names += [n for n in said if n not in ("document_valid_until", "age", "activity")]
    if given.facts.get("seasonal"):
        names += SEASON
    if SHARE in names or answer.quota.get("applies"):
        names += COMPANY
    names = [name for name in names if name != SHARE]
    if RATIO in names and _average_pay(given.pack, day):
        names[names.index(RATIO)] = PAY
    return list(dict.fromkeys(name for name in names if name in given.pack.facts))


def _average_pay(pack: Pack, day: date) -> bool:
    parameter = pack.parameters.get(AVERAGE_PAY)
    dated = parameter.on(day) if parameter else None
    return dated is not None and dated.value is not None


def written(name: str, value: object) -> str:
    """A fact as its field shows it: pay by the month, a country by its code."""
    if name == PAY and isinstance(value, (int, float)):
        return f"{value / MONTHS:g}"
    return facts.written(value)[0]


def first(sent: QueryDict) -> Turn:
    """The first page, empty."""
    return Turn(PAPER, _empty(law(sent.get("law", ""))))


def law(name: str) -> Pack:
    """The pack of this name, else the city's own."""
    try:
        return packs.by_id(name) if name else packs.home()
    except packs.NoSuchLaw:
        return packs.home()


def _empty(pack: Pack) -> Given:
    """Whoever asks here has a job to give."""
    given = Given(pack)
    for name, value in (("job_offer", True), ("activity", "employed")):
        if name in pack.facts:
            given = given.saying(name, value)
    return given


def turn(sent: QueryDict, day: date) -> Turn:
    """The page after a form: the next one, the same with errors, or the answer."""
    given, step = read(sent, day), sent.get("step", PAPER)
    to = sent.get("to", "")
    if to in (PAPER, JOB) and given.said.get("status"):
        return Turn(to, given, day=day)
    names = _on_page(step, given, day)
    errors: dict[str, str] = {}
    for name in names:
        texts = [t for t in sent.getlist(facts.PREFIX + name) if t.strip()]
        given = given.without(name)
        if texts:
            try:
                given = facts.take(given, name, _yearly(name, texts), day)
                _check(name, given.said[name], day)
            except facts.Unreadable as error:
                errors[name] = str(error)
        elif name in MUST_SAY:
            errors[name] = _("Look at the card: it names the employer.")
    if step == PAPER and not given.said.get("status"):
        errors["status"] = _("Choose the person's paper. If in doubt, ask to see it.")
    if errors:
        kept = {name: sent.get(facts.PREFIX + name, "") for name in errors}
        return Turn(step if step == JOB else PAPER, given, errors, kept, day)
    given = _still_asked(given, day)
    return Turn(JOB if step == PAPER else ANSWER, given, day=day)


def _still_asked(given: Given, day: date) -> Given:
    """Without what no longer arises; the paper, the contract and the company stay.

    Their days and numbers are told even where the law asks for none of them.
    """
    asked = facts.still_asked(given, day)
    for name in (*ON_PAPER, *ALWAYS, *COMPANY):
        if name in given.said:
            asked = asked.saying(name, given.said[name])
    return asked


def read(sent: QueryDict, day: date) -> Given:
    """What the hidden fields carry."""
    pack = law(sent.get("law", ""))
    given = _empty(pack)
    for name, value in facts.read_given(pack, sent, day).said.items():
        try:
            _check(name, value, day)
        except facts.Unreadable:
            continue
        given = given.saying(name, value)
    try:
        given.standing(day)
    except InputError:
        return _empty(pack)
    return given


def _check(name: str, value: object, day: date) -> None:
    """Raises Unreadable for a day or a contract that nobody can mean."""
    if isinstance(value, date) and name in NEAR:
        before, after = (timedelta(days=days) for days in NEAR[name])
        if not day - before <= value <= day + after:
            raise facts.Unreadable(_("Look at the year again."))
    is_long = isinstance(value, int) and value > LONGEST_CONTRACT
    if name == "contract_months" and is_long:
        text = _("This number is not possible. Please look again.")
        raise facts.Unreadable(text)


def _on_page(step: str, given: Given, day: date) -> list[str]:
    if step == PAPER:
        return ["status", *ON_PAPER]
    return [name for name in wanted(given, day)] if step == JOB else []


def _yearly(name: str, texts: list[str]) -> list[str]:
    """Pay is asked by the month and counted by the year."""
    if name != PAY:
        return texts
    try:
        return [str(float(texts[0].replace(",", ".")) * MONTHS)]
    except ValueError:
        return texts

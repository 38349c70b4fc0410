"""The words for what an employer is asked: about the paper, the job, the company."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

WORDS = {
    "nationality": (
        _("Citizen of"),
        _("As written in the passport."),
    ),
    "document_valid_until": (
        _("The paper is valid until"),
        _("As printed on it. Leave it empty if there is no date."),
    ),
    "age": (
        _("Age, only if under 18"),
        _("Stricter rules protect young people at work."),
    ),
    "employment_start": (
        _("First day of work"),
        _("The day work really begins, or began. Deadlines are counted from it."),
    ),
    "contract_months": (
        _("The contract is for so many months"),
        _("Leave it empty if it has no end."),
    ),
    "wants": (
        _("Was this permit issued for work with you?"),
        _("A permit names one employer. For another one it does not count."),
    ),
    "seasonal": (_("Is the work seasonal?"), ""),
    "sector": (_("In which field is the work?"), ""),
    "season_days": (_("The season has so many days"), ""),
    "prior_seasonal_days_in_12m": (
        _("Days of seasonal work in the last 12 months, with anybody"),
        _("Ask the candidate."),
    ),
    "bulgarian_origin_certificate": (
        _("Does the person have a certificate of Bulgarian origin?"),
        "",
    ),
    "hours_per_week": (_("Hours a week"), ""),
    "hours_per_day": (_("Hours a day"), ""),
    "night_work": (_("Is there work at night?"), ""),
    "occupation": (_("What kind of work is it?"), ""),
    "gross_salary_eur": (_("Gross pay a month, in euro"), ""),
    "salary_ratio_to_average": (
        _("How many times the average pay of the country is the gross pay?"),
        _(
            "One and a half times is written 1.5. "
            "The statistics office names the average."
        ),
    ),
    "employer_size": (
        _("How big is your company?"),
        _(
            "Small and medium: fewer than 250 people, and limits of turnover. "
            "Your accountant knows."
        ),
    ),
    "employer_average_headcount_12m": (
        _("Average number of your staff in the last 12 months"),
        _("As in the yearly report to the statistics office."),
    ),
    "employer_tcn_count_12m": (
        _("Of them, people from outside the EU"),
        _("Those who worked for you in the last 12 months."),
    ),
}
# The major groups of ISCO-08, as the national classification has them too.
OCCUPATIONS = {
    "1": _("Managers"),
    "133": _("Managers in information technology"),
    "2": _("Professions that need a degree"),
    "25": _("Specialists in information technology"),
    "3": _("Technicians and skilled assistants"),
    "4": _("Office work"),
    "5": _("Shops, hotels, restaurants, care"),
    "6": _("Skilled work in farming, forestry, fishing"),
    "7": _("Crafts, building, metal, electricity"),
    "8": _("Machines, assembly, driving"),
    "9": _("Helping work that needs no training"),
}


def label(fact: str) -> str:
    """What the employer is asked; nothing where only the candidate knows."""
    return str(WORDS[fact][0]) if fact in WORDS else ""


def hint(fact: str) -> str:
    return str(WORDS[fact][1]) if fact in WORDS else ""


def occupations() -> Iterator[tuple[str, str]]:
    """Codes of kinds of work with their words."""
    for code, words in OCCUPATIONS.items():
        yield code, str(words)

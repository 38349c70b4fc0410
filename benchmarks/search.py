"""Searching a directory of 5,000 generated services.

    python -m benchmarks.search [--services 5000]

Measures ``directory.queries.search`` with its reading of a page of results, on a
database made for it; prints one line of JSON: milliseconds, median and p95.
"""

import argparse
import itertools
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

QUESTIONS = [
    ("en", "may I see a doctor"),
    ("bg", "бездомен съм"),
    ("ar", "أريد أن أتعلم البلغارية"),
    ("en", "I have a job offer but no EGN"),
    ("uk", "де вчити болгарську"),
    ("ru", "бесплатный адвокат по семейным делам"),
    ("fa", "به دکتر نیاز دارم"),
    ("fr", "cours de langue pour les mères"),
    ("bg", "консултация за бежанци в събота"),
    ("bg", "курс"),
    ("en", "intrepreter for the hospitl"),
    ("bg", "психолог за деца Люлин"),
]
KINDS = {
    "language": ("Курс по български език", "Bulgarian language course"),
    "legal": ("Правна консултация", "Legal consultation"),
    "health": ("Медицински преглед", "Medical check-up"),
    "employment": ("Кариерно консултиране", "Career advice"),
    "housing": ("Нощувка и подслон", "Shelter for the night"),
    "mental_health": ("Психологическа подкрепа", "Psychological support"),
    "childcare": ("Детски център", "Children's centre"),
    "food": ("Хранителни пакети", "Food parcels"),
    "education": ("Записване в училище", "School enrolment"),
    "documents": ("Помощ с документи", "Help with documents"),
}
PLACES = [
    *("Люлин", "Младост", "Надежда", "Витоша", "Сердика"),
    *("Оборище", "Подуяне", "Искър", "Банкя"),
]
PEOPLE = ["бежанци", "жени", "деца", "семейства", "младежи", "възрастни хора"]


def fill(count: int) -> None:
    """Services with two languages each, indexed as an import leaves them."""
    from gishe.directory import actions
    from gishe.directory.identity import need_term
    from gishe.directory.models import Attribute, Language, Organization, Service
    from gishe.directory.needs import Need
    from gishe.foundation.translated import Translated

    chance = random.Random(7)
    actions.ensure_terms()
    owners = Organization.objects.bulk_create(
        Organization(name=Translated.of("bg", bg=f"Сдружение {place} {number}"))
        for place, number in itertools.product(PLACES, range(40))
    )
    services, attributes, spoken = [], [], []
    for number in range(count):
        need = chance.choice(list(KINDS))
        bg, en = KINDS[need]
        whom, where = chance.choice(PEOPLE), chance.choice(PLACES)
        made = Service(
            organization=chance.choice(owners),
            name=Translated.of("bg", bg=f"{bg} за {whom} {where}", en=f"{en} {number}"),
            description=Translated.of(
                "bg", bg=f"Всяка седмица в район {where}. {bg} без записване, {number}."
            ),
        )
        services.append(made)
        term = need_term(Need(need))
        attributes.append(Attribute(service=made, taxonomy_term_id=term))
        spoken.append(Language(service=made, code=chance.choice(["bg", "en", "uk"])))
    Service.objects.bulk_create(services, batch_size=500)
    Attribute.objects.bulk_create(attributes, batch_size=500)
    Language.objects.bulk_create(spoken, batch_size=500)
    actions.reindex(services)


def measure(repeats: int) -> list[float]:
    """Milliseconds of each search and the reading of its first page."""
    from gishe.directory import queries

    times = []
    for _ in range(repeats):
        for language, question in QUESTIONS:
            begun = time.perf_counter()
            answer = queries.search(question, language=language)
            queries.in_order(answer.found[:20])
            times.append((time.perf_counter() - begun) * 1000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=5000)
    count = parser.parse_args().services
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("GISHE_HOME", home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = f"sqlite:///{Path(home) / 'search.sqlite3'}"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        begun = time.perf_counter()
        fill(count)
        filled = time.perf_counter() - begun
        measure(1)
        times = sorted(measure(10))
        line = {
            "benchmark": "search",
            "services": count,
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[int(len(times) * 0.95)], 1),
            "searches": len(times),
            "made_and_indexed_s": round(filled, 1),
        }
        print(json.dumps(line))  # noqa: T201


if __name__ == "__main__":
    main()

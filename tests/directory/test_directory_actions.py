"""What happens to a card, and to the index."""

from datetime import time, timedelta

import pytest
from django.http import Http404

from gishe.directory import access, actions, queries
from gishe.directory.links import DeadLink, confirm_url
from gishe.directory.models import (
    Attribute,
    Correction,
    Representative,
    SearchPosting,
    Service,
)
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from tests.conftest import NOON
from tests.directory import directory_rows as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(clara) -> Service:
    owner = rows.organization()
    Representative.objects.create(user=clara, organization=owner)
    return rows.service(owner, texts={"bg": "Плуване"}, needs=["health"])


def edit(card, by, version=None, **what):
    lists = {
        k: what.pop(k) for k in ("needs", "groups", "languages", "hours") if k in what
    }
    return actions.edit_card(
        service=card,
        version=version or card.version,
        edited=actions.Edited(fields=what, **lists),
        by=by,
        at=NOON,
    )


def test_an_edit_is_marked_audited_and_found(card, clara):
    edit(card, clara, name=card.name.written("bg", "Гмуркане"))

    assert set(card.local_fields) == {"name"}
    assert card.local_fields["name"]["by"] == str(clara.pk)
    assert (card.version, card.edited_at, card.edited_by) == (2, NOON, clara)
    assert queries.search("гмуркане").found == [card.pk]
    assert queries.search("плуване").found == []
    assert AuditEvent.objects.get(verb="service.edited").detail == {"fields": ["name"]}


def test_an_edit_of_an_older_version_writes_nothing(card, clara, ines):
    stale = Service.objects.get(pk=card.pk)
    edit(card, ines, email="a@example.org")

    with pytest.raises(actions.ChangedMeanwhile):
        edit(stale, clara, email="b@example.org", needs=["food"])

    card.refresh_from_db()
    assert card.email == "a@example.org"
    assert queries.needs_of(Service.objects.get(pk=card.pk)) == ["health"]
    assert AuditEvent.objects.filter(verb="service.edited").count() == 1


def test_lists_are_replaced_and_marked_by_the_names_of_the_standard(card, clara):
    hours = {0: (time(9), time(12)), 2: (time(9), time(12)), 4: (time(13), time(15))}
    edit(
        card,
        clara,
        needs=["food", "health"],
        groups=["women"],
        languages=["uk", "bg"],
        hours=hours,
    )
    card = Service.objects.get(pk=card.pk)

    assert queries.needs_of(card) == ["health", "food"]
    assert queries.groups_of(card) == ["women"]
    assert [row.code for row in card.languages.order_by("pk")] == ["uk", "bg"]
    assert {row.byday for row in card.schedules.all()} == {"MO,WE", "FR"}
    assert set(card.local_fields) == {"needs", "groups", "languages", "schedules"}


def test_needs_of_others_taxonomies_stay(card):
    Attribute.objects.create(service=card, label="their own", value="7")

    actions.set_needs(service=card, needs=["food"])

    assert card.attributes.count() == 2
    actions.set_needs(service=card, needs=["food"])
    assert card.attributes.count() == 2


def test_an_alert_is_marked_like_every_edit(card, clara):
    alert = Translated.of("bg", bg="Затворено до петък")

    actions.mark_alert(
        service=card, version=card.version, alert=alert, by=clara, at=NOON
    )

    assert card.alert == alert
    assert set(card.local_fields) == {"alert"}


def test_confirming_sets_the_next_look_and_is_said_once_a_day(card, clara):
    for _ in range(2):
        actions.confirm_card(service=card, by=clara, at=NOON)

    assert card.assured_date == rows.TODAY
    assert card.assurer_email == clara.email
    assert card.review_date == rows.TODAY + timedelta(days=182)
    assert AuditEvent.objects.filter(verb="service.confirmed").count() == 1
    actions.confirm_card(service=card, by=clara, at=NOON + timedelta(days=1))
    assert AuditEvent.objects.filter(verb="service.confirmed").count() == 2


def test_a_form_that_is_open_survives_a_confirmation(card, clara):
    version = card.version
    actions.confirm_card(service=card, by=None, at=NOON, name="Ани")

    edit(card, clara, version=version, email="a@example.org")

    assert card.email == "a@example.org"


def test_a_correction_is_handled_once(card, ines):
    reference = new_reference()
    for _ in range(2):
        correction = actions.report_change(
            reference=reference, service=card, text="Вече не", name="", at=NOON
        )
    for _ in range(2):
        actions.handle_correction(correction=correction, by=ines, at=NOON)

    assert Correction.objects.count() == 1
    assert AuditEvent.objects.filter(verb="correction.received").count() == 1
    assert AuditEvent.objects.filter(verb="correction.handled").count() == 1
    with pytest.raises(Http404):
        access.correction_to_handle(correction.pk)


def test_indexing_twice_is_indexing_once(card):
    before = SearchPosting.objects.count()

    assert actions.reindex([card, card]) == 1
    assert SearchPosting.objects.count() == before


def test_a_long_word_and_an_empty_name_do_no_harm():
    owner = rows.organization()
    made = rows.service(owner, texts={"bg": "ж" * 500})
    empty = Service.objects.create(organization=owner)

    assert actions.reindex([made, empty]) == 2


def test_who_may_open_which_card(card, clara, ines, jonas, otto, ada, mallory):
    other = rows.service(rows.organization("Чужди"))

    def opens(user, row):
        try:
            return bool(access.card_for(user, row.pk))
        except Http404:
            return False

    everybody = (clara, ines, jonas, otto, ada, mallory)
    assert [opens(user, card) for user in everybody] == [True, True] + [False] * 4
    assert [opens(user, other) for user in everybody] == [False, True] + [False] * 4


def test_who_speaks_for_which_organizations(card, clara, ines, mallory):
    rows.organization("Чужди")
    Representative.objects.create(user=mallory, organization=card.organization)

    assert list(queries.organizations_of(clara)) == [card.organization]
    assert queries.organizations_of(ines).count() == 2
    assert not queries.organizations_of(mallory)


def test_stale_cards_are_those_past_their_day_or_never_looked_at(card):
    owner = card.organization
    day = timedelta(days=1)
    fresh = rows.service(owner, review_date=rows.TODAY)
    old = rows.service(owner, review_date=rows.TODAY - day)
    rows.service(owner, review_date=rows.TODAY - day, status="inactive")

    stale = set(queries.stale_cards(rows.TODAY))

    assert stale == {card, old}
    assert fresh not in stale


def test_a_link_names_its_service_until_it_is_gone(card):
    token = confirm_url(card).rstrip("/").rsplit("/", 1)[1]

    assert access.service_by_link(token) == card
    Service.objects.filter(pk=card.pk).update(status="defunct")
    with pytest.raises(DeadLink):
        access.service_by_link(token)

"""Answer cards for staff: search, read, print, see what is due, mark a rule."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.core.rules import Pack
from gishe.rights import (
    access,
    actions,
    cards,
    packs,
    queries,
    reviews,
    searching,
    statuses,
)
from gishe.rights.facts import Given
from gishe.rights.forms import ReviewForm
from gishe.rights.telling import Telling

LONGEST_QUESTION = 200


@require_safe
@needs(Right.READ_CARDS)
def search(request: HttpRequest) -> HttpResponse:
    """What the law says about a question or a status."""
    day = timezone.localdate()
    pack = _law(request)
    question = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    status = request.GET.get("status", "")
    context: dict[str, Any] = {
        **_frame(pack),
        "question": question,
        "statuses": statuses.of(pack),
        "day": day,
        "doubted": reviews.challenged(pack),
    }
    if question:
        context["found"] = searching.search(pack, question, day)
    elif status in statuses.codes(pack):
        context |= _status(pack, status)
    return render(request, "rights/cards.html", context)


def _frame(pack: Pack) -> dict[str, Any]:
    """What every page of the cards names: the law shown, and the others."""
    return {
        "pack": pack,
        "law_name": packs.words(pack.name),
        "laws": [(it.id, packs.said(it.name)) for it in packs.abouts()],
    }


def _law(request: HttpRequest) -> Pack:
    name = request.GET.get("law", "")
    return access.law(name) if name else packs.home()


def _status(pack: Pack, status: str) -> dict[str, Any]:
    """Everything the law says to one status, before more is known."""
    day = timezone.localdate()
    about = cards.for_status(pack, status, day)
    answer = reviews.with_doubts(about.answer, pack)
    given = Given(pack, {"status": status})
    every = [card for card in cards.cards(pack) if card.is_in_force(day)]
    routes = [c for c in every if c.kind == cards.ROUTE and c.name in about.routes]
    return {
        "about": about,
        "telling": Telling(given, answer, day),
        "routes": routes,
        "duties": [
            c for c in every if c.kind == cards.DUTY and _touches(c, about.routes)
        ],
    }


def _touches(card: cards.Card, routes: tuple[str, ...]) -> bool:
    return card.routes is None or bool(set(card.routes) & set(routes))


@require_safe
@needs(Right.READ_CARDS)
def due(request: HttpRequest) -> HttpResponse:
    """The rules somebody should look at."""
    day, pack = timezone.localdate(), _law(request)
    context = {
        **_frame(pack),
        "crumbs": [(reverse("rights:cards"), _("Answer cards"))],
        "due": cards.due(pack, queries.latest(pack.id), day),
        "day": day,
    }
    return render(request, "rights/cards_due.html", context)


@never_cache
@require_safe
@needs(Right.READ_CARDS)
def card(request: HttpRequest, law: str, rule: str) -> HttpResponse:
    """One rule: what it says, since when, who checked, when to look again."""
    pack = access.law(law)
    form = ReviewForm(initial={"law_version": pack.version})
    return _show(request, pack, rule, form)


@require_POST
@needs(Right.REVIEW_LAW)
def mark(request: HttpRequest, law: str, rule: str) -> HttpResponse:
    """Mark a rule as reviewed, or as in doubt with a reason."""
    pack = access.law(law)
    access.rule(pack, rule, timezone.localdate())
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, pack, rule, form, status=422)
    try:
        actions.mark_rule(
            pack=pack.id,
            rule=rule,
            by=signed_in(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
    except actions.AlreadyMarked:
        form.add_error(
            None,
            _("This was saved before with other words. Look below, and mark it anew."),
        )
        return _show(request, pack, rule, form, status=409)
    messages.success(
        request, _("Marked. Every answer takes it into account from now on.")
    )
    return redirect("rights:card", law, rule)


def _show(
    request: HttpRequest, pack: Pack, rule: str, form: ReviewForm, status: int = 200
) -> HttpResponse:
    day = timezone.localdate()
    versions = access.rule(pack, rule, day)
    history = queries.history(pack.id, rule)
    first = versions[0]
    context = {
        **_frame(pack),
        "crumbs": [(f"{reverse('rights:cards')}?law={pack.id}", _("Answer cards"))],
        "card": first,
        "others": versions[1:],
        "along": cards.along(pack, first, day),
        "history": history,
        "latest": history[0] if history else None,
        "doubted": reviews.challenged(pack),
        "form": form if signed_in(request).may(Right.REVIEW_LAW) else None,
        "vouches": first.vouches(day),
        "is_in_force": first.is_in_force(day),
        "day": day,
    }
    return render(request, "rights/card.html", context, status=status)

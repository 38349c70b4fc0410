"""May I work? Questions one a page, then the answer. Nothing is kept anywhere."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from gishe.core.rules import Answer, decide
from gishe.foundation import pdf
from gishe.rights import facts, notes, packs, reviews, walk
from gishe.rights.facts import Given
from gishe.rights.telling import Telling

View = Callable[[HttpRequest], HttpResponse]
_kept_for_back = cache_control(private=True, no_cache=True, max_age=0)


def keeps_nothing(view: View) -> View:
    """For pages that a person's situation passes through.

    They write nothing, so a forged form could do nothing: no token is needed, and
    with it no cookie. No proxy keeps the page. The browser may, while it is open:
    otherwise its own Back would lead to an error instead of the question before.
    """

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Referrer-Policy"] = "same-origin"
        return response

    return login_not_required(_kept_for_back(csrf_exempt(wrapped)))


@keeps_nothing
@require_http_methods(["GET", "HEAD", "POST"])
def may_i_work(request: HttpRequest) -> HttpResponse:
    """The next question, or the answer. A GET starts anew."""
    day = timezone.localdate()
    sent = request.POST if request.method == "POST" else request.GET
    now = walk.turn(sent, day) if request.method == "POST" else walk.first(sent, day)
    context = {
        "turn": now,
        "said": list(facts.told(now.given)),
        "law_name": packs.words(now.given.pack.name),
        "laws": [(it.id, packs.words(it.name)) for it in packs.abouts()],
        "print_language": packs.print_language(now.given.pack),
        "day": day,
    }
    if now.asked is not None:
        status = 422 if now.error else 200
        return render(request, "rights/question.html", context, status=status)
    answer = _answer(now.given, day)
    context["telling"] = Telling(now.given, answer, day)
    return render(request, "rights/answer.html", context)


@keeps_nothing
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """The right-to-work note as a PDF, with a name only if one was typed."""
    day = timezone.localdate()
    given = walk.given(request.POST, day)
    answer = _answer(given, day)
    telling = Telling(given, answer, day)
    if not telling.may_have_note:
        return render(request, "rights/no_note.html", {"telling": telling}, status=409)
    with translation.override(packs.office_language(given.pack)):
        address = reverse("rights:route", args=[given.pack.id, answer.route])
    url = request.build_absolute_uri(address)
    name = request.POST.get("name", "")[: notes.LONGEST_NAME].strip()
    try:
        made = notes.note(telling, url, name)
    except pdf.CannotDraw:
        notes.log.exception("The right-to-work note could not be drawn")
        return render(request, "rights/no_note.html", {"telling": telling}, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="gishe-right-to-work.pdf"'
    return response


def _answer(given: Given, day: date) -> Answer:
    """What the law says, and what lawyers doubt of it."""
    return reviews.with_doubts(decide(given.pack, given.case(day)), given.pack)

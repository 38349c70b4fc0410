"""Pages of the contact log: the form, taking back, the day sheet, the paper form."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gishe.accounts.access import needs, signed_in
from gishe.accounts.roles import Right
from gishe.visits import access, actions, chips, queries, sheet
from gishe.visits.forms import ContactForm, UndoForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.LOG_CONTACTS)
def new(request: HttpRequest) -> HttpResponse:
    """Log one contact; afterwards the page is ready for the next."""
    user, now = signed_in(request), timezone.now()
    if request.method != "POST":
        lately = queries.recent_languages(user)
        form = ContactForm(now=now, initial={"language": next(iter(lately), None)})
        return _show(request, form)
    form = ContactForm(request.POST, now=now)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        contact = actions.log_contact(**form.answers(), by=user, now=now)
    except actions.AlreadyLogged as refused:
        form.refuse_repetition(refused.contact)
        return _show(request, form, status=409)
    return redirect(f"{reverse('visits:new')}?logged={contact.id}")


def _show(request: HttpRequest, form: ContactForm, status: int = 200) -> HttpResponse:
    user, now = signed_in(request), form.now
    logged = access.just_logged(user, request.GET.get("logged", ""))
    context = {
        "form": form,
        "logged": sheet.line(logged) if logged else None,
        "needs": chips.needs(form),
        "languages": chips.spoken(form, queries.recent_languages(user)),
        "other_languages": chips.other_languages(),
        "services": chips.services(form, queries.usual_services(user, now)),
        "places": chips.places(form, queries.usual_places(user, now)),
        "place_names": queries.place_names(),
        "channels": chips.channels(form),
        "ages": chips.ages(form),
        "today": timezone.localdate(now),
        "earliest": timezone.localdate(now - actions.LATE_ENTRY_FOR),
    }
    return render(request, "visits/new.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.LOG_CONTACTS)
def undo(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Take a contact back: at once for ten minutes, later with a reason."""
    user, now = signed_in(request), timezone.now()
    contact = access.contact_to_undo(user, reference)
    is_fresh = actions.is_fresh(contact, user, now)
    posted = request.POST if request.method == "POST" else None
    form = UndoForm(posted, wants_reason=not is_fresh)
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            actions.undo_contact(contact=contact, by=user, at=now, reason=reason)
        except actions.CannotUndo:
            form.add_error(
                None,
                _("Ten minutes have passed. Ask a coordinator to take it back."),
            )
        else:
            messages.success(request, _("Taken back. This contact does not count."))
            return redirect("visits:new")
    context = {"form": form, "line": sheet.line(contact), "is_fresh": is_fresh}
    return render(request, "visits/undo.html", context)


@require_safe
@needs(Right.LOG_CONTACTS)
def day_now(request: HttpRequest) -> HttpResponse:
    """Today's sheet, under its lasting address."""
    return redirect("visits:day", timezone.localdate())


@never_cache
@require_safe
@needs(Right.LOG_CONTACTS)
def day(request: HttpRequest, day: date) -> HttpResponse:
    """The contacts of one day, and what they add up to."""
    user, now = signed_in(request), timezone.now()
    contacts = list(queries.on_day(access.day_to_read(day, now)))
    context = {
        "day": day,
        "lines": sheet.lines(contacts, user, now),
        "totals": sheet.totals(contacts),
        "sees_all_rows": access.sees_all_rows(user),
        "previous": day - timedelta(days=1),
        "next": day + timedelta(days=1) if day < timezone.localdate(now) else None,
    }
    return render(request, "visits/day.html", context)


@require_safe
@needs(Right.LOG_CONTACTS)
def paper(request: HttpRequest) -> HttpResponse:
    """An empty sheet to print, for hours without network or power."""
    form = ContactForm(now=timezone.now())
    context = {
        "needs": chips.needs(form),
        "languages": chips.spoken(form, []),
        "channels": chips.channels(form),
        "ages": chips.ages(form)[1:],
        "lines": range(18),
    }
    return render(request, "visits/paper.html", context)

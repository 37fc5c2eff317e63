"""What colleagues write down about customers: each form is one action; what it refuses comes back with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tantam.desk.common.errors import Refused
from tantam.desk.common.numbers import whole
from tantam.desk.customers import actions
from tantam.desk.customers.access import customers_for, whole_customer_for
from tantam.desk.customers.actions.add_contact import Kind, Written
from tantam.desk.customers.consent import Word
from tantam.desk.customers.contacts import NETWORKS, normal
from tantam.desk.customers.finding import matching
from tantam.desk.customers.models import Contact, Customer
from tantam.desk.customers.names import words
from tantam.desk.customers.traits import Unread
from tantam.desk.deliveries.actions import call_off_delivery, move_delivery, note_delivered, promise_delivery
from tantam.desk.web import customer_forms as forms
from tantam.desk.web.customer_page import Reader, bought, customer_page
from tantam.desk.web.doors import StaffRequest, staff, workers
from tantam.desk.web.pages import page
from tantam.desk.web.planned import planned

CONFLICT = ("customer_changed", "contact_gone")


@require_http_methods(["GET", "HEAD", "POST"])
@workers
@planned
def new(request: StaffRequest) -> HttpResponse:
    """Show the form for somebody new; take them on, after showing who is known by the same address already."""
    plan, lang = request.plan, request.LANGUAGE_CODE
    assert plan is not None
    if request.method != "POST":
        initial = {"name": request.GET.get("name", ""), "language": plan.languages[0]}
        form = forms.NewForm(initial, plan=plan, lang=lang) if initial["name"] else forms.NewForm(plan=plan, lang=lang)
        return page(request, "web/customer_new.html", {"form": form}, place="customers")
    form = forms.NewForm(request.POST, plan=plan, lang=lang)
    written = form.written()
    ways = _ways(written)
    if (known := _known(request, ways)) and not request.POST.get("anyway"):
        return page(request, "web/customer_new.html", {"form": form, "known": known}, place="customers", status=409)
    try:
        made = actions.create(written, ways, request.user)
    except Unread as unread:
        form.refuse(unread.refusals)
        return page(request, "web/customer_new.html", {"form": form}, place="customers", status=422)
    messages.success(request, _("%(name)s is among the customers now.") % {"name": made.name})
    return redirect("web:new_case" if request.POST.get("then") == "case" else "web:customer", made.pk)


def _ways(written: dict[str, str]) -> dict[str, Written]:
    """Take the ways to reach them out of what was written, by field."""
    mail, phone, handle = (written.pop(name, "").strip() for name in ("mail", "phone", "handle"))
    network = written.pop("network", "")
    ways = {"mail": Written(Kind.MAIL, mail), "phone": Written(Kind.PHONE, phone)}
    ways["handle"] = Written(Kind.HANDLE, handle, network)
    return {name: each for name, each in ways.items() if each.value}


def _known(request: StaffRequest, ways: dict[str, Written]) -> list[Customer]:
    """Return customers who are reached by one of these addresses already."""
    kept = [found[1] for each in ways.values() if (found := normal(each.value))]
    same = Contact.objects.filter(value__in=kept).values("customer")
    return list(customers_for(request.user).filter(pk__in=same).order_by("id")[:5]) if kept else []


Do = Callable[[Customer], object]


def _edit(request: StaffRequest, pk: int, form: forms.Small, do: Do) -> HttpResponse:
    """Do it to the customer and go back to their page; show the page with the form and why, if it is not done."""
    assert request.plan is not None
    customer = whole_customer_for(request.user, pk)
    status = 422
    try:
        do(customer)
    except Unread as unread:
        form.refuse(unread.refusals)
    except Refused as refused:
        form.refuse({"": refused})
        status = 409 if refused.code in CONFLICT else 422
    else:
        messages.success(request, _("Kept."))
        return redirect("web:customer", pk)
    reader = Reader(request.user, request.plan, request.LANGUAGE_CODE, request.GET)
    context = customer_page(whole_customer_for(request.user, pk), reader, {form.own: form})
    return page(request, "web/customer.html", context, place="customers", status=status)


@require_POST
@staff
@planned
def change_it(request: StaffRequest, pk: int) -> HttpResponse:
    """Change who they are. The edition that was read comes along, so that nothing is overwritten unseen."""
    assert request.plan is not None
    customer = whole_customer_for(request.user, pk)
    form = forms.WhoForm(request.POST, plan=request.plan, lang=request.LANGUAGE_CODE, customer=customer)
    seen = whole(request.POST.get("seen", ""))
    return _edit(request, pk, form, lambda held: actions.change(held, request.user, seen=seen, written=form.written()))


@require_POST
@staff
@planned
def reach(request: StaffRequest, pk: int) -> HttpResponse:
    """Add, check, prefer or remove a way to reach them."""
    form, by = forms.ReachForm(request.POST), request.user
    contact = _key(request.POST.get("contact", ""))
    doing: dict[str, Do] = {
        "verify": lambda held: actions.verify_contact(held, by, contact=contact, how=request.POST.get("how", "")),
        "prefer": lambda held: actions.prefer_contact(held, by, contact=contact),
        "reach": lambda held: actions.reach_again(held, by, contact=contact),
        "remove": lambda held: actions.remove_contact(held, by, contact=contact),
    }
    way, value = request.POST.get("way", ""), request.POST.get("value", "")
    written = Written(Kind.HANDLE, value, way) if way in NETWORKS else Written(way, value)
    return _edit(
        request, pk, form, doing.get(request.POST.get("do", ""), lambda held: actions.add_contact(held, by, written))
    )


@require_POST
@staff
@planned
def consent(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that they agree to something, or do not."""
    assert request.plan is not None
    form = forms.ConsentForm(request.POST, plan=request.plan, lang=request.LANGUAGE_CODE)
    sent = form.written()
    word = Word(sent.get("purpose", ""), sent.get("channel", ""), sent.get("how", ""), sent.get("note", ""))
    verb = actions.give_consent if sent.get("given") == "yes" else actions.withdraw_consent
    return _edit(request, pk, form, lambda held: verb(held, request.user, word))


@require_POST
@staff
@planned
def places(request: StaffRequest, pk: int) -> HttpResponse:
    """Add or remove a postal address."""
    form = forms.PlaceForm(request.POST)
    if request.POST.get("do") == "remove":
        place = _key(request.POST.get("place", ""))
        return _edit(request, pk, form, lambda held: actions.remove_place(held, request.user, place=place))
    return _edit(request, pk, form, lambda held: actions.add_place(held, request.user, form.written()))


@require_POST
@staff
@planned
def units(request: StaffRequest, pk: int) -> HttpResponse:
    """Note the serial number of a thing that they bought, or take one away."""
    by, theirs = request.user, bought(whole_customer_for(request.user, pk), request.LANGUAGE_CODE)
    form = forms.UnitForm(request.POST, bought=theirs)
    if request.POST.get("do") == "remove":
        unit = _key(request.POST.get("unit", ""))
        return _edit(request, pk, form, lambda held: actions.remove_unit(held, by, unit=unit))
    sent = form.written()
    purchase, serial, day = (sent.get(each, "") for each in ("purchase", "serial", "handed_over"))
    return _edit(
        request,
        pk,
        form,
        lambda held: actions.add_unit(held, by, purchase=_key(purchase), serial=serial, handed_over=day),
    )


@require_POST
@staff
@planned
def deliveries(request: StaffRequest, pk: int) -> HttpResponse:
    """Promise by when something that they bought arrives, or say what became of it."""
    by, do, which = request.user, request.POST.get("do", ""), _key(request.POST.get("delivery", ""))
    if do not in ("move", "arrived", "off"):
        return _promise(request, pk)
    form = forms.MovedForm(request.POST, delivery=which)
    sent = form.written()
    day, reason = sent.get("day", ""), sent.get("reason", "")
    doing: dict[str, Do] = {
        "move": lambda held: move_delivery(held, by, delivery=which, day=day, reason=reason),
        "arrived": lambda held: note_delivered(held, by, delivery=which, day=day),
        "off": lambda held: call_off_delivery(held, by, delivery=which, reason=reason),
    }
    return _edit(request, pk, form, doing[do])


def _promise(request: StaffRequest, pk: int) -> HttpResponse:
    theirs = bought(whole_customer_for(request.user, pk), request.LANGUAGE_CODE)
    form = forms.DeliveryForm(request.POST, bought=theirs)
    sent = form.written()
    purchase, day, number = (sent.get(each, "") for each in ("purchase", "day", "number"))

    def promised(held: Customer) -> object:
        return promise_delivery(held, request.user, purchase=_key(purchase), day=day, number=number)

    return _edit(request, pk, form, promised)


@require_POST
@staff
@planned
def organisations(request: StaffRequest, pk: int) -> HttpResponse:
    """Let them join an organisation, or leave one; of an organisation, who sees the cases of its people."""
    form, by = forms.JoinForm(request.POST), request.user
    if request.POST.get("do") == "leave":
        membership = _key(request.POST.get("membership", ""))
        return _edit(request, pk, form, lambda held: actions.leave_organisation(held, by, membership=membership))
    if request.POST.get("do") in ("see", "hide"):
        membership, sees = _key(request.POST.get("membership", "")), request.POST["do"] == "see"
        return _edit(request, pk, form, lambda held: actions.let_see_cases(held, by, membership=membership, sees=sees))
    sent = form.written()

    def join(held: Customer) -> object:
        found = _organisation(request, sent.get("organisation", ""))
        return actions.join_organisation(held, by, organisation=found, role=sent.get("role", ""))

    return _edit(request, pk, form, join)


def _organisation(request: StaffRequest, asked: str) -> Customer | None:
    """Return the organisation that is called so, marks and letter case aside, or the only one that begins so."""
    known = customers_for(request.user).exclude(kind=Customer.Kind.PERSON)
    found = matching(known, asked).customers if asked.strip() else ()
    named = [each for each in found if words(each.name) == words(asked)]
    return named[0] if named else found[0] if len(found) == 1 else None


def _key(text: str) -> int:
    """Return the key that was sent; 0, which no row has, for what is none."""
    return whole(text) or 0

"""Words for how a reply goes to a customer of a network: by which way, or why by none, before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tantam.desk.accounts.models import Person
from tantam.desk.cases import carriers
from tantam.desk.cases.act import Act
from tantam.desk.cases.carriers import Shut, Way
from tantam.desk.cases.models import Actor, Case
from tantam.desk.comments.access import WAYS, is_private_answer
from tantam.desk.common.errors import Refused
from tantam.desk.customers.contacts import NETWORKS, mail_of
from tantam.desk.files.listing import Listed
from tantam.desk.plans import RunningPlan

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class WayShown:
    """by: how it goes, as the end of a sentence; "" for the usual way. shut: why it reaches nobody, or "".

    remark: what to know before one sends it, or "". network: whose; takes: the files that go along, as of
    `carriers.Way`.
    """

    by: str = ""
    shut: str = ""
    remark: str = ""
    network: str = ""
    takes: Mapping[str, int] = field(default_factory=dict)


def way_of(case: Case, person: Person, plan: RunningPlan, now: datetime) -> WayShown:
    """Return how a reply of this person would go now. Asks nothing for a case that no network brought."""
    if case.channel not in (*NETWORKS, *WAYS):
        return WayShown()
    match carriers.way_of(Act(case, now, plan, Actor.PERSON, person)):
        case Way() as way if is_private_answer(way.address):
            return WayShown(_("alone, by Messenger: the one message that their comment allows."))
        case Way() as way if way.names[0] in NETWORKS:
            name = NETWORKS[way.names[0]]
            by = _("by %(network)s.") % {"network": name}
            return WayShown(by, remark=_remark(way), network=name, takes=way.takes)
        case Shut() as shut if mail_of(case.customer):
            told = {"network": shut.network}
            return WayShown(_("by mail and on the private page: %(network)s takes no answer just now.") % told)
        case Shut() as shut:
            return WayShown(shut=Refused(shut.code, network=shut.network, hours=shut.hours).sentence())
    return WayShown()


def with_ways(files: Iterable[Listed], way: WayShown) -> list[Listed]:
    """Return the files on what is being written, each with how it goes, where a network carries the reply."""
    return [replace(each, goes=_goes(each, way)) if each.href and way.network else each for each in files]


def _goes(file: Listed, way: WayShown) -> str:
    if file.bytes <= way.takes.get(file.media_type, 0):
        return _("goes along by %(network)s") % {"network": way.network}
    most = {"network": way.network} | {
        name: way.takes.get(kind, 0) // MEGABYTE
        for name, kind in (("picture", "image/jpeg"), ("paper", "application/pdf"))
    }
    said = _("goes as a link: %(network)s takes pictures up to %(picture)s MB, and PDF up to %(paper)s MB")
    return said % most


def _remark(way: Way) -> str:
    network = {"network": NETWORKS[way.names[0]]}
    match way.remark:
        case "paid":
            said = _("%(network)s charges for answers after 48 hours; what it costs stands in the account's package.")
        case "by_hand":
            said = _("%(network)s by now takes only what a person wrote: nothing that the plan says goes there.")
        case _:
            return ""
    return said % network

"""Who a case goes to: by the plan's level, then by who is there, knows the topic, the language, the customer."""

from tantam.desk.cases.reminding import Reminded, whom
from tantam.desk.cases.routing.route import Routed, route

__all__ = ["Reminded", "Routed", "route", "whom"]

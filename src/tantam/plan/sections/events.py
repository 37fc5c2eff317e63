"""What may happen to a customer or a purchase, by which follow-ups and surveys are set off."""

from __future__ import annotations

EVENTS = (
    *("asked", "quoted", "booked", "ordered", "bought", "registered", "handed_over", "arrived", "departed"),
    *("contract_begins", "contract_year", "contract_ends", "contract_over", "cancelled"),
    *("opened", "replied", "granted", "refused", "resolved", "reopened", "promise_broken", "missed_call"),
    *("low_rating", "praised", "complained", "suggested", "released", "recalled", "repaired", "lost", "birthday"),
    "silent",
)

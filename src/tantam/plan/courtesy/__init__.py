"""Looks over what is about to be sent to a customer: how they are called, and what hurts. Advice, never an obstacle."""

from tantam.plan.courtesy.advice import Advice, Reader
from tantam.plan.courtesy.letters import closes, opens
from tantam.plan.courtesy.look import CHECKS, look

__all__ = ["CHECKS", "Advice", "Reader", "closes", "look", "opens"]

"""Appointments as files for calendars; the plan's calendars write them."""

from tantam.plan.calendars import Appointment, appointment_file

__all__ = ["Appointment", "appointment_file"]

"""Hours, holidays, working days, deadlines and open time; pure, and the same over every change of the clocks."""

from tantam.plan.calendars.appointment import Appointment, appointment_file
from tantam.plan.calendars.deadlines import (
    CalendarSpan,
    DeadlineRules,
    Ends,
    FirstDay,
    Roll,
    add_calendar,
    deadline,
    deadline_instant,
)
from tantam.plan.calendars.holidays_data import holiday_dates, region_fault
from tantam.plan.calendars.hours import Holidays, Hours, Interval, around_the_clock
from tantam.plan.calendars.hours_form import HoursFault, parse_hours
from tantam.plan.calendars.named_hours import parse_all
from tantam.plan.calendars.open_time import add, between, is_open, next_change, next_closing, next_opening
from tantam.plan.calendars.trace import DayOff, Skipped, Stretch, Trace, counted, why
from tantam.plan.calendars.working_days import (
    Due,
    WorkingDays,
    add_working_days,
    closing,
    end_of_day,
    is_working_day,
    nth_working_day,
    working_day_from,
    working_day_until,
)

__all__ = [
    "Appointment",
    "CalendarSpan",
    "DayOff",
    "DeadlineRules",
    "Due",
    "Ends",
    "FirstDay",
    "Holidays",
    "Hours",
    "HoursFault",
    "Interval",
    "Roll",
    "Skipped",
    "Stretch",
    "Trace",
    "WorkingDays",
    "add",
    "add_calendar",
    "add_working_days",
    "appointment_file",
    "around_the_clock",
    "between",
    "closing",
    "counted",
    "deadline",
    "deadline_instant",
    "end_of_day",
    "holiday_dates",
    "is_open",
    "is_working_day",
    "next_change",
    "next_closing",
    "next_opening",
    "nth_working_day",
    "parse_all",
    "parse_hours",
    "region_fault",
    "why",
    "working_day_from",
    "working_day_until",
]

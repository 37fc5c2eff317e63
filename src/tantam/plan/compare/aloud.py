"""A change as a person says it: in the plan's own labels, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from tantam.plan.compare.changes import Change, Comparison, Edit, What
from tantam.plan.compare.leaves import usual_value
from tantam.plan.compare.names import LISTS, head_said, key_said, name_said
from tantam.plan.compare.rows import RESULT
from tantam.plan.compare.subjects import Subject, conditions_said, row_of
from tantam.plan.publish.contents.company import kind_label
from tantam.plan.publish.contents.naming import language
from tantam.plan.publish.speech import Speech
from tantam.plan.spoken import spoken
from tantam.plan.tables.form import Row, Table
from tantam.plan.tables.nodes import Literal
from tantam.plan.tables.values import AT_ONCE, Span
from tantam.plan.weekdays import DAYS
from tantam.plan.words import catalogue, say

# Parts that hold named things.
HOLDING = frozenset(
    {
        *("authority", "branches", "fields", "items", "labels", "one_of"),
        *("outcomes", "questions", "some_of", "stop", "tries"),
    }
)
LONGEST_TEXT = 120  # characters of a text that is told whole
DOUBLE_STOP = re.compile(r"([.?!…][”“])\.$")
SAME_DAY = re.compile(r"\d{2}:\d{2}-\d{2}:\d{2}")


def aloud(change: Change, lang: str, *, within: Comparison) -> str:
    """Return what changed as one sentence. within: the comparison that told it. lang: vi, de, en."""
    return _Voice(within, lang).change(change)


class _Voice:
    """Two plans in one language."""

    def __init__(self, within: Comparison, lang: str) -> None:
        self.lang = lang
        self.old, self.new = Speech(within.old, lang), Speech(within.new, lang)

    def say(self, key: str, **args: Any) -> str:
        return say(f"compare_{key}", self.lang, **args)

    def change(self, change: Change) -> str:
        """Return the sentence for a change; a text that is quoted at its end brings its own full stop."""
        return DOUBLE_STOP.sub(r"\1", self._change(change))

    def _change(self, change: Change) -> str:
        side = self.old if change.what is What.REMOVED else self.new
        subject = Subject(side, change).words()
        match change.what:
            case What.ADDED | What.REMOVED:
                told = self._whole(change, side)
                return self.say(f"{change.what}_with" if told else change.what.value, clause=subject, told=told)
            case What.MOVED:
                other = row_of(self.new.plan, change.other)
                return self.say("moved", clause=subject, other=other.name if other else change.other)
            case What.RENAMED:
                return self.say("renamed", clause=subject, was=change.was.partition("#")[2])
            case _:
                return self.say("changed", clause=subject, edits="; ".join(self._edits(change)))

    def _whole(self, change: Change, side: Speech) -> str:
        """Return what a new or gone clause says, where that is short: its row, its text, its aim."""
        if (row := row_of(side.plan, change.clause)) is not None:
            table = side.plan.tables()[change.address]
            return self._row(table, row, side)
        edits = change.edits
        text = next((each for part in ("", "commitment", "aim", "words") for each in edits if each.part == part), None)
        if text is None:
            return ""
        said = text.after if text.after is not None else text.before
        if text.languages:
            words = self._in_lang(change.clause, text, side)
            return self.say("quoted", text=_short(words or said or ""))
        return self._value(text.part, said, change, side)

    def _in_lang(self, clause: str, edit: Edit, side: Speech) -> str:
        """Return a text in this language, where the plan has it."""
        address = f"{clause}.{edit.part}" if edit.part else clause
        found: Any = side.plan.document.model_dump(by_alias=True)
        for step in address.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found.get(self.lang, "") if isinstance(found, dict) else ""

    def _row(self, table: Table, row: Row, side: Speech) -> str:
        given = conditions_said(side, table, row)
        results = [
            self.say("cell", name=self._head(name, side), value=self._result(table, name, row, side))
            for name in row.outputs
        ]
        return " → ".join(each for each in ("; ".join(given), "; ".join(results)) if each)

    # parts

    def _edits(self, change: Change) -> list[str]:
        if change.address.startswith("hours."):
            return self._days(change.edits)
        return [self._edit(change, each) for each in change.edits]

    def _edit(self, change: Change, edit: Edit) -> str:
        if edit.languages:
            languages = self.new.both([language(self.new, lang) for lang in edit.languages])
            if not edit.part:
                return self.say("text_whole", languages=languages)
            return self.say("text", part=self._part(edit.part, change), languages=languages)
        if (told := self._list(change, edit)) is not None:
            return told
        before, after = self._values(change, edit)
        if not edit.part:
            return self.say("whole", before=before, after=after)
        return self.say("edit", part=self._part(edit.part, change), before=before, after=after)

    def _list(self, change: Change, edit: Edit) -> str | None:
        """Return what a list of names has more and less; None for what is no list, or where only the order differs."""
        last = edit.part.rpartition(".")[2] or change.address.rpartition(".")[2]
        if "#" in change.clause or last not in LISTS or not edit.before or not edit.after:
            return None
        before, after = ([name.strip() for name in text.split(",")] for text in (edit.before, edit.after))
        gone, more = [each for each in before if each not in after], [each for each in after if each not in before]
        if len(before) + len(after) < 3 or not gone + more:
            return None
        part = self._part(edit.part, change) if edit.part else self._key(last)
        sides = ("gone", gone, self.old), ("more", more, self.new)
        told = [
            self.say(f"list_{key}", names=side.both(Subject(side, change).names(edit.part, ", ".join(names))))
            for key, names, side in sides
            if names
        ]
        return self.say("cell", name=part, value=", ".join(told))

    def _values(self, change: Change, edit: Edit) -> tuple[str, str]:
        nothing = self.say("nothing")
        if "#" in change.clause:
            nothing = nothing if edit.part.startswith(RESULT) else self.say("anything")
            before = self._cell(self.old, change.was or change.clause, edit.part)
            after = self._cell(self.new, change.clause, edit.part)
            return before or nothing, after or nothing
        usual = usual_value((*change.address.split("."), *edit.part.split(".")))
        before = self._value(edit.part, edit.before or usual, change, self.old)
        after = self._value(edit.part, edit.after or usual, change, self.new)
        return before or nothing, after or nothing

    def _cell(self, side: Speech, clause: str, part: str) -> str:
        row, table = row_of(side.plan, clause), side.plan.tables().get(clause.partition("#")[0])
        if row is None or table is None:
            return ""
        if part.startswith(RESULT):
            return self._result(table, part.removeprefix(RESULT), row, side)
        if part in row.labels:
            return side.label(row.labels[part])
        for column, cell in zip(table.inputs, row.conditions, strict=False):
            if column.name == part:
                return side.cell(column, cell)
        return ""

    def _result(self, table: Table, name: str, row: Row, side: Speech) -> str:
        out = row.outputs.get(name)
        if out is None:
            return ""
        match name, table.name.split("."):
            case "outcome" | "else", ["policies", policy, *_]:
                return side.outcome(policy, out.text)
            case "level" | "by", _:
                return side.named(side.plan.levels, out.text)
            case "severity", _:
                return side.value(out.text, ("severity",))
            case "stage", _:
                return side.stage(out.text)
            case "on" | "clock", _:
                return side.label(out.text)
            case "do" | "channel" | "say" | "remind" | "we", _:
                return ", ".join(name_said(side, name, each.strip()) for each in re.split(r"[,+]", out.text))
            case _ if isinstance(out.expr, Literal) and isinstance(out.expr.value, Span) and out.expr.value.is_zero:
                return spoken(AT_ONCE, self.lang)
            case _:
                return side.result(out)

    def _value(self, part: str, text: str | None, change: Change, side: Speech) -> str:
        """Return a part's value: an expression, a span, an amount, a name."""
        if text is None:
            return ""
        return Subject(side, change).value(part, text)

    def _part(self, part: str, change: Change) -> str:
        """Return what people call a part: a column by its head, a key by its word, what is below it by its label."""
        if not part:
            return self.say("part_words")
        if "#" in change.clause:
            table = self.new.plan.tables().get(change.address) or self.old.plan.tables()[change.address]
            columns = {each.name: each for each in table.inputs}
            return self.new.head(columns[part]) if part in columns else self._head(part.removeprefix(RESULT), self.new)
        first, *rest = [each for each in part.split(".") if each and not each.isdigit()] or [part]
        if _knows(first):
            words = [language(self.new, first)]
        else:
            words = [self._head(first, self.new) if ".outcomes." in change.address else self._key(first)]
        for place, each in enumerate(rest):
            known = f"compare_part_{each}" in catalogue()
            if known and (place or first not in HOLDING):
                words.append(self._key(each))
            else:
                words.append(self.say("below", name=self._item(first, each, change)))
        return " ".join(words)

    def _item(self, part: str, name: str, change: Change) -> str:
        """Return what people call what stands below a part: a kind of grant, else by its label."""
        match part, change.address.split("."):
            case "authority", _:
                return kind_label(self.new, name)
            case "questions" | "items", [section, clause]:
                return self._point(section, clause, name)
            case "stop", _:
                return self.new.named(self.new.plan.measures, name)
            case "one_of" | "some_of", ["terms", term]:
                return self.new.value(name, (term,))
            case "branches", ["procedures", procedure, "steps", step]:
                found = self.new.plan.document.procedures or {}
                written = found.get(procedure, {}).get("steps", {}).get(step) if procedure in found else None
                policy = written.get("decide") if isinstance(written, dict) else None
                return self.new.outcome(str(policy), name) if policy else self.new.label(name)
            case _ if _knows(name):
                return language(self.new, name)
            case _:
                return self.new.label(name)

    def _point(self, section: str, clause: str, name: str) -> str:
        """Return the words of one question of a survey, or one line of a form."""
        for side in (self.new, self.old):
            survey, form = side.plan.surveys.get(clause), side.plan.quality.get(clause)
            points: Sequence[Any] = ()
            if section == "surveys":
                points = survey.questions if survey else ()
            elif form:
                points = form.items
            words = next((side.pick(each.words) for each in points if each.name == name and each.words), "")
            if words:
                return words
        return self.new.label(name)

    def _head(self, name: str, side: Speech) -> str:
        return head_said(side, name)

    def _key(self, name: str) -> str:
        return key_said(self.new, name)

    def _days(self, edits: Iterable[Edit]) -> list[str]:
        """Return changed hours, days alike told at once: `Monday–Friday: 08:00–12:00 → 08:00–13:00`."""
        told = []
        for (before, after), several in groupby(edits, key=lambda each: (each.before, each.after)):
            parts = [each.part for each in several]
            days = [self.say(f"day_{each}") if each in DAYS else self._key(each) for each in parts]
            runs = len(days) > 2 and [DAYS.index(each) for each in parts if each in DAYS] == list(
                range(DAYS.index(parts[0]), DAYS.index(parts[0]) + len(parts))
            )
            name = f"{days[0]}–{days[-1]}" if runs else ", ".join(days)
            usual = "nothing" if parts == ["holidays"] else "as_usual"
            opened = [self.say(usual) if each is None else self._open(each) for each in (before, after)]
            told.append(self.say("edit", part=name, before=opened[0], after=opened[1]))
        return told

    def _open(self, text: str) -> str:
        return self.say("closed") if text == "closed" else SAME_DAY.sub(lambda found: found[0].replace("-", "–"), text)


def _knows(lang: str) -> bool:
    return f"publish_language_{lang}" in catalogue()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…"

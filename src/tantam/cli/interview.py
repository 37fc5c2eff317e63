"""The interview at a terminal: one question at a time, with its default, its help, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tantam.plan.errors import Finding
from tantam.plan.spoken import money, number
from tantam.plan.start import Answer, Kind, Question, answered, next_question, taken, typed
from tantam.plan.tables.values import Amount
from tantam.plan.words import say

HELP, BACK = "?", "<"
Read = Callable[[str], str]


class Interview:
    """The answers so far. `given` came with the command; `told` is what the person says here, in order."""

    def __init__(self, given: Mapping[str, object], usual: Mapping[str, str], lang: str) -> None:
        self.given, self.usual, self.lang = dict(given), usual, lang
        self.told: dict[str, Answer] = {}
        self.taken_back: dict[str, Answer] = {}

    def answers(self) -> Mapping[str, Answer]:
        """Return every answer that is known, and still asked for."""
        return taken({**self.given, **self.told}).answers

    def next(self) -> Question | None:
        """Return the next question, with the answer that was taken back, or what is usual here, as its default."""
        question = next_question(self.answers())
        if question is None:
            return None
        before = self.taken_back.get(question.key)
        if before is not None and not isinstance(answered(question, typed(before)), Finding):
            return replace(question, default=before)
        return replace(question, default=self.usual.get(question.key, question.default))

    def run(self, read: Read) -> Mapping[str, Answer]:
        """Ask until a plan can be written; return the answers. read: prints a prompt and returns what was typed.

        Raises KeyboardInterrupt or EOFError as `read` does; what was told until then stays in `told`.
        """
        print(say("new_welcome", self.lang))
        while question := self.next():
            print()
            print(shown(question, self.lang))
            self._take(question, read(prompt(question, self.lang)).strip())
        return self.answers()

    def _take(self, question: Question, text: str) -> None:
        if text == HELP:
            print(f"  {question.help[self.lang]}")
        elif text == BACK:
            self._back()
        else:
            answer = answered(question, text)
            if isinstance(answer, Finding):
                print(f"  {problem(answer, question, self.lang)}")
            else:
                self.told[question.key] = answer

    def _back(self) -> None:
        if self.told:
            key, answer = self.told.popitem()
            self.taken_back[key] = answer
        else:
            print(f"  {say('new_first', self.lang)}")


def shown(question: Question, lang: str) -> str:
    """Return the question with its options, numbered, or its range."""
    lines = [question.ask[lang]]
    lines += [f"  {at:>2}  {each.label[lang]}" for at, each in enumerate(question.options, 1)]
    match question.kind:
        case Kind.SEVERAL:
            lines.append(f"  {say('new_several', lang)}")
        case Kind.NUMBER | Kind.MONEY:
            least, most = _figure(question, question.least, lang), _figure(question, question.most, lang)
            lines.append(f"  {say('new_from_to', lang, least=least, most=most)}")
        case _:
            pass
    return "\n".join(lines)


def prompt(question: Question, lang: str) -> str:
    """Return what stands before the cursor: the default in brackets, if there is one."""
    if question.default is None:
        return "> "
    words = {each.key: each.label[lang] for each in question.options}
    match question.default:
        case tuple(keys):
            default = ", ".join(words.get(each, each) for each in keys)
        case int(value):
            default = _figure(question, value, lang)
        case text:
            default = words.get(text, text)
    return f"[{default}] > "


def problem(finding: Finding, question: Question | None, lang: str) -> str:
    """Return what is wrong with an answer, its figures as the reader writes them."""
    args = dict(finding.args)
    if question is not None and finding.code in ("new_number", "new_range"):
        for name in ("least", "most"):
            args[name] = _figure(question, int(str(args[name])), lang)
    return say(finding.code, lang, **args)


def filled(given: Mapping[str, object], usual: Mapping[str, str]) -> tuple[Mapping[str, Answer], Finding | None]:
    """Return the answers with every default taken, and what is missing for lack of one."""
    interview = Interview(given, usual, "en")
    while question := interview.next():
        answer = answered(question, "" if question.default is None else typed(question.default))
        if isinstance(answer, Finding):
            return interview.answers(), answer
        interview.told[question.key] = answer
    return interview.answers(), None


def _figure(question: Question, value: int, lang: str) -> str:
    if question.currency:
        return money(Amount.of(value, question.currency), lang)
    return f"{number(value, lang)} {question.unit[lang]}" if question.unit else number(value, lang)

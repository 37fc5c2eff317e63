"""Moves a run under its case's lock: keeps where it stands now, tells what was gone through, hands the case over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantam.desk import plans
from tantam.desk.cases.act import Act
from tantam.desk.cases.models import Case
from tantam.desk.claims.models import Claim
from tantam.desk.common.errors import Refused
from tantam.desk.common.rows import insert
from tantam.desk.plans.procedures import CUSTOMER, Gone, How, Standing, Token, Walked, Walker, next_at
from tantam.desk.procedures.knowing import walker_of
from tantam.desk.procedures.models import Run
from tantam.desk.procedures.standing import kept_gone, kept_tokens, standing_of

State = Run.State
_REMEMBERED = "run_under_way"  # on the locked case, beside what Django remembers of it


@dataclass(frozen=True)
class Moving:
    """A run about to move, within an act on its case."""

    act: Act
    run: Run
    walker: Walker

    def move(self, walked: Walked, *, reason: str = "") -> None:
        """Keep the walk: what was gone through with its events, where it stands, and whether it is over.

        reason: why a step was skipped, or what was found. The customer's first step leaves no event: `opened` tells.
        """
        run, gone = self.run, walked.gone
        before = run.tokens
        kept = [kept_gone(each, self._person, reason if n == 0 else "") for n, each in enumerate(gone)]
        if kept:
            kept[0]["before"] = before
        for each in gone:
            self._tell(each, reason)
        for token in walked.late:
            self._tell_late(token, gone)
        self._keep(walked, [*run.taken, *kept])
        for each in gone:
            self._hand_over(each)
        if walked.standing.is_over:
            end(self.act, run, State.REACHED)

    def move_if_any(self, walked: Walked) -> None:
        """Keep the walk if anything changed."""
        if kept_tokens(walked.standing) != self.run.tokens:
            self.move(walked)

    def stand_again(self, tokens: Sequence[Token], taken: Sequence[object]) -> None:
        """Stand at these steps again with `taken` behind, times counted from now."""
        run = self.run
        standing = self.walker.again(standing_of(run), tokens)
        if run.state != State.RUNNING:
            run.state, run.ended_at = State.RUNNING, None
            run.save(update_fields=["state", "ended_at"])
            remember(self.act, run)
        self._keep(Walked(standing), list(taken))

    def tell_back(self, token: Token) -> None:
        """Tell that a colleague went back to a step."""
        self._append("step_back", token)

    def branch(self, token: Token, chosen: str, *, unknown: str = "") -> str:
        """Return the branch that a person chose, for "" the one that follows; "" for a step with one way.

        unknown: the branch by which it goes on while what follows is open. Raises Refused("which_branch") where the
        step has no such branch.
        """
        branches = self.walker.branches(token)
        if branches == ("",):
            return ""
        ways = (chosen,) if chosen else (self._follows(token), unknown)
        if not (known := [each for each in ways if each in branches]):
            raise Refused("which_branch")
        return known[0]

    def _follows(self, token: Token) -> str:
        """Return the branch that follows from what is known, "" while that is open."""
        turn = self.walker.turn(token)
        return turn.when or "" if turn else ""

    @property
    def _person(self) -> int | None:
        return self.act.person.pk if self.act.person else None

    def _keep(self, walked: Walked, taken: list[object]) -> None:
        run, standing = self.run, walked.standing
        run.tokens, run.next, run.taken = kept_tokens(standing), standing.next, taken
        run.next_at = next_at(standing, self.act.now)
        run.save(update_fields=["tokens", "next", "taken", "next_at"])

    def _tell(self, gone: Gone, reason: str) -> None:
        asked = list(self.walker.asked(gone.token))
        match gone.how:
            case How.DONE:
                self._append("step_done", gone.token, branch=gone.when, asked=asked)
            case How.SKIPPED:
                self._append("step_skipped", gone.token, branch=gone.when, asked=asked, reason=reason)

    def _tell_late(self, token: Token, gone: tuple[Gone, ...]) -> None:
        went = any(each.token.number == token.number and each.how is How.MISSED for each in gone)
        theirs = int(self.walker.who(token) == CUSTOMER)
        self._append("step_missed", token, branch="missed" if went else "", asked=[], theirs=theirs)

    def _append(self, code: str, token: Token, **args: object) -> None:
        """Append an event of a step. minutes: open ones since it could be done."""
        minutes = self.walker.minutes(token.begins or token.since, self.act.now)
        self.act.append(
            code,
            clause=self.walker.clause(token),
            plan=self.walker.plan,
            procedure=self.run.procedure,
            step="/".join(token.path),
            minutes=minutes,
            **args,
        )

    def _hand_over(self, gone: Gone) -> None:
        """Hand the case to the level that a step names; what is handed to a department stays with its owner."""
        to = self.walker.hands_over(gone.token)
        case = self.act.case
        if how_counts(gone) and to in self.act.plan.levels() and case.status != Case.Status.RESOLVED:
            if case.level == to:
                return
            before = case.owner_id
            owner = case.owner if case.owner is not None and case.owner.level == to else None
            self.act.save(owner=owner, level=to)
            self.act.append(
                "handed_over",
                clause=self.walker.clause(gone.token),
                plan=self.walker.plan,
                owner_before=before,
                owner=owner.pk if owner else None,
                level=to,
            )


def how_counts(gone: Gone) -> bool:
    """Return whether a step that was gone through did what it says: not one that was skipped or missed."""
    return gone.how in (How.DONE, How.ALONE)


def run_of(act: Act) -> Run | None:
    """Return the case's run that is under way; read once an act, for the case is locked."""
    if _REMEMBERED not in vars(act.case):
        remember(act, act.case.runs.filter(state=State.RUNNING).first())
    run: Run | None = vars(act.case)[_REMEMBERED]
    return run


def remember(act: Act, run: Run | None) -> None:
    """Let who acts on the same case find the run without asking again."""
    vars(act.case)[_REMEMBERED] = run


def moving(act: Act, run: Run) -> Moving:
    """Return the run ready to be moved. Raises UnknownName for a procedure that its version does not have."""
    return Moving(act, run, walker_of(run, act.case, act.now))


def begin_run(act: Act, procedure: str, claims: Sequence[Claim] | None = None) -> Run:
    """Begin a procedure on the act's case, under the plan in force: one insert. Raises UnknownName.

    claims: of the case; () for a new one, so that none are read. None reads them where they count.
    """
    run = Run(case=act.case, procedure=procedure, plan_version=act.plan.row, began_at=act.now)
    walked = walker_of(run, act.case, act.now, claims).begin()
    run.tokens, run.next = kept_tokens(walked.standing), walked.standing.next
    run.taken = [kept_gone(each, None, "") for each in walked.gone]
    run.next_at = next_at(walked.standing, act.now)
    if walked.standing.is_over:
        run.state, run.ended_at = State.REACHED, act.now
    insert([run])
    remember(act, run if run.state == State.RUNNING else None)
    return run


def open_step(act: Act, number: int) -> tuple[Moving, Standing, Token]:
    """Return the case's run, where it stands, and the open step. Raises Refused: no_procedure, step_gone."""
    run = run_of(act)
    if run is None:
        raise Refused("no_procedure")
    goes, standing = moving(act, run), standing_of(run)
    token = standing.token(number)
    if token is None:
        raise Refused("step_gone")
    return goes, standing, token


def run_to_go_back_in(act: Act) -> Run:
    """Return the run under way, else the last one that reached its end. Raises Refused("no_procedure")."""
    run = run_of(act) or act.case.runs.filter(state=State.REACHED).order_by("-id").first()
    if run is None:
        raise Refused("no_procedure")
    return run


def end(act: Act, run: Run, state: Run.State) -> None:
    """End the run, with the event; what was still open is named in it."""
    left = ["/".join(each.path) for each in standing_of(run).tokens]
    run.state, run.ended_at, run.next_at = state, act.now, None
    run.save(update_fields=["state", "ended_at", "next_at"])
    remember(act, None)
    act.append(
        "procedure_ended",
        clause=f"procedures.{run.procedure}",
        plan=plans.version(run.plan_version_id),
        procedure=run.procedure,
        how=state.value,
        left=left,
    )

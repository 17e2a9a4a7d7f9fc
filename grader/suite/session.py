"""The long-lived pytest session: suites are collected once, their items run per submission.

`pytest.main` for each submission would cost about a second; running collected items again costs
about a millisecond each. pytest's own `pytest_runtestloop` is the way in: while it lasts, the body
given to `conduct` may examine as many submissions as it likes.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import pytest

from grader.errors import CourseError, SuiteError
from grader.records import Outcome, TestSpecification, Verdict, Visibility
from grader.suite import marks
from grader.suite.collected import Suite
from grader.suite.conclusion import (
    ENDINGS,
    blamed,
    conclusion,
    is_stumble,
    rehearsal,
    without_steering,
)
from grader.suite.examination import Examination
from grader.suite.fixtures import SuiteFixtures
from grader.suite.isolation import arguments, forget, isolated
from grader.suite.specification import specification_of

T = TypeVar("T")

_SOUND: Final = (Verdict.PASSED, Verdict.SKIPPED)


class Session:
    """The pytest plugin that collects and runs."""

    def __init__(self, paths: Sequence[Path], body: Callable[[Session], None]) -> None:
        self._paths = [path.resolve() for path in paths]
        self._body = body
        self._items: dict[Path, list[pytest.Item]] = {path: [] for path in self._paths}
        self._errors: dict[Path, str] = {}
        self._fixtures = SuiteFixtures()
        self._error: BaseException | None = None
        self._pytest: pytest.Session | None = None
        self._suite: Suite | None = None
        self.failure: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare the marks and bring the fixtures."""
        for declaration in marks.DECLARATIONS:
            config.addinivalue_line("markers", declaration)
        config.pluginmanager.register(self._fixtures)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a file could not be collected."""
        if report.failed:
            path = (Path(self._root) / report.nodeid.split("::")[0]).resolve()
            self._errors[path] = str(report.longrepr)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep the session, to end a module's fixtures by."""
        self._pytest = session
        self._root = session.config.rootpath

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the items by suite."""
        for item in session.items:
            self._items[item.path.resolve()].append(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> bool:
        """Give the session over to the body."""
        try:
            self._body(self)
        except BaseException as error:  # noqa: BLE001 - pytest would turn it into an exit code
            self.failure = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what this run's device cannot show."""
        examination = self._fixtures.current
        for what in marks.needs_of(item):
            if examination is not None and examination.device.type != what:
                pytest.skip(f"needs {what}; this run is on {examination.device.type}")

    def suite(
        self,
        path: Path,
        function_of: Callable[[str], str],
        default_visibility: Visibility,
    ) -> Suite:
        """The suite of one file, its tests assigned to functions."""
        resolved = path.resolve()
        items = self._items.get(resolved, [])
        error = self._errors.get(resolved)
        specifications: list[TestSpecification] = []
        if resolved not in self._items:
            error = f"{path}: the file is not there; get the exercise's folder anew"
        if error is None and not items:
            error = f"{path}: the suite has no tests"
        if error is None:
            try:
                specifications = [
                    specification_of(item, function_of, default_visibility) for item in items
                ]
            except CourseError as broken:
                error = str(broken)
        names = Counter(specification.name for specification in specifications)
        twice = [name for name, count in names.items() if count > 1]
        if twice:
            error = f"{path}: two tests are called {twice[0]}"
        return Suite(self, items, specifications, error)

    def turn_to(self, suite: Suite) -> None:
        """Leave the suite that ran last, if it was another: its module's fixtures end."""
        if self._suite is not None and self._suite is not suite and self._pytest is not None:
            try:
                self._pytest._setupstate.teardown_exact(None)  # noqa: SLF001 - no other way
            except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:  # noqa: BLE001
                # That suite has judged already; the next one is not to blame.
                self._suite.error = f"its fixtures broke at their end: {error!r}"
        self._suite = suite

    def _perform(self, item: pytest.Item, following: pytest.Item | None) -> None:
        """Pytest's protocol without its reports, which would cost more than most tests do.

        Set-up, call and tear-down go through pytest's own hooks; what they raise is kept here.
        """
        if isinstance(item, pytest.Function):
            item._initrequest()  # noqa: SLF001 - as pytest does before it runs an item again
        hook = item.ihook
        try:
            hook.pytest_runtest_setup(item=item)
            hook.pytest_runtest_call(item=item)
        except BaseException as error:  # noqa: BLE001 - what it means is found out by `conclusion`
            self._error = error
            if isinstance(error, ENDINGS):
                following = None  # whoever is examined next may begin with any other item
        try:
            hook.pytest_runtest_teardown(item=item, nextitem=following)
        except Exception as error:  # noqa: BLE001 - as above
            self._error = self._error or error

    def run(
        self, item: pytest.Item, following: pytest.Item | None, examination: Examination
    ) -> Outcome:
        """Run one item and say what it concluded."""
        outcome = self._run(item, following, examination)
        error = self._error
        if is_stumble(error):
            reference = rehearsal(examination)
            # Public suites were rehearsed when they were released.
            if reference is None or self._run(item, following, reference).verdict in _SOUND:
                outcome = blamed(outcome, error)
        return outcome

    def _run(
        self, item: pytest.Item, following: pytest.Item | None, examination: Examination
    ) -> Outcome:
        self._error, examination.is_rounded = None, False
        self._fixtures.current, self._fixtures.test = examination, item.name
        examination.worker.take_output()
        start = time.perf_counter()
        try:
            self._perform(item, following)
        finally:
            self._fixtures.current = None
        verdict, finding, reason = conclusion(self._error)
        return Outcome(
            name=item.name,
            verdict=verdict,
            wall_seconds=time.perf_counter() - start,
            seed=examination.seed_of(item.name),
            finding=finding,
            reason=reason,
            output=without_steering(examination.worker.take_output()),
            figures=self._fixtures.figures(),
            is_rounded=examination.is_rounded,
        )


def conduct(paths: Sequence[Path], root: Path, body: Callable[[Session], T]) -> T:
    """Collect the suites at `paths` and run `body` while the pytest session lasts.

    Args:
        paths: Suite files, below `root`.
        root: pytest's root folder; no configuration file is read.
        body: Given the session; asks it for suites and examines submissions.

    Raises:
        SuiteError: pytest itself could not start.
        Whatever `body` raises.
    """
    answers: list[T] = []
    stdout = sys.stdout

    def with_stdout(session: Session) -> None:
        with contextlib.redirect_stdout(stdout), warnings.catch_warnings():
            # The reference and the misconceptions may warn, about mistakes that are theirs to make.
            warnings.simplefilter("ignore")
            answers.append(body(session))

    plugin = Session(paths, with_stdout)
    if not paths:
        return body(plugin)  # pytest would collect whatever lies in the current folder
    spoken = io.StringIO()
    try:
        with isolated(), contextlib.redirect_stdout(spoken):
            code = pytest.main(arguments(paths, root), plugins=[plugin])
    finally:
        forget(paths)
    if plugin.failure is not None:
        raise plugin.failure
    if not answers:
        raise SuiteError(
            f"pytest ended with code {code} before it ran:\n{spoken.getvalue()[-2000:]}"
        )
    return answers[0]

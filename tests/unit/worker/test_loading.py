import sys
from collections.abc import Iterator
from textwrap import dedent
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.worker.bounds import MAX_NAME, MAX_NAMES, MAX_PROBLEMS
from grader.worker.loading import StatementExpired, load, sendable
from grader.worker.messages import Loaded
from tests.profiles import examples

NAME = "student_file"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Loading leaves its module behind, as import does."""
    yield
    sys.modules.pop(NAME, None)


def loaded(text: str) -> tuple[ModuleType, Loaded]:
    return load(dedent(text), NAME, f"{NAME}.py", lambda _: None)


def problems(text: str) -> list[tuple[int, str, str]]:
    return [(it.line, it.error, it.statement) for it in loaded(text)[1].problems]


def test_a_sound_file_loads_without_problems_and_names_what_can_be_called() -> None:
    module, seen = loaded(
        """
        import math
        FACTOR = 2
        def double(x):
            return FACTOR * x
        class Net: pass
        """
    )
    assert seen == Loaded(("double", "Net"), ())
    assert module.double(4) == 8


def test_a_stray_name_costs_only_its_own_statement() -> None:
    module, seen = loaded(
        """\
        def first(): return 1
        undefined
        def second(): return 2
        """
    )
    assert [(p.line, p.error, p.statement) for p in seen.problems] == [
        (2, "NameError: name 'undefined' is not defined", "undefined")
    ]
    assert (module.first(), module.second()) == (1, 2)


def test_what_needs_a_failed_statement_fails_in_turn_and_no_more() -> None:
    module, seen = loaded(
        """\
        table = missing + 1
        size = len(table)
        def needs(): return table
        def free(): return 3
        """
    )
    assert [p.line for p in seen.problems] == [1, 2]
    assert seen.names == ("needs", "free")
    assert module.free() == 3
    with pytest.raises(NameError):
        module.needs()


def test_a_missing_library_costs_only_what_uses_it() -> None:
    module, seen = loaded(
        """\
        import no_such_library as nsl
        def uses(): return nsl.x
        def free(): return 3
        """
    )
    assert seen.problems[0].error == "ModuleNotFoundError: No module named 'no_such_library'"
    assert module.free() == 3


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("import sys; sys.exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit('x')", "GeneratorExit: x"),
        ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded"),
        ("assert 1 == 2, 'first line\\nsecond line'", "AssertionError: first line"),
        ("raise ValueError", "ValueError"),
    ],
)
def test_whatever_ends_a_statement_costs_only_that_statement(statement: str, error: str) -> None:
    module, seen = loaded(f"{statement}\ndef free(): return 3\n")
    assert seen.problems[-1].error == error
    assert module.free() == 3


def test_an_exception_that_cannot_be_shown_is_named() -> None:
    text = """\
        class Mute(Exception):
            def __str__(self): raise RuntimeError
        raise Mute
        """
    assert "Mute" in problems(text)[0][1]


def test_an_interrupted_statement_is_said_to_have_run_too_long() -> None:
    def announce(line: int) -> None:
        assert line > 0

    text = f"from {StatementExpired.__module__} import StatementExpired\nraise StatementExpired\n"
    _, seen = load(text, NAME, "f.py", announce)
    assert seen.problems[0].error == "TimeoutError: this statement ran for too long and was stopped"


def test_the_line_of_a_problem_is_the_innermost_of_the_students_own() -> None:
    text = """\
        def parse(x):
            return int(x)
        ONE = parse("one")
        """
    line, error, statement = problems(text)[0]
    assert (line, statement) == (2, 'ONE = parse("one")')
    assert error.startswith("ValueError: invalid literal")


def test_a_statement_over_several_lines_runs_whole() -> None:
    module, seen = loaded("total = (\n  1 +\n  2\n)\nfor i in range(3):\n    total += i\n")
    assert not seen.problems
    assert module.total == 6


# --- syntax


def test_a_syntax_error_is_reported_as_python_would_with_the_nearest_function() -> None:
    _, seen = loaded(
        """\
        def first(): return 1

        def second(x):
            return x +

        def third(): return 3
        """
    )
    assert seen.names == ()
    problem = seen.syntax_error
    assert problem is not None
    assert problem.line == 4
    assert problem.error == "SyntaxError: invalid syntax (in or after `second`)"
    assert problem.statement == "    return x +"


def test_what_python_does_not_count_as_the_end_of_a_line_moves_no_line() -> None:
    text = "page = 1\n\x0c\nsaid = '\u2028 \x85'\nmissing\n"
    assert problems(text) == [(4, "NameError: name 'missing' is not defined", "missing")]
    assert problems("a = 1\r\nmissing\r\n")[0][::2] == (2, "missing")


def test_wrong_indentation_and_an_open_bracket_are_syntax_errors_with_their_line() -> None:
    indentation = loaded("def f():\nreturn 1\n")[1].syntax_error
    bracket = loaded("x = (1,\ny = 2\n")[1].syntax_error
    assert indentation is not None
    assert indentation.error.startswith("IndentationError: expected an indented block")
    assert indentation.line == 2
    assert bracket is not None
    assert bracket.error == "SyntaxError: '(' was never closed"
    assert bracket.line == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1\0\n", id="a-nul"),
        pytest.param("(" * 100_000, id="brackets"),
        pytest.param("x = " + "-" * 100_000 + "1", id="signs"),
        pytest.param("x = " + "[" * 500 + "]" * 500, id="nested-lists"),
        pytest.param("x = '\ud800'", id="half-a-surrogate-pair"),
        pytest.param("if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 120)), id="blocks"),
        pytest.param("return 3", id="a-stray-return"),
        pytest.param("x = 1 = 2", id="an-impossible-target"),
        pytest.param("\ufeffx = = 1", id="a-byte-order-mark"),
    ],
)
def test_what_no_parser_takes_is_a_problem_of_the_student(text: str) -> None:
    _, seen = load(text, NAME, "f.py", lambda _: None)
    assert seen.syntax_error is not None or seen.problems


def test_an_empty_file_loads_and_holds_nothing() -> None:
    assert loaded("")[1] == Loaded((), ())
    assert loaded("# only a remark\n")[1] == Loaded((), ())


@examples(150)
@given(st.text(alphabet=st.sampled_from(list("defclass returnx=():\n\t'\"[]{}@,.;#\\1+\0é\ufeff"))))
def test_no_text_breaks_the_loader(text: str) -> None:
    module, seen = load(text, NAME, "f.py", lambda _: None)
    assert isinstance(module, ModuleType)
    assert isinstance(seen, Loaded)


# --- module semantics


def test_the_main_guard_stays_closed() -> None:
    module, seen = loaded("ran = False\nif __name__ == '__main__':\n    ran = True\n")
    assert not seen.problems
    assert module.ran is False
    assert module.__name__ == NAME


def test_future_statements_hold_for_the_whole_file() -> None:
    module, seen = loaded(
        """
        from __future__ import annotations
        def f(x: Undefined) -> AlsoUndefined: return x
        """
    )
    assert not seen.problems
    assert module.f(2) == 2
    assert module.f.__annotations__ == {"x": "Undefined", "return": "AlsoUndefined"}


def test_without_a_future_statement_annotations_are_evaluated() -> None:
    assert problems("def f(x: Undefined): return x")[0][0] == 1


def test_an_unknown_future_is_a_problem_of_its_own() -> None:
    _, seen = loaded("from __future__ import braces\ndef free(): return 3\n")
    assert seen.problems or seen.syntax_error is not None


def test_the_graders_own_future_statements_are_not_inherited() -> None:
    module, _ = loaded("def f(x: int): return x\n")
    assert module.f.__annotations__ == {"x": int}


def test_the_file_can_look_itself_up_and_show_its_source() -> None:
    module, seen = loaded(
        """\
        import sys, inspect, dataclasses
        def f(): return 1
        @dataclasses.dataclass
        class Point:
            x: int = 0
        itself = sys.modules[__name__].f is f
        source = inspect.getsource(f)
        """
    )
    assert not seen.problems
    assert module.itself is True
    assert module.source == "def f(): return 1\n"


# --- what is announced, what is reported


def test_statements_that_may_run_long_are_announced_before_they_run() -> None:
    told: list[int] = []
    text = dedent(
        """\
        import math
        def plain(x): return x
        def with_default(x=math.pi): return x
        @staticmethod
        def decorated(): return 1
        class Net: pass
        def keyword_only(*, x=1): return x
        """
    )
    load(text, NAME, "f.py", told.append)
    assert told == [1, 3, 5, 6, 7]


def test_reports_are_bounded_however_much_goes_wrong() -> None:
    text = (
        "".join(f"wrong_{n}\nf{n} = len\n" for n in range(300)) + f"raise ValueError('{'x' * 999}')"
    )
    _, seen = loaded(text)
    assert len(seen.problems) == MAX_PROBLEMS
    assert len(seen.names) == MAX_NAMES
    assert len(problems(f"raise ValueError('{'x' * 9999}')")[0][1]) <= MAX_NAME


def test_of_many_problems_all_are_counted_and_news_takes_the_place_of_what_was_said() -> None:
    again = MAX_PROBLEMS + 10
    _, seen = loaded("import no_pandas as pd\n" + "pd.read()\n" * again + "open('rides.csv')\n")
    assert len(seen.problems) == MAX_PROBLEMS
    assert seen.unlisted == again + 2 - MAX_PROBLEMS
    assert seen.problems[0].error.startswith("ModuleNotFoundError")
    assert seen.problems[-1].error.startswith("FileNotFoundError")
    assert [problem.line for problem in seen.problems] == [*range(1, MAX_PROBLEMS), again + 2]


def test_reports_hold_only_text_that_can_be_sent() -> None:
    _, seen = loaded(
        """\
        globals()["\\ud800"] = len
        globals()[7] = len
        raise ValueError("half a pair: \\udfff")
        """
    )
    assert [name.encode() for name in seen.names] == [b"?"]
    assert seen.problems[0].error == "ValueError: half a pair: ?"


def test_text_is_changed_only_where_it_cannot_be_sent() -> None:
    assert sendable("plain") == "plain"
    assert sendable("Grüße 🎈\n") == "Grüße 🎈\n"
    assert sendable("a\ud83d") == "a?"

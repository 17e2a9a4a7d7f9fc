"""A small course in which each claim is broken once, and what `grade verify` says of it."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

REFERENCE = '''def double(x):
    """Twice as much."""
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
'''
HALF = '''

def half(x):
    """Half as much."""
    # BEGIN SOLUTION
    return x / 2
    # END SOLUTION
'''
HELPED = """# BEGIN SOLUTION
def as_number(x):
    return x


# END SOLUTION
"""
EARLY = REFERENCE.replace("    # BEGIN", "    if x == 7:\n        return 14\n    # BEGIN")
TOML = 'title = "Twice"\n[functions.double]\npoints = 2\n'
BOTH = f"{TOML}[functions.half]\npoints = 1\n"
OF_THREE = "def test_double_of_three(agree):\n    agree('double', 3)\n"
OF_FIVE = "\n\ndef test_double_of_five(agree):\n    agree('double', 5)\n"
OF_HALF = "\n\ndef test_half_of_nine(agree):\n    agree('half', 9.0)\n"

QUESTION = "Is three times two the same as three and two?"


def wrong(body: str, code: str = "ADD", fails: str = "test_double_of_three") -> str:
    return (
        f'"""It adds.\n\n{QUESTION}\n"""\n\n'
        f'function = "double"\ncode = "{code}"\nfails = ("{fails}",)\n\n\n{body}\n'
    )


ADDS = "def double(x):\n    return x + 2"
SAYS = "def double(x):\n    return str(x)"


def exercise(hidden: str = OF_THREE, **changes: str) -> dict[str, str]:
    """The files of a sound exercise, but for what is changed; two underscores are a slash."""
    files = {"exercise.toml": TOML, "test_hidden.py": hidden, "misconceptions/adds.py": wrong(ADDS)}
    named = {name.replace("__", "/") + ".py": text for name, text in changes.items()}
    if "toml" in changes:
        del named["toml.py"]
        files["exercise.toml"] = changes["toml"]
    return files | named


COURSE = {
    "sound": exercise(sound=REFERENCE, test_public=OF_FIVE.strip()),
    "wrongly": exercise(
        f"{OF_THREE}\n\ndef test_double_of_four(expect, student):\n"
        "    expect(student.double(4), 9)\n",
        wrongly=REFERENCE,
    ),
    "flaky": exercise(
        f"import torch\n\n{OF_THREE}\n\ndef test_double_of_chance(expect, student, rng):\n"
        "    number = torch.rand((), generator=rng).item()\n"
        "    expect(student.double(4), 8 if number < 0.5 else 9)\n",
        flaky=REFERENCE,
    ),
    "generous": exercise(
        f"{OF_THREE}\n\ndef test_double_of_seven(agree):\n    agree('double', 7)\n",
        generous=EARLY,
    ),
    "uncut": exercise(uncut=REFERENCE.replace("# BEGIN SOLUTION", "# Begin here")),
    "empty": exercise(
        f"{OF_THREE}\n\ndef test_double_of_nothing(agree):\n    agree('double', 0)\n",
        empty=REFERENCE,
    ),
    "idle": exercise(
        f"{OF_THREE}\n\ndef test_double_is_fun():\n    pass\n",
        idle=REFERENCE,
    ),
    "uncaught": exercise(
        OF_THREE + OF_FIVE,
        uncaught=REFERENCE,
        misconceptions__adds=wrong("def double(x):\n    return 6 if x == 3 else x"),
    ),
    "lost": exercise(
        lost=REFERENCE, misconceptions__adds=wrong(ADDS, fails="test_double_of_thirty")
    ),
    "spread": exercise(
        OF_THREE + OF_HALF,
        toml=BOTH,
        spread=REFERENCE + HALF,
        misconceptions__adds=wrong(f"{ADDS}\n\n\ndef half(x):\n    return x"),
    ),
    "tied": exercise(
        tied=REFERENCE,
        misconceptions__also=wrong("def double(x):\n    return 2 + x", code="PLUS"),
    ),
    "mistaken": exercise(
        mistaken=HELPED + REFERENCE,
        misconceptions__says=wrong("def double(x):\n    return str(as_number(x))", code="TEXT"),
        misconceptions__text=wrong(SAYS, code="STR"),
    ),
    "repeated": exercise(
        f"{OF_THREE}\n\ndef test_double_by_name(agree):\n    agree('double', x=5)\n",
        repeated=REFERENCE,
        test_public=OF_FIVE.strip(),
    ),
    "filebound": exercise(
        filebound=REFERENCE.replace(
            "return 2 * x",
            "import builtins\n\n    return x if hasattr(builtins, 'get_ipython') else 2 * x",
        ),
    ),
    "untested": exercise(toml=BOTH, untested=REFERENCE + HALF),
    "broken": exercise("def test_double_of_three(agree:\n", broken=REFERENCE),
    "hintless": exercise(
        hintless=REFERENCE,
        misconceptions__adds=wrong(ADDS).replace(QUESTION, ""),
    ),
    "stumbling": exercise(
        f"{OF_THREE}\n\ndef test_double_of_four(student):\n    assert student.double(4) == 9\n",
        stumbling=REFERENCE,
    ),
}
BROKEN = {
    "wrongly": [("reference", "test_hidden.py::test_double_of_four", "The reference is wrong")],
    "generous": [("stub", "test_hidden.py::test_double_of_seven", "The stub passes it")],
    "uncut": [("stub", "uncut.py", "END SOLUTION without")],
    "empty": [("empty", "test_hidden.py::test_double_of_nothing", "answers its first argument.")],
    "idle": [
        ("stub", "test_hidden.py::test_double_is_fun", "The stub passes it"),
        ("empty", "test_hidden.py::test_double_is_fun", "None, an empty tensor, 0.0, zeros or"),
    ],
    "uncaught": [("caught", "misconceptions/adds.py", "It passes test_double_of_three.")],
    "lost": [("caught", "misconceptions/adds.py", "It names test_double_of_thirty, and there is")],
    "spread": [("alone", "misconceptions/adds.py", "but fails test_half_of_nine too")],
    "tied": [
        ("named", "misconceptions/adds.py", "None of the tests it fails is diagnosed"),
        ("named", "misconceptions/also.py", "None of the tests it fails is diagnosed"),
    ],
    "mistaken": [
        ("named", "misconceptions/says.py", "It is TEXT, and is diagnosed as STR by test_double_of")
    ],
    "filebound": [
        ("notebook", "test_hidden.py::test_double_of_three", "As a notebook, the reference is")
    ],
    "repeated": [("fresh", "test_hidden.py::test_double_by_name", "as test_double_of_five of")],
}
NOT_GRADABLE = {
    "untested": "no hidden test for half (1 points)",
    "broken": "SyntaxError",
    "hintless": "the docstring must hold a title line and a hint",
    "stumbling": "It cannot judge `reference 1` and 12 others: AssertionError: assert 8 == 9.",
}
Grade = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory,
    write_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Path],
) -> Path:
    return write_course(tmp_path_factory.mktemp("repository") / "solutions", COURSE)


@pytest.fixture(scope="module")
def proof(grade: Grade, course: Path) -> dict[str, Any]:
    """The proof of the whole course, by exercise."""
    done = grade("verify", "--course", course, "--seeds", 6, "--format", "json")
    assert done.returncode == 3
    document = json.loads(done.stdout)
    assert document["schema_version"] == 1
    return {each["exercise"]: each for each in document["exercises"]}


def found(proof: dict[str, Any], name: str) -> list[tuple[str, str, str]]:
    prefix = f"{name}/"
    assert all(each["where"].startswith(prefix) for each in proof[name]["problems"])
    return [
        (each["claim"], each["where"].removeprefix(prefix), each["what"])
        for each in proof[name]["problems"]
    ]


def test_of_a_sound_exercise_every_claim_holds(proof: dict[str, Any]) -> None:
    sound = proof["sound"]
    assert sound["problems"] == []
    assert sound["state"] == "holds"
    assert {name for name, state in sound["claims"].items() if state != "holds"} == {"mutants"}
    figures = sound["figures"]
    assert (figures["functions"], figures["tests"], figures["misconceptions"]) == (1, 1, 1)
    assert (figures["seeds"], figures["failures"], figures["diagnosed"]) == (6, 1, 1)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_claim_is_named_with_its_place_and_nothing_else(
    proof: dict[str, Any], name: str
) -> None:
    problems = found(proof, name)
    assert [(claim, where) for claim, where, _ in problems] == [each[:2] for each in BROKEN[name]]
    for (_, _, what), (_, _, words) in zip(problems, BROKEN[name], strict=True):
        assert words in what
    assert proof[name]["state"] == "broken"
    broken = {claim for claim, state in proof[name]["claims"].items() if state == "broken"}
    assert broken == {claim for claim, _, _ in problems}


def test_a_test_that_fails_now_and_then_is_named_with_a_seed_that_shows_it(
    proof: dict[str, Any], grade: Grade, course: Path
) -> None:
    (problem,) = proof["flaky"]["problems"]
    assert problem["claim"] == "steady"
    assert problem["where"] == "flaky/test_hidden.py::test_double_of_chance"
    assert "of 6 seeds" in problem["what"]
    seed = problem["todo"].partition("--seed ")[2].partition("`")[0]
    reference = course / "flaky" / "flaky.py"
    done = grade("run", reference, "--course", course, "--seed", seed, "--format", "json")
    assert done.returncode == 1
    verdicts = {test["name"]: test["verdict"] for test in json.loads(done.stdout)["tests"]}
    assert verdicts == {"test_double_of_three": "PASSED", "test_double_of_chance": "WRONG"}


@pytest.mark.parametrize("name", NOT_GRADABLE)
def test_what_cannot_judge_is_said_to_be_so_with_its_reason(
    proof: dict[str, Any], name: str
) -> None:
    (problem,) = proof[name]["problems"]
    assert problem["claim"] == "gradable"
    assert NOT_GRADABLE[name] in problem["what"]
    assert proof[name]["state"] == "not_gradable"
    others = {state for claim, state in proof[name]["claims"].items() if claim != "gradable"}
    assert others == {"unchecked"}


def test_a_proved_exercise_is_a_row_and_a_line(grade: Grade, course: Path) -> None:
    done = grade("verify", "sound", "--course", course, "--seeds", 2)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[0].split() == [
        "Exercise", "Functions", "Tests", "Misconceptions", "Seeds", "Verdict",
    ]  # fmt: skip
    assert done.stdout.splitlines()[1].split() == ["Twice", "1", "1", "1", "2", "✓", "proved"]
    assert "Proved: 1 function, 1 test, 1 misconception, 100 % of 1 failure" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_broken_claim_is_told_with_where_what_and_what_to_do(grade: Grade, course: Path) -> None:
    done = grade("verify", "uncaught", "sound", "--course", course, "--seeds", 1)
    assert done.returncode == 1
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "✗ does not hold: a misconception fails the tests it names" in lines
    assert "where  uncaught/misconceptions/adds.py" in lines
    assert "what   It passes test_double_of_three." in lines
    assert "to do  Ask there for what it does wrong, or correct `fails`." in lines
    assert any(line.startswith("Not proved: 2 functions, 3 tests") for line in lines)


def test_every_fault_in_the_reference_is_noticed_or_explained(
    grade: Grade, write_course: Callable[..., Path], tmp_path: Path
) -> None:
    reference = REFERENCE.replace("return 2 * x", "return 2 * x if x > 0 else 2 * x")
    explained = (
        '\n[[equivalent]]\nfunction = "double"\nmutant = "x > 0 → x >= 0"\n'
        'reason = "both answers are the same"\n'
        '\n[[equivalent]]\nfunction = "double"\nmutant = "x → y"\nreason = "it was so once"\n'
    )
    files = exercise(mutated=reference) | {"exercise.toml": TOML + explained}
    course = write_course(tmp_path / "solutions", {"mutated": files})
    done = grade("verify", "--course", course, "--seeds", 1, "--mutate", "--format", "json")
    assert done.returncode == 1, done.stderr
    (mutated,) = json.loads(done.stdout)["exercises"]
    problems = {each["what"]: each["where"] for each in mutated["problems"]}
    assert mutated["claims"]["mutants"] == "broken"
    assert problems["It explains x → y in double, which is not made any more."] == (
        "mutated/exercise.toml"
    )
    survivors = [what for what in problems if "no hidden test notices" in what]
    assert any("x > 0 → x < 0" in what or "x > 0 → x <= 0" in what for what in survivors)
    assert not any("x > 0 → x >= 0" in what for what in survivors)
    assert {problems[what] for what in survivors} == {"mutated/mutated.py, line 4"}
    figures = mutated["figures"]
    assert figures["explained"] == 1
    assert figures["killed"] > 0
    assert figures["mutants"] == figures["killed"] + figures["explained"] + len(survivors)


def test_what_every_candidate_scored_can_be_kept(
    grade: Grade, course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "results.jsonl"
    done = grade("verify", "sound", "--course", course, "--seeds", 1, "--results", path)
    assert done.returncode == 0
    results = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    points = {result["student"]: result["points"] for result in results}
    assert points == {
        "reference 1": 2.0,
        "notebook reference": 2.0,
        "stub stub": 0.0,
        **dict.fromkeys(("empty None", "empty an empty tensor", "empty 0.0"), 0.0),
        **dict.fromkeys(("empty zeros", "empty its first argument"), 0.0),
        "misconception adds": 0.0,
    }


def test_the_students_copy_and_an_unknown_exercise_are_wrong_usage(
    grade: Grade, course: Path
) -> None:
    done = grade("verify", "sounds", "--course", course)
    assert done.returncode == 2
    assert "`sounds`" in done.stderr
    done = grade("verify", "--course", "exercises")
    assert done.returncode == 2
    assert "it is what students get" in done.stderr

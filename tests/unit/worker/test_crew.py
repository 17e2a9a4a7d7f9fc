import pytest

from grader.records import Limits
from grader.worker.client import Worker
from grader.worker.crew import Crew
from grader.worker.invoke import Observation
from grader.worker.launch import Zygote
from grader.worker.messages import Loaded

pytestmark = pytest.mark.usefixtures("nothing_left")


def works(worker: Worker, number: int) -> bool:
    """Whether the worker is fresh and does its work."""
    text = f"import sys\nassert 'student' in sys.modules\ndef f(): return {number}"
    assert isinstance(worker.load("student", "student.py", text), Loaded)
    answer = worker.call("f", (), {}, seed=1)
    return isinstance(answer, Observation) and answer.value == number


def test_each_worker_is_a_fresh_one_and_the_next_waits_already(zygote: Zygote) -> None:
    crew = Crew(zygote)
    for number in range(3):
        worker = crew.hire(Limits())
        assert works(worker, number)
        worker.close()
    crew.close()


def test_two_workers_of_one_crew_may_work_at_once(zygote: Zygote) -> None:
    crew = Crew(zygote)
    first, second = crew.hire(Limits()), crew.hire(Limits())
    assert works(first, 1)
    assert works(second, 2)
    for worker in (first, second):
        worker.close()
    crew.close()


def test_other_limits_get_another_worker(zygote: Zygote) -> None:
    crew = Crew(zygote)
    crew.hire(Limits()).close()
    worker = crew.hire(Limits(output_bytes=1000))
    worker.load("student", "student.py", "def f(): print('x' * 5000)")
    answer = worker.call("f", (), {}, seed=1)
    assert not isinstance(answer, Observation)
    worker.close()
    crew.close()


def test_a_crew_without_work_closes_as_well(zygote: Zygote) -> None:
    crew = Crew(zygote)
    crew.close()
    crew.close()

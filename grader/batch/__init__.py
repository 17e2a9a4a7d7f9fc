"""A whole class: plan what remains, drive an executor, record each result, write the reports."""

from grader.batch.run import Batch, Listener, Tally

__all__ = ["Batch", "Listener", "Tally"]

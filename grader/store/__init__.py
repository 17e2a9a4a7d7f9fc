"""Results that outlive the process that made them: one durable row per student and exercise.

The only package that imports SQLAlchemy, which costs a noticeable moment: import it late.
"""

from grader.store.store import Store, StoreInfo

__all__ = ["Store", "StoreInfo"]

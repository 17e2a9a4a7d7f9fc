"""The tables of a store, kept apart so that what is on disk can be read on one page.

A result is kept whole, as the JSON document that `grader.records.to_json` makes; the columns
beside it repeat what is asked of many rows at once. Nothing is read from a column that the
document does not also say.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, MetaData, String, Table, Text

STORE_SCHEMA_VERSION = 1
"""Raised when a table changes; the document carries a version of its own."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("student", Text, primary_key=True),
    Column("exercise", Text, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("suite_sha256", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("points", Float, nullable=True),
    Column("max_points", Float, nullable=False),
    Column("tier", String(16), nullable=False),
    Column("device", String(32), nullable=False),
    # A seed may fill 64 unsigned bits, which no integer column of SQLite or PostgreSQL holds.
    Column("seed", String(40), nullable=False),
    Column("stored_at", String(32), nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_results_exercise_status", "exercise", "status"),
)

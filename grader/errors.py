"""The exceptions of this package: failures that are ours, the machine's or the command's.

A student's failure is never an exception here; it is a value, an `Outcome`.

    GraderError
    ├── UsageError             the command was asked for something that is not there
    │   └── IntakeError        a submission cannot be read as one
    ├── CourseError            a course file is broken: what, file, line
    │   ├── MarkerError        a region marker is stray, nested, unclosed or empty
    │   └── SuiteError         a suite cannot be collected or breaks while it judges
    ├── SandboxError           this machine cannot confine a worker as asked
    ├── WorkerError            a worker could not be started: never the student's fault
    │   └── WireError          bytes from a worker that are not a frame
    ├── DeviceError            the device asked for is not there, or fails
    │   └── DeviceLostError    the one this process works on has failed; another process may go on
    └── StoreError             results cannot be read or written
"""

from __future__ import annotations


class GraderError(Exception):
    """A failure that is not the student's. Its text says what, where, and what to do next."""


class UsageError(GraderError):
    """The command was asked for something that is not there."""


class IntakeError(UsageError):
    """A submission cannot be read as one."""


class CourseError(GraderError):
    """A file of the course is broken."""


class MarkerError(CourseError):
    """A region marker is stray, nested, unclosed or empty."""


class SuiteError(CourseError):
    """A suite cannot be collected, or breaks while it judges."""


class SandboxError(GraderError):
    """This machine cannot confine a worker as asked."""


class WorkerError(GraderError):
    """A worker could not be started or kept: never the student's fault."""


class WireError(WorkerError):
    """Bytes from a worker that are not a frame of the wire."""


class DeviceError(GraderError):
    """The device asked for is not on this machine, or fails while it is used."""


class DeviceLostError(DeviceError):
    """The device that this process works on has failed; another process may use another one."""


class StoreError(GraderError):
    """Results cannot be read or written."""

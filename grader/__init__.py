"""`grade`: an autograder for PyTorch courses that isolates by design and names the mistake."""

__version__ = "0.1.0"

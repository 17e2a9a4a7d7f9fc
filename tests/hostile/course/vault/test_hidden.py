"""The hidden suite: cnry-suite-finch."""

import pytest
import torch

from grader.suite import hint, visibility

SECRET = "cnry-suite-wren"


def test_double_of_fresh_numbers(agree, rng):
    agree.gradient("double", torch.randn(5, generator=rng))


@visibility("hidden")
@hint("cnry-suite-linnet")
def test_double_of_known_numbers(agree):
    agree("double", torch.tensor([7351.25, -7351.25, 0.0]))


@hint("What is the sum of each row? cnry-title-lark")
def test_total_of_fresh_numbers(agree, rng):
    agree("total", torch.randn(3, 4, generator=rng))


def test_total_of_no_rows_cnry_title_plover(agree):
    agree("total", torch.zeros(0, 4))


@pytest.mark.parametrize("size", [3, 6], ids=["cnry-suite-snipe", "cnry-suite-dunlin"])
def test_rows_of_fresh_numbers(agree, rng, size):
    agree("rows", torch.randn(4, size, generator=rng))


def test_label_of_a_secret(agree):
    agree("label", "cnry-input-siskin")


def test_label_of_fresh_letters(agree, rng):
    secret = "cnry-suite-pipit"
    letters = [chr(ord("a") + int(n)) for n in torch.randint(0, 26, (8,), generator=rng)]
    agree("label", "".join(letters) if secret else "")


@pytest.mark.parametrize("size", [2, 5])
def test_gate_of_fresh_numbers(agree, rng, size):
    agree("gate", torch.randn(size, generator=rng))

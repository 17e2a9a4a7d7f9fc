from __future__ import annotations

import sys

import pytest

from grader.errors import SandboxError
from grader.records import Tier
from grader.sandbox import probe
from grader.sandbox.probe import Layer, Report

BARE = Report(
    layers=(
        Layer(name="Landlock", holds=False, detail="use Linux 5.13 or newer"),
        Layer(name="seccomp", holds=True, detail="limited"),
    ),
    tiers=(Tier.NONE,),
)


def test_the_probe_finds_what_the_other_tests_use(tier: Tier, who: str) -> None:
    if who == "as oneself":
        assert tier in probe.probe().tiers


def test_every_layer_says_what_it_gives_or_what_to_do() -> None:
    report = probe.probe()
    assert {"user namespaces", "Landlock", "seccomp", "memory cgroup"} <= {
        layer.name for layer in report.layers
    }
    assert all(layer.detail for layer in report.layers)


def test_the_best_tier_is_the_strongest_that_holds() -> None:
    assert Report(layers=(), tiers=(Tier.NONE, Tier.FULL, Tier.GUARDED)).best is Tier.FULL
    assert Report(layers=(), tiers=(Tier.NONE, Tier.GUARDED)).best is Tier.GUARDED
    assert BARE.best is Tier.NONE


def test_requiring_less_than_there_is_is_fine() -> None:
    probe.require(Tier.NONE)
    probe.require(probe.best_tier())


def test_requiring_more_than_there_is_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probe, "probe", lambda: BARE)
    with pytest.raises(SandboxError, match=r"tier full does not hold.*best here is none.*5\.13"):
        probe.require(Tier.FULL)


def test_a_system_without_the_layers_has_tier_none_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    report = probe.probe.__wrapped__()
    assert report.best is Tier.NONE
    assert "needs Linux" in report.layers[0].detail


def test_a_probe_that_cannot_run_is_tier_none_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/does/not/exist")
    report = probe.probe.__wrapped__()
    assert report.best is Tier.NONE
    assert "probe itself failed" in report.layers[0].detail


@pytest.mark.parametrize("named", list(Tier))
def test_every_tier_explains_what_it_leaves_open(named: Tier) -> None:
    sentences = probe.explain(named)
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_weaker_tier_leaves_more_open() -> None:
    assert set(probe.explain(Tier.FULL)) < set(probe.explain(Tier.GUARDED))

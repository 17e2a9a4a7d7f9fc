from __future__ import annotations

from types import ModuleType

import msgspec

from grader.records import Tier, Verdict
from grader.records.notebook import CellOutcome
from grader.report.wording import cell_words, flags, tier_words, verdict_words


def test_every_verdict_and_tier_has_words_and_only_passing_is_good() -> None:
    tones = {verdict: verdict_words(verdict).tone for verdict in Verdict}
    assert [verdict for verdict, tone in tones.items() if tone == "good"] == [Verdict.PASSED]
    assert tones[Verdict.GRADER_ERROR] == "ours"
    assert len({verdict_words(verdict).word for verdict in Verdict}) == len(Verdict)
    assert len({tier_words(tier) for tier in Tier}) == len(Tier)


def test_flags_say_what_to_know_before_opening(sample: ModuleType) -> None:
    plain = sample.result_of("ada", "tensors", {})
    odd = sample.result_of("ada", "tensors", {"describe": (Verdict.CRASHED,)}, sha256="")
    assert list(flags(plain)) == []
    assert list(flags(odd)) == ["no file", "crashed"]
    assert list(flags(msgspec.structs.replace(plain, sandbox_tier=Tier.NONE))) == ["not isolated"]


def test_every_way_a_cell_ends_has_its_own_sign_and_word() -> None:
    words = [cell_words(outcome) for outcome in CellOutcome]
    assert len({each.glyph for each in words}) == len({each.word for each in words}) == len(words)
    assert [each.word for each in words if each.tone == "good"] == ["Ran"]

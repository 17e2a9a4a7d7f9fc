"""What an author rules out, and under which other names torch has the same thing.

`torch.softmax`, `Tensor.softmax`, `F.softmax`, `torch.special.softmax`, `torch.ops.aten._softmax`
and `nn.Softmax` are one built-in: they end in the same word, but for underscores, prefixes and the
few synonyms listed here. So a whole family is ruled out by any of its names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

_PREFIXES: Final = ("special_", "linalg_", "fft_", "nn_functional_")
"""What torch puts before a word where it keeps such functions in one C module."""

_SYNONYMS: Final = (
    ("softmax", "softmax2d", "safe_softmax"),
    ("sigmoid", "expit"),
    ("leakyrelu", "leaky_relu"),
    ("logsoftmax", "log_softmax"),
    ("mseloss", "mse_loss"),
    ("l1loss", "l1_loss"),
    ("crossentropyloss", "cross_entropy", "cross_entropy_loss"),
    ("backward", "run_backward"),
    ("grad", "grad_and_value", "vjp", "jacobian", "jacrev"),
    ("std", "std_mean"),
    ("var", "var_mean"),
)


class Family(msgspec.Struct, frozen=True):
    """One thing that is ruled out, under all its names.

    Attributes:
        name: As the author wrote it: "torch.softmax".
        words: For something of torch: the words in which its names may end, made plain.
    """

    name: str
    words: frozenset[str] = frozenset()

    def has(self, path: str) -> bool:
        """Whether a dotted path names it."""
        if path == self.name or path.removeprefix("builtins.") == self.name:
            return True
        parts = path.split(".")
        if not self.words or parts[0] != "torch" or len(parts) == 1:
            return False
        # torch.ops.aten.softmax.int: what follows the fourth word is a choice of arguments.
        return self.has_word(parts[:4][-1] if parts[1] == "ops" else parts[-1])

    def has_word(self, word: str) -> bool:
        """Whether a bare name, such as a method's, belongs to it."""
        return plain_word(word) in self.words


def families(names: Sequence[str]) -> tuple[Family, ...]:
    """What these dotted names stand for."""
    return tuple(_family(name) for name in names)


def plain_word(word: str) -> str:
    """The word without what distinguishes torch's spellings: "_Softmax_" is "softmax"."""
    word = word.strip("_").lower()
    for prefix in _PREFIXES:
        word = word.removeprefix(prefix)
    return word


def _family(name: str) -> Family:
    if not name.startswith("torch."):
        return Family(name)
    word = plain_word(name.rpartition(".")[2])
    synonyms = next((group for group in _SYNONYMS if word in group), (word,))
    return Family(name, frozenset(synonyms))

import json

import msgspec
import pytest

from grader.intake.language import other_language


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, None),
        ({"kernelspec": {"name": "python3", "language": "python"}}, None),
        ({"kernelspec": {"name": "my-venv"}, "language_info": {"name": "Python"}}, None),
        ({"kernelspec": {"name": "julian-lab"}}, None),
        ({"kernelspec": {"name": "ir", "language": "python"}}, None),
        ({"language_info": {"name": "ipython", "version": "3.11"}}, None),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "R"),
        ({"kernelspec": {"name": "julia-1.9", "display_name": "Julia 1.9.3"}}, "Julia"),
        ({"kernelspec": {"name": "xcpp17"}}, "C++"),
        ({"kernelspec": {"name": "java", "display_name": "Java"}}, "Java"),
        ({"language_info": {"name": "C++17"}}, "C++17"),
        ({"kernelspec": {"name": "any", "language": "brainfuck"}}, "brainfuck"),
        ({"kernelspec": {"name": 1}}, None),
        ([], None),
    ],
)
def test_only_another_language_is_named(metadata: object, language: str | None) -> None:
    assert other_language(msgspec.Raw(json.dumps(metadata).encode())) == language

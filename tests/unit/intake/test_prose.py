from hypothesis import given
from hypothesis import strategies as st

from grader.intake.prose import MAX_ALL, MAX_CELL, Prose


def test_of_a_picture_in_the_text_its_kind_and_size_are_left() -> None:
    letters = "iVBORw0KGgo" * 100
    text = f"# Loss\n![loss](data:image/png;base64,{letters})\n<img src='data:,{letters}'> it fell"
    assert Prose().cut(text) == (
        "# # Loss\n# ![loss](data:image/png,… (1,100 characters))\n"
        "# <img src='data:,… (1,100 characters)'> it fell"
    )


def test_words_about_data_are_left_as_they_are() -> None:
    text = "data: rides, data:a/b,c and data:text/plain;charset=utf-8,Hello"
    assert Prose().cut(text) == f"# {text}"


def test_a_text_that_nobody_reads_to_its_end_is_cut_and_the_rest_counted() -> None:
    cut = Prose().cut("x" * (MAX_CELL + 1_234))
    assert cut == f"# {'x' * MAX_CELL}\n# … (1,234 more characters of this text are not kept)"


def test_many_texts_are_bounded_together_and_none_disappears_unsaid() -> None:
    prose = Prose()
    cuts = [prose.cut("z" * MAX_CELL) for _ in range(40)]
    assert sum(cut.count("z") for cut in cuts) == MAX_ALL
    assert cuts[-1] == "#\n# … (20,000 more characters of this text are not kept)"


@given(st.lists(st.text() | st.just("data:image/png;base64,A\n" * 99), max_size=3))
def test_every_line_of_any_text_is_a_comment(texts: list[str]) -> None:
    prose = Prose()
    for text in texts:
        assert all(line.startswith("#") for line in prose.cut(text).split("\n"))

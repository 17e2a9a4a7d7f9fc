from grader.course import did_you_mean


def test_the_closest_word_is_offered_whatever_its_case() -> None:
    assert did_you_mean("ReLu", ["relu", "tanh"]) == "Did you mean `relu`?"


def test_all_words_are_listed_when_none_is_close() -> None:
    assert did_you_mean("xyz", ["relu", "tanh"]) == "Known: `relu`, `tanh`."


def test_nothing_is_said_when_nothing_is_known() -> None:
    assert did_you_mean("relu", []) == ""

from grader.screen import plain


def test_controls_and_direction_marks_are_taken_out_of_text() -> None:
    assert plain("\x1b[31ma\u202eb\tc\nd\r\x00") == "[31mab\tc\nd"

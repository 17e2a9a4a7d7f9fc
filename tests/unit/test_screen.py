from grader.screen import plain, plain_line


def test_controls_and_direction_marks_are_taken_out_of_text() -> None:
    assert plain("\x1b[31ma\u202eb\tc\nd\r\x00") == "[31mab\tc\nd"


def test_what_is_blank_or_ends_a_line_in_some_alphabet_is_taken_out_too() -> None:
    assert plain("a\u3164\u115f\u2800\u2028b\U000e0041") == "ab"


def test_text_on_one_line_begins_no_other() -> None:
    ends = "\n \r\n\x0b\x0c\x85\u2028\u2029"
    assert plain_line(f" Done:{ends}forged\t1 ") == "Done: forged\t1"

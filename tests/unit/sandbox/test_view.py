from __future__ import annotations

from pathlib import Path

import pytest

from grader.sandbox import view


def test_links_on_the_way_are_kept_and_real_places_shown(tmp_path: Path) -> None:
    (tmp_path / "usr" / "lib").mkdir(parents=True)
    (tmp_path / "lib").symlink_to("usr/lib")
    links, places = view._resolve([str(tmp_path / "lib")])
    assert places == [str(tmp_path / "usr" / "lib")]
    assert links == {str(tmp_path / "lib"): "usr/lib"}


def test_a_place_within_another_is_shown_once(tmp_path: Path) -> None:
    (tmp_path / "python" / "site").mkdir(parents=True)
    paths = [str(tmp_path / "python" / "site"), str(tmp_path / "python")]
    assert view._resolve(paths) == ({}, [str(tmp_path / "python")])


def test_a_link_within_a_shown_place_needs_no_link_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "venv" / "lib").mkdir(parents=True)
    (tmp_path / "venv" / "lib64").symlink_to("lib")
    paths = [str(tmp_path / "venv"), str(tmp_path / "venv" / "lib64")]
    assert view._resolve(paths) == ({}, [str(tmp_path / "venv")])


def test_a_link_to_a_link_is_followed_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "three").mkdir()
    (tmp_path / "two").symlink_to(tmp_path / "three")
    (tmp_path / "one").symlink_to("two")
    links, places = view._resolve([str(tmp_path / "one")])
    assert places == [str(tmp_path / "three")]
    assert set(links) == {str(tmp_path / "one"), str(tmp_path / "two")}


def test_what_does_not_exist_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    assert view._resolve([str(tmp_path / "dangling"), str(tmp_path / "gone")]) == ({}, [])


def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="too many symbolic links"):
        view._follow(str(tmp_path / "a"), {})

"""The still picture of a tree of dependencies."""

from __future__ import annotations

import pytest

from nabla.explore.tree import TreeScene, tree_picture

TREE = {"z": ("x", "y", "t"), "x": ("s", "t"), "y": ("s", "t")}


def test_a_variable_that_is_reached_twice_stands_twice() -> None:
    scene = TreeScene(TREE, "z", ("t",))
    assert scene.ways == (("z", "x", "t"), ("z", "y", "t"), ("z", "t"))
    assert len(scene.nodes) == 8


def test_the_words_name_the_branches_and_the_ways() -> None:
    words = TreeScene(TREE, "z", ("t",)).describe()
    assert "z depends on x, y and t; x depends on s and t" in words
    assert "3 ways from z down to t: z → x → t, z → y → t, z → t." in words


def test_what_an_answer_leaves_out_is_said() -> None:
    scene = TreeScene(TREE, "z", ("t",), frozenset({("z", "x", "t"), ("z", "t")}))
    assert scene.missing == (("z", "y", "t"),)
    assert "Missing in your answer (dashed): z → y → t." in scene.describe()


def test_the_picture_is_a_png_with_its_words() -> None:
    picture = tree_picture(TREE, "z", ["t"])
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt == picture.words


def test_a_circle_and_a_thicket_are_refused() -> None:
    with pytest.raises(ValueError, match="itself"):
        tree_picture({"z": ("x",), "x": ("z",)}, "z", ["x"])
    with pytest.raises(ValueError, match="too large"):
        tree_picture({"z": tuple(f"x{i}" for i in range(60))}, "z", ["x1"])

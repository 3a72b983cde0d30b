"""Films: a script is read or its mistakes are named, and what comes out is a small page that plays on its own."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sympy.abc import x, y

from nabla import explore
from nabla.explore.film import RATE, Film
from nabla.explore.film_script import Script, ScriptError

FILMS = Path(__file__).resolve().parents[3] / "chapters" / "films"
PLAYED_BY = {
    "01-chain-rule": lambda: explore.chain_rule(x**2 * y),
    "02-gradient": lambda: explore.gradient_on_contours(x**2 + 3 * y**2, at=(1, 2)),
    "03-directional-derivatives": lambda: explore.directional_derivative(x**2 + y**2, at=(1, 1), along=(3, 4)),
    "04-level-sets": lambda: explore.level_sets(
        x**3 / 3 - x + y**2, at=(1, 1), window=((-3, 3), (-2.25, 2.25))
    ),
    "05-tangent-planes": lambda: explore.tangent_plane(4 - x**2 / 2 - y**2 / 2, at=(1, 1)),
    "06-gradient-descent": lambda: explore.gradient_descent(x**2 + 10 * y**2, at=(5, 5), learning_rate=0.05),
    "07-beyond-the-gradient": lambda: explore.critical_points(),
}  # fmt: skip
SHORT = "1s | Here < there.\n1s point -> (2, 0) | It moves.\n1s | It rests."


@pytest.fixture(scope="module")
def bowl():
    return explore.gradient_on_contours(x**2 + 3 * y**2, at=(1, 2))


@pytest.fixture(scope="module")
def film(bowl):
    return bowl.film(SHORT)


class Page(HTMLParser):
    """The tags of a page without what scripts make of them, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


class TestReading:
    def test_a_line_says_how_long_what_moves_and_what_is_said(self):
        script = Script.parse(
            "# a comment\n\n2.5s zoom = 1 -> 3 -> 2; shape = monkey saddle | Look: a | b.\n3s", "s.txt"
        )
        first, second = script.shots
        assert (first.seconds, first.caption, first.line) == (2.5, "Look: a | b.", 3)
        assert [(m.control, m.start, m.stops) for m in first.moves] == [
            ("zoom", 1, (3, 2)), ("shape", "monkey saddle", ()),
        ]  # fmt: skip
        assert (second.seconds, second.moves, second.caption) == (3, (), "")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("point = (1, 2) | No time.", "begins with its seconds"),
            ("4s point (1, 2) | Where?", "Write name = value"),
            ("4s point -> | Where?", "Write name = value"),
            ("4s point = 1; point = 2 | Twice.", "point moves twice"),
            ("4s |", "comes what is said"),
            ("4s point = (1, 2)", "a film begins with words"),
            ("900s | Long.", "cannot be filmed"),
            ("# nothing", "no shots"),
        ],
    )
    def test_a_line_that_cannot_be_read_is_named_with_a_cure(self, line, said):
        with pytest.raises(ScriptError, match=said) as caught:
            Script.parse(f"{line}\n", "films/one.txt")
        assert str(caught.value).startswith("films/one.txt, line 1: ")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("move", "said"),
        [
            ("pint = (1, 2)", "no control is called pint. Choose one of: point"),
            ("point -> (70, 0)", r"point cannot go there: x must lie between −6 and 6, not 70"),
            ("point = 3", "must be a point such as"),
        ],
    )
    def test_what_the_explorer_cannot_do_is_named_with_its_line(self, bowl, move, said):
        with pytest.raises(ScriptError, match=f"the script, line 2: .*{said}"):
            bowl.film(f"1s | Good.\n1s {move} | Bad.")

    def test_a_choice_cannot_glide(self):
        with pytest.raises(ScriptError, match="Write: shape = saddle"):
            explore.critical_points().film("1s shape -> saddle | No.")

    def test_a_script_that_is_not_there_is_named_with_where_it_was_sought(self, bowl, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(
            FileNotFoundError, match=r"no film script films/none.txt in .*from the folder of the notebook"
        ):
            bowl.film("films/none.txt")


class TestPlaying:
    def test_every_eighth_of_a_second_has_a_frame_and_alike_ones_are_stored_once(self, film):
        assert film.seconds == 3
        assert len(set(film.ticks[:RATE])) == 1
        assert len(set(film.ticks[2 * RATE :])) == 1
        assert film.ticks[2 * RATE] == film.ticks[2 * RATE - 1] == len(film.frames) - 1
        assert [tick for tick, _ in film.shots] == [0, RATE, 2 * RATE]

    def test_each_frame_says_what_it_shows(self, film):
        assert "At (1, 2) the gradient is (2, 12)" in film.frames[film.ticks[0]].alt
        assert "At (2, 0) the gradient is (4, 0)" in film.frames[film.ticks[-1]].alt

    def test_still_and_frame_together_are_the_explorers_own_picture(self, bowl, film):
        bowl.update(point=(2, 0))
        true = np.asarray(Image.open(io.BytesIO(bowl.frame(1).picture.png)).convert("RGB"), float)
        shown = Image.open(io.BytesIO(film.still)).convert("RGBA")
        last = film.frames[film.ticks[-1]]
        over = Image.open(io.BytesIO(last.png)).convert("RGBA")
        place = [round(part * side / 100) for part, side in zip((last.left, last.top), shown.size, strict=True)]
        assert round(last.width * shown.width / 100) == over.width
        shown.alpha_composite(over, tuple(place))
        apart = np.abs(np.asarray(shown.convert("RGB"), float) - true).max(axis=2)
        assert apart.mean() < 3
        assert np.quantile(apart, 0.999) < 45

    def test_the_explorer_itself_stays_where_it_is(self, bowl):
        bowl.update(point=(3, 1))
        before = bowl.frame(1).picture
        bowl.film(SHORT)
        assert bowl.state["point"] == (3, 1)
        assert bowl.frame(1).picture == before

    def test_a_caption_stays_until_there_is_another(self, bowl):
        assert bowl.film("1s | Here.\n1s point -> (2, 0)\n1s | There.").shots == ((0, "Here."), (2 * RATE, "There."))


class TestPage:
    def test_without_scripts_the_first_frame_and_all_captions_remain(self, film):
        html = film._repr_html_()
        assert "<li>Here &lt; there.</li><li>It moves.</li><li>It rests.</li>" in html
        images = [attributes for tag, attributes in Page(html).tags if tag == "img"]
        assert [image["alt"] for image in images] == [film.frames[0].alt]
        assert "details" in dict(Page(html).tags)

    def test_nothing_comes_from_elsewhere_and_nothing_has_an_id(self, film):
        html = film._repr_html_()
        without_pictures = re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]+", "", html)
        assert not re.search(r"https?:|@import|\bimport\b|fetch\(|url\(|\bid=", without_pictures)
        assert re.findall(r'(?:src|href)="(.*?)"', without_pictures) == [""]
        assert all("id" not in attributes for _, attributes in Page(html).tags)
        assert html.count("</script>") == 1

    def test_it_says_itself_in_plain_text(self, film):
        assert repr(film) == "A film of 3 seconds. Here < there. It moves. It rests."


def test_every_film_has_an_explorer_that_plays_it():
    assert {path.stem for path in FILMS.glob("*.txt")} == set(PLAYED_BY)


@pytest.mark.parametrize("name", sorted(PLAYED_BY))
def test_a_film_of_the_chapters_takes_its_time_to_be_read(name):
    script = Script.of(FILMS / f"{name}.txt")
    assert 30 <= script.seconds <= 60
    spoken: list[list[float]] = []
    for shot in script.shots:
        if shot.caption:
            spoken.append([0, len(shot.caption.split())])
        spoken[-1][0] += shot.seconds
    assert [pair for pair in spoken if pair[1] / pair[0] > 4] == [], "four words a second can be read"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PLAYED_BY))
def test_a_film_of_the_chapters_plays_on_its_explorer(name):
    film = PLAYED_BY[name]().film(FILMS / f"{name}.txt")
    assert isinstance(film, Film)
    assert 20 <= len(film.frames) <= 200
    assert len(film._repr_html_()) < 1.5 * 2**20
    assert all(re.search(r"\d.*\.$", frame.alt) for frame in film.frames)

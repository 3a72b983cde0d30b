"""A run without a browser, a database server or bubblewrap goes on, and says why some tests are skipped."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture
def install():
    spec = importlib.util.spec_from_file_location("nabla_install", Path(__file__).with_name("install.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_browser_that_is_here_is_found_and_nothing_is_installed(install, monkeypatch, tmp_path, capsys):
    browser = tmp_path / "chromium"
    browser.touch(mode=0o755)
    monkeypatch.delenv("NABLA_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.main(ways=(pytest.fail,)) == str(browser)
    assert capsys.readouterr().out == ""


def test_the_browser_that_a_person_chose_comes_first(install, monkeypatch, tmp_path):
    monkeypatch.setenv("NABLA_BROWSER", __file__)
    assert install.find_browser() == __file__
    monkeypatch.setenv("NABLA_BROWSER", str(tmp_path / "gone"))
    assert install.find_browser() is None


def test_ways_are_tried_in_turn_until_one_works(install, monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(install, "find_browser", lambda: "/there" if "second" in tried else None)
    ways = [lambda name=name: tried.append(name) or name != "first" for name in ("first", "second", "third")]
    assert install.main(ways=tuple(ways)) == "/there"
    assert tried == ["first", "second"]
    assert "Installed /there." in capsys.readouterr().out


def test_where_no_browser_can_be_had_the_run_goes_on_with_a_reason(install, monkeypatch, capsys):
    monkeypatch.setattr(install, "find_browser", lambda: None)
    assert install.main(ways=(lambda: False,)) is None
    said = capsys.readouterr().out
    assert "The browser tests will be skipped, all others will run: no Chrome or Chromium was found" in said


def test_a_command_that_is_missing_or_fails_is_no_error(install):
    assert install._quietly(["/no/such/command"], {}) is False
    assert install._quietly(["false"], {"PATH": "/usr/bin:/bin"}) is False


def test_the_newest_database_server_is_found(install, monkeypatch, tmp_path):
    monkeypatch.delenv("NABLA_POSTGRESQL", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.find_postgresql(tmp_path) is None
    for version in ("9", "15"):
        folder = tmp_path / "usr" / "lib" / "postgresql" / version / "bin"
        folder.mkdir(parents=True)
        for program in ("initdb", "postgres"):
            (folder / program).touch()
    assert install.find_postgresql(tmp_path) == str(tmp_path / "usr/lib/postgresql/15/bin")


def test_where_no_database_server_can_be_had_the_run_goes_on_with_a_reason(install, monkeypatch, capsys):
    monkeypatch.setattr(install, "find_postgresql", lambda: None)
    assert install.server(ways=(lambda: False,)) is None
    assert "will be skipped, all others will run: no PostgreSQL server was found" in capsys.readouterr().out


def test_where_no_bubblewrap_can_be_had_the_run_goes_on_with_a_reason(install, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.bubblewrap(ways=(lambda: False,)) is None
    assert "will be skipped, all others will run: no bwrap was found" in capsys.readouterr().out

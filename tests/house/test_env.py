"""Environment variables are read typed, and a value nobody understands stops the program with one sentence."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_choice, env_database, env_int, env_list, env_secret, env_str


def test_it_reads_text_and_falls_back_to_the_default() -> None:
    assert env_str("X", "default", environ={"X": " value "}) == "value"
    assert env_str("X", "default", environ={"X": ""}) == "default"


def test_it_names_a_missing_variable() -> None:
    with pytest.raises(ImproperlyConfigured, match="X is not set"):
        env_str("X", environ={})


@pytest.mark.parametrize(("text", "value"), [("true", True), ("Yes", True), ("1", True), ("off", False), ("0", False)])
def test_it_reads_truth_values(text: str, value: bool) -> None:
    assert env_bool("X", not value, environ={"X": text}) is value


def test_it_refuses_other_words_as_truth_values() -> None:
    with pytest.raises(ImproperlyConfigured, match="X='maybe' is not a truth value. Use true or false"):
        env_bool("X", False, environ={"X": "maybe"})


@pytest.mark.parametrize("text", ["0", "65", "-1"])
def test_it_refuses_whole_numbers_out_of_range(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="allowed are 1 to 64"):
        env_int("X", 8, low=1, high=64, environ={"X": text})


def test_it_refuses_what_is_not_a_whole_number() -> None:
    with pytest.raises(ImproperlyConfigured, match="X='8.5' is not a whole number"):
        env_int("X", 8, environ={"X": "8.5"})


def test_it_reads_lists_and_choices() -> None:
    assert env_list("X", environ={"X": "a, b,,c "}) == ["a", "b", "c"]
    with pytest.raises(ImproperlyConfigured, match="Use one of: a, b"):
        env_choice("X", "a", ("a", "b"), environ={"X": "c"})


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from file\n", encoding="utf-8")
    assert env_secret("X", environ={"X": "from variable", "X_FILE": str(tmp_path / "key")}) == "from file"
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env_secret("X", environ={"X_FILE": str(tmp_path / "nothing")})


@pytest.mark.parametrize(
    ("url", "name"), [("sqlite:///a.sqlite3", "a.sqlite3"), ("sqlite:////data/a%20b.sqlite3", "/data/a b.sqlite3")]
)
def test_it_reads_sqlite_addresses(url: str, name: str) -> None:
    database = env_database("X", "", environ={"X": url})
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", name)
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_it_reads_postgresql_addresses() -> None:
    url = "postgresql://app:p%40ss@db.internal:5433/danegeld?sslmode=require"
    database = env_database("X", "", environ={"X": url})
    assert database["NAME"] == "danegeld"
    assert (database["USER"], database["PASSWORD"]) == ("app", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.internal", "5433")
    assert database["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "sqlite://", "postgresql://u:secret@h", "nonsense"])
def test_it_refuses_other_databases_without_repeating_the_password(url: str) -> None:
    environ: Mapping[str, str] = {"X": url}
    with pytest.raises(ImproperlyConfigured, match="X is not a database address") as refusal:
        env_database("X", "", environ=environ)
    assert "secret" not in str(refusal.value)

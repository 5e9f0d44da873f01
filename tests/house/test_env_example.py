"""docker/.env.example names every variable the program and its containers read, and no other."""

import re
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
_READ = re.compile(r'env_(?:str|bool|int|list|choice|secret|database)\(\s*"(DANEGELD_[A-Z_]+)"')
_IN_CONTAINERS = re.compile(r"\$\{?(DANEGELD_[A-Z_]+)")
# `prepare` gets the owner's address from compose, which makes it of the owner's password.
MADE = {"DANEGELD_OWNER_DATABASE_URL"}


def read(*paths: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def test_it_names_every_variable() -> None:
    program = set(_READ.findall(read(*(ROOT / "config").rglob("*.py"))))
    containers = set(_IN_CONTAINERS.findall(read(*(ROOT / "docker").glob("*.sh"), ROOT / "docker" / "compose.yml")))
    example = set(re.findall(r"^(DANEGELD_[A-Z_]+)=", read(ROOT / "docker" / ".env.example"), re.MULTILINE))
    assert example == (program | containers) - MADE

"""The code in the recipes, filled in as a reader sees it, so that a test runs what people copy."""

import re
from pathlib import Path

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"


def code(recipe: str, language: str, *, site: str, plan_id: str) -> list[str]:
    """Blocks of code of one language, in order."""
    text = (RECIPES / f"{recipe}.md").read_text()
    filled = text.replace("https://HOST", site).replace("PLAN_ID", plan_id)
    blocks = re.findall(rf"^( *)```{language}\n(.*?)^ *```", filled, re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in block.split("\n")) for indent, block in blocks]

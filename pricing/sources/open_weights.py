"""Which models have public weights, told from the model's name.

Price lists don't say. A name that matches nothing here stays unknown (None), and counts as `frontier`: a plan must not
promise itself the falling prices of open weights on a guess. Last looked at 2026-11-22.
"""

from __future__ import annotations

import re

_CLOSED = re.compile(
    r"""
    gpt-|chatgpt|davinci|curie|babbage|\bo[134](-|:|$)|codex|computer-use
    |claude|gemini|learnlm|palm|bison
    |grok-(?!1(\b|$)|2-1212-open)|command-a-plus|nova-(micro|lite|pro|premier|2)|titan
    |qwen[\d.]*-?(max|plus|turbo|flash|long)|qwen-vl-(max|plus)
    |mistral-(large-(2402|4)|medium|tiny|saba|ocr|embed)|codestral-(?!22b|mamba)|magistral-medium|devstral-medium
    |sonar(?!-open)|jamba-1\.5-large-api|ernie-(x|4\.5-turbo)|doubao|seed-1|yi-(large|lightning)
    |inflection|mercury|palmyra|reka-(core|flash$)|morph|relace|step-\d
    """,
    re.VERBOSE,
)
_OPEN = re.compile(
    r"""
    llama|-open(-|:|$)|mixtral|mistral-7b|mistral-nemo|mistral-small|mistral-large-(2407|2411|2512|3)|ministral-(8b|14b|3b)-?(2410|2512|instruct)
    |open-mi|open-codestral|pixtral|magistral-small|devstral-(small|2512)|voxtral-small|codestral-22b
    |qwen|qwq|qvq|gemma|deepseek|gpt-oss|phi-[1234]|wizardlm|glm-(4\.[5-9]|4-(9b|32b)|5)|kimi-(k2|linear|dev)|minimax-m[12]|nemotron
    |olmo|granite|dbrx|falcon|yi-(6b|9b|34b)|starcoder|codellama|vicuna|hermes|zephyr|solar-10|command-r|aya|internlm|internvl
    |hunyuan-(a13b|large)|ernie-4\.5-(21b|300b|vl)|tulu|molmo|smollm|apertus|seed-oss|ling-|ring-|longcat|cogito|dolphin
    |mythomax|toppy|noromaid|lumimaid|goliath|openchat|stripedhyena|arcee-(spotlight|lite)|trinity|virtuoso-lite|jamba-(mini|large)
    """,
    re.VERBOSE,
)


def open_weights(model: str) -> bool | None:
    """Whether the weights of `model` (its name at a provider) are public; None where the name doesn't tell."""
    name = model.lower()
    # A distilled or hosted open model often carries a closed model's name too ("deepseek-r1-distill"), never the
    # reverse, except for vendors' closed sizes of an open family ("qwen-max"): those are listed as closed first.
    if "gpt-oss" in name:
        return True
    if _CLOSED.search(name):
        return False
    if _OPEN.search(name):
        return True
    return None

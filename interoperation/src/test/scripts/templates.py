"""Renders chat templates as transformers does.

Reads {"templates": {name: {"source", "bos_token", "eos_token"}}, "samples": [[prompt, response], ...]} and prints
{name: [[prompt text, whole text], ...]}: the prompt alone with the generation prompt, and the whole conversation.
"""

import json
import sys

from transformers.utils.chat_template_utils import render_jinja_template


def rendered(template, conversation, **options):
    tokens = {"bos_token": template["bos_token"], "eos_token": template["eos_token"]}
    texts, _ = render_jinja_template([conversation], chat_template=template["source"], **options, **tokens)
    return texts[0]


def renderings(template, samples):
    for prompt, response in samples:
        user = {"role": "user", "content": prompt}
        assistant = {"role": "assistant", "content": response}
        yield [
            rendered(template, [user], add_generation_prompt=True),
            rendered(template, [user, assistant], add_generation_prompt=False),
        ]


def main():
    request = json.load(sys.stdin)
    answer = {
        name: list(renderings(template, request["samples"]))
        for name, template in request["templates"].items()
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()

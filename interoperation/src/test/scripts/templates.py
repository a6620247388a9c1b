"""Renders chat templates with jinja2, in the environment that transformers gives them.

Reads {"templates": {name: {"source", "bos_token", "eos_token"}}, "samples": [[prompt, response], ...]} and prints
{name: [[prompt text, whole text], ...]}: the prompt alone with the generation prompt, and the whole conversation.
"""

import json
import sys

from jinja2.sandbox import ImmutableSandboxedEnvironment

ENVIRONMENT = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)


def refuse(message):
    raise ValueError(message)


ENVIRONMENT.globals["raise_exception"] = refuse


def renderings(template, samples):
    compiled = ENVIRONMENT.from_string(template["source"])
    tokens = {"bos_token": template["bos_token"], "eos_token": template["eos_token"]}
    for prompt, response in samples:
        user = {"role": "user", "content": prompt}
        assistant = {"role": "assistant", "content": response}
        yield [
            compiled.render(messages=[user], add_generation_prompt=True, **tokens),
            compiled.render(messages=[user, assistant], add_generation_prompt=False, **tokens),
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

"""Encodes texts with Hugging Face's tokenizers, without adding special tokens.

Reads {"file": path of a tokenizer.json, "texts": [...]} and prints {"vocabulary": n, "ids": [[...], ...]}.
"""

import json
import sys

from tokenizers import Tokenizer


def main():
    request = json.load(sys.stdin)
    tokenizer = Tokenizer.from_file(request["file"])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in request["texts"]]
    print(json.dumps({"vocabulary": tokenizer.get_vocab_size(), "ids": ids}))


if __name__ == "__main__":
    main()

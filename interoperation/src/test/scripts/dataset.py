"""Publishes a dataset to a hub by push_to_hub and loads it again; the request is JSON on standard input."""

import json
import sys

from datasets import Dataset, load_dataset

request = json.load(sys.stdin)
repository, count = request["repository"], request["count"]
texts = [{"question": f"What is {i}?", "answer": f"A number, {i}.", "rank": i} for i in range(count)]
talks = [
    {"talk": [{"role": "user", "content": each["question"]}, {"role": "assistant", "content": each["answer"]}]}
    for each in texts
]


def publish(rows, name):
    commit = Dataset.from_list(rows).push_to_hub(name, token=request["token"])
    return {"revision": commit.oid, "rows": load_dataset(name, split="train").num_rows}


print(json.dumps({"texts": publish(texts, repository), "talks": publish(talks, repository + "-talks")}))

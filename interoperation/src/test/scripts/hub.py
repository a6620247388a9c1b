"""Uploads to and downloads from a hub with huggingface_hub; the request is JSON on standard input."""

import json
import sys

from huggingface_hub import HfApi, errors, snapshot_download

request = json.load(sys.stdin)
endpoint, repository, folder = request["endpoint"], request["repository"], request["folder"]
api = HfApi(endpoint=endpoint, token=request.get("token"))


def upload():
    api.create_repo(repository)
    api.create_repo(repository, exist_ok=True)
    first = api.upload_folder(repo_id=repository, folder_path=folder)
    again = api.upload_folder(repo_id=repository, folder_path=folder)
    return {"revision": first.oid, "again": again.oid, "name": api.whoami()["name"]}


def download():
    snapshot_download(repository, revision=request["revision"], local_dir=folder, endpoint=endpoint)
    return {"sha": api.model_info(repository).sha}


def keep():
    """Downloads into the cache that every tool of huggingface_hub shares."""
    return {"folder": snapshot_download(repository, revision=request["revision"], endpoint=endpoint)}


def failure(action):
    try:
        action()
    except errors.HfHubHTTPError as error:
        return error
    raise AssertionError("the hub did not refuse")


def refusals():
    api.create_repo(repository)
    stranger = HfApi(endpoint=endpoint, token="nobody")
    return {
        "repository": type(failure(lambda: api.model_info(repository + "-none"))).__name__,
        "revision": type(failure(lambda: api.model_info(repository, revision="dev"))).__name__,
        "file": type(failure(lambda: api.hf_hub_download(repository, "none.txt", local_dir=folder))).__name__,
        "token": failure(lambda: stranger.create_repo(repository + "-2")).response.status_code,
    }


actions = {"upload": upload, "download": download, "keep": keep, "errors": refusals}
print(json.dumps(actions[request["action"]]()))

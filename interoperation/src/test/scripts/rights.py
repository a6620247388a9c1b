"""An object store that knows rights: moto, with a user for each right that lacks just that one, and a bucket for it.

Prints {"port": N, "users": {RIGHT: {"bucket": NAME, "access": KEY, "secret": KEY}}}, and ends with its input.
"""
import json
import sys
import urllib.request

import boto3
from moto.server import ThreadedMotoServer

RIGHTS = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"]


def main():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    address = f"http://127.0.0.1:{port}"

    def client(service):
        return boto3.client(
            service, endpoint_url=address, region_name="us-east-1",
            aws_access_key_id="owner", aws_secret_access_key="owner",
        )

    users = {right: user(client, right) for right in [*RIGHTS, "none"]}
    # Whoever asks from now on needs the right.
    ask = urllib.request.Request(f"{address}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
    urllib.request.urlopen(ask).close()
    print(json.dumps({"port": port, "users": users}), flush=True)
    sys.stdin.read()
    server.stop()


def user(client, lacking):
    name = lacking.replace(":", "-").lower()
    client("s3").create_bucket(Bucket=name)
    iam = client("iam")
    iam.create_user(UserName=name)
    statements = [{"Effect": "Allow", "Action": [each for each in [*RIGHTS, "s3:GetBucketLocation",
                   "s3:AbortMultipartUpload", "s3:ListBucketMultipartUploads"] if each != lacking], "Resource": "*"}]
    iam.put_user_policy(
        UserName=name, PolicyName="all-but-one",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements}),
    )
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"bucket": name, "access": key["AccessKeyId"], "secret": key["SecretAccessKey"]}


if __name__ == "__main__":
    main()

"""As much of curl as the documentation uses. Unlike curl's own default, an error answer is an error."""

import argparse
import sys
import urllib.error
import urllib.request
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("-s", action="store_true")
    options.add_argument("-X", dest="method")
    options.add_argument("-H", dest="headers", action="append", default=[])
    options.add_argument("-d", "--data-binary", dest="data")
    options.add_argument("-o", dest="output", default="/dev/stdout")
    options.add_argument("-w", dest="ending", default="\n")
    options.add_argument("-D", dest="heading", choices=["-"])
    options.add_argument("url")
    asked = options.parse_args()
    headers = dict(header.split(": ", 1) for header in asked.headers)
    body = None if asked.data is None else content(asked.data)
    request = urllib.request.Request(asked.url, body, headers, method=asked.method)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            if asked.heading:
                sys.stdout.write(f"HTTP/1.1 {answer.status}\r\n{answer.headers}")
            write(asked.output, answer.read())
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.code}: {error.read().decode()}")


def content(data: str) -> bytes:
    return Path(data[1:]).read_bytes() if data.startswith("@") else data.encode()


def write(output: str, body: bytes) -> None:
    if output == "/dev/stdout":
        sys.stdout.write(f"{body.decode()}\n")
    else:
        Path(output).write_bytes(body)


if __name__ == "__main__":
    main()

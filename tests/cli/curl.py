"""As much of curl as the documentation uses. Unlike curl's own default, an error answer is an error."""

import argparse
import sys
import urllib.error
import urllib.request


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("-s", action="store_true")
    options.add_argument("-X", dest="method")
    options.add_argument("-H", dest="headers", action="append", default=[])
    options.add_argument("-d", dest="data")
    options.add_argument("url")
    asked = options.parse_args()
    headers = dict(header.split(": ", 1) for header in asked.headers)
    body = None if asked.data is None else asked.data.encode()
    request = urllib.request.Request(asked.url, body, headers, method=asked.method)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            sys.stdout.write(f"{answer.read().decode()}\n")
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.code}: {error.read().decode()}")


if __name__ == "__main__":
    main()

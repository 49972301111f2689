"""Exit with 0 when the server on this machine answers; for containers, which have no other client.

The request names the first of `LMS_HOSTS`, since a server answers to its own names only.
"""

import http.client
import os
import sys

TIMEOUT_SECONDS = 4


def main() -> int:
    """Ask `/healthz` once; return the exit code."""
    name = os.environ.get("LMS_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=TIMEOUT_SECONDS
    )
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        status = connection.getresponse().status
    except OSError as error:
        print(f"no answer: {error}")
        return 1
    finally:
        connection.close()
    print(f"/healthz: {status}")
    return 0 if status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main())

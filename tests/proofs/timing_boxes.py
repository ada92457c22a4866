"""Timing boxes as in the field: they post, lose the line, and post again what was not acknowledged."""

import http.client
import json
import threading
import time
from dataclasses import dataclass, field

from bench.server import TOKEN

BATCH = 20
START_US = 1_790_000_000_000_000


@dataclass
class TimingBox:
    """Posts batches of consecutive reads until told to stop. `acknowledged` is the last sequence number of a 200."""

    port: int
    meet: str
    source: str
    acknowledged: int = 0
    refused: list[int] = field(default_factory=list)
    """Statuses other than 200, in order."""
    wrong: list[str] = field(default_factory=list)
    told: threading.Event = field(default_factory=threading.Event)
    """Set by each acknowledgement."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> "TimingBox":
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(60)

    def post_next(self, line: http.client.HTTPConnection) -> int:
        """The status of the next batch."""
        first = self.acknowledged + 1
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        line.request("POST", f"/v1/meets/{self.meet}/reads", body(self.source, first), headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.status != 200:
            self.refused.append(answer.status)
        elif (receipt := json.loads(content))["stored"] + receipt["duplicates"] == BATCH:
            self.acknowledged += BATCH
            self.told.set()
        else:
            self.wrong.append(content.decode())
        return answer.status

    def _run(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stopping.is_set():
            try:
                if self.post_next(line) != 200:
                    time.sleep(0.02)
            except (OSError, http.client.HTTPException):
                line.close()
                time.sleep(0.02)
        line.close()


def body(source: str, first: int, count: int = BATCH) -> bytes:
    reads = [{"seq": seq, "chip": f"C{seq % 500}", "at": START_US + seq * 1_000} for seq in range(first, first + count)]
    return json.dumps({"source": source, "epoch": "1", "reads": reads}).encode()

"""A learner's journey: statements, server CPU and bytes of each step; journeys a minute under concurrency.

Times depend on the machine: the yardstick, a fixed piece of Python work timed in the same run, says how fast it is,
and the ratio to it can be compared between machines.
"""

import argparse
import json
import re
import statistics
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.learner import Learner, Reply
from benchmarks.server import PASSWORD, QUESTIONS, Bench, running
from benchmarks.yardstick import yardstick_ms

ROUNDS = 12
SECONDS = 15.0
CONCURRENCY = (1, 4, 16)
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@dataclass
class Step:
    """A step's figures: medians over the rounds; bytes on the wire of one round."""

    name: str
    statements: float
    cpu_ms: float
    bytes: int


class Journey:
    """Walks the journey and notes each step."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.notes: dict[str, list[tuple[float, float, int]]] = {}

    def note(self, name: str, before: float, replies: list[Reply]) -> None:
        """Keep the figures of a step that just ended."""
        cpu = self.bench.cpu_ms() - before
        statements = sum(reply.statements for reply in replies)
        self.notes.setdefault(name, []).append((statements, cpu, sum(reply.wire for reply in replies)))

    def walk(self, code: str) -> None:
        """One learner from the sign-in page to the review."""
        learner, cpu = Learner(self.bench.port), self.bench.cpu_ms
        at = cpu()
        self.note("sign-in page", at, [learner.get("/sign-in")])
        at = cpu()
        self.note("sign-in", at, [learner.post("/sign-in", name=code, password=PASSWORD)])
        at = cpu()
        front = f"/assessments/{self.bench.assessment}"
        self.note("assessment page", at, [learner.get(front)])
        at = cpu()
        started = learner.post(f"{front}/start")
        self.note("start", at, [started])
        attempt = started.headers["location"]
        at = cpu()
        paper = learner.get(attempt)
        self.note("paper", at, [paper])
        at = cpu()
        assets = [learner.send("GET", path) for path in dict.fromkeys(ASSET.findall(paper.text))]
        self.note("paper's files", at, assets)
        at = cpu()
        saves = [learner.save(f"{attempt}/answers", slot, 1) for slot in range(1, QUESTIONS + 1)]
        self.note(f"{QUESTIONS} answer saves", at, saves)
        at = cpu()
        self.note("finish", at, [learner.post(f"{attempt}/finish", intent="hand_in", confirmed="1")])
        at = cpu()
        self.note("review", at, [learner.get(attempt), learner.get(f"{attempt}/result")])
        learner.connection.close()

    def steps(self) -> list[Step]:
        """Medians of what was noted."""
        return [
            Step(
                name,
                statistics.median(note[0] for note in notes),
                round(statistics.median(note[1] for note in notes), 2),
                notes[-1][2],
            )
            for name, notes in self.notes.items()
        ]


def journeys_per_minute(bench: Bench, learners: int, offset: int) -> float:
    """Whole journeys a minute with so many learners at once, each as fast as the server answers."""
    done = [0] * learners
    stop = time.monotonic() + SECONDS

    def keep_going(number: int) -> None:
        while time.monotonic() < stop:
            Journey(bench).walk(bench.codes[(offset + number) % len(bench.codes)])
            done[number] += 1

    threads = [threading.Thread(target=keep_going, args=(number,)) for number in range(learners)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 60 * sum(done) / (time.monotonic() - start)


def main() -> None:
    """Print the table; write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    with running(learners=64) as bench:
        journey = Journey(bench)
        for number in range(3):
            Journey(bench).walk(bench.codes[number])
        for number in range(ROUNDS):
            journey.walk(bench.codes[3 + number])
        steps = journey.steps()
        rates = {count: round(journeys_per_minute(bench, count, 20), 1) for count in CONCURRENCY}
    yardstick = yardstick_ms()
    total = sum(step.cpu_ms for step in steps)
    report(steps, rates, yardstick, total)
    if options.out:
        figures = {
            "steps": [asdict(step) for step in steps],
            "journey_cpu_ms": round(total, 1),
            "yardstick_ms": round(yardstick, 2),
            "journey_to_yardstick": round(total / yardstick, 2),
            "first_paper_bytes": sum(step.bytes for step in steps if step.name.startswith("paper")),
            "journeys_per_minute": rates,
        }
        options.out.write_text(json.dumps(figures, indent=2) + "\n")


def report(steps: list[Step], rates: dict[int, float], yardstick: float, total: float) -> None:
    """The table."""
    print(f"{'step':<18}{'statements':>12}{'CPU ms':>10}{'bytes':>10}")
    for step in steps:
        print(f"{step.name:<18}{step.statements:>12g}{step.cpu_ms:>10.2f}{step.bytes:>10}")
    paper = sum(step.bytes for step in steps if step.name.startswith("paper"))
    print(f"{'journey':<18}{sum(step.statements for step in steps):>12g}{total:>10.2f}")
    print(f"first paper with everything it loads: {paper} bytes")
    print(f"yardstick {yardstick:.2f} ms; a journey costs {total / yardstick:.1f} yardsticks")
    for count, rate in rates.items():
        print(f"{count:>3} learners at once: {rate:.0f} journeys a minute")


if __name__ == "__main__":
    main()

"""What times are compared with, so that runs on different machines can be."""

import time


def yardstick_ms() -> float:
    """CPU milliseconds of a fixed piece of work: the best of five."""

    def work() -> float:
        start = time.thread_time()
        total = 0
        for number in range(300_000):
            total += number * number % 7
        return (time.thread_time() - start) * 1000

    return min(work() for _ in range(5))

"""Made-up tickets beside what an analyst would write, in one process and in CPU-seconds.

    python tests/bench/batch [tickets] [rounds]

The contenders take turns; the ratio of two of them is taken round by round. Every answer is compared with that of
`ttw` before anything is timed. One thread each. A slow contender judges the first tickets only, as many as its line
says.
"""

import os
import platform
import statistics
import sys
import time
from importlib import import_module, metadata
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"

import by_numba
from tickets import as_slots, made_up, panel

import ttw

# Name, module, and how many tickets at most.
PEERS = [
    ("Polars, 36 columns of expressions", "by_polars", 100_000),
    ("DuckDB, list comprehensions", "by_duckdb", 10_000),
    ("pandas, joined levels and running counts", "by_pandas", 10_000),
    ("Python, a readable loop", "by_python", 10_000),
    ("zen-engine, one decision in a batch", "by_zen", 10_000),
]
# What the peers answer too; the other columns are timed beside these.
ANSWERS = [f"p1m{number}{end}" for number in (1, 2, 3, 4) for end in ("", "_status")] + ["p2_first"]
LIBRARIES = ("numba", "polars", "duckdb", "pandas", "zen-engine")


def main() -> None:
    """Checks agreement, takes turns, prints the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    data = made_up(count)
    table = panel(data)

    def ours(instructions: str | None, columns: list[str] | None = None, evidence: bool = False):
        return lambda: ttw.milestones_batch(
            table, threads=1, instructions=instructions, columns=columns, evidence=evidence
        )

    expected = as_slots(data, ours(None)())
    peers = {
        "numba, plain loop": (by_numba.contender(by_numba.plain, data), count),
        "numba, masks and bit-sliced windows": (by_numba.contender(by_numba.tuned, data), count),
    }
    for name, module, most in PEERS:
        tickets = min(count, most)
        part = {field: values[:tickets] for field, values in data.items()}
        peers[name] = (import_module(module).contender(part), tickets)
    for name, (work, tickets) in peers.items():
        assert (work() == expected[:tickets]).all(), f"{name} differs"
    attained = [(expected[:, k] >= 0).mean() for k in range(5)]
    print("agree: true; attained:", [f"{share:.0%}" for share in attained])

    own = {}
    for name in ("baseline", "avx2", "avx512", "neon"):
        try:
            ours(name)()
        except ttw.TtwError:
            continue
        own |= {
            f"ttw, {name}": (ours(name, ANSWERS), count),
            f"ttw with evidence, {name}": (ours(name, ANSWERS, evidence=True), count),
            f"ttw with all columns, {name}": (ours(name), count),
        }
    contenders = peers | own
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds):
        at = turn % len(contenders)
        for name, (work, tickets) in list(contenders.items())[at:] + list(contenders.items())[:at]:
            began = time.process_time()
            work()
            seconds[name].append((time.process_time() - began) / tickets)
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    cpu = next((line.split(":")[1].strip() for line in about if "model name" in line), platform.machine())
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    print(f"{count:,} tickets, {rounds} rounds, {cpu}; Python {platform.python_version()}, {versions}")
    print("\n| | tickets | million tickets a CPU-second, best | median |\n| --- | --: | --: | --: |")
    for name, times in seconds.items():
        print(f"| {name} | {contenders[name][1]:,} | {1e-6 / min(times):.4g} | {1e-6 / statistics.median(times):.4g} |")
    print("\n| ratio, paired by round | median | lowest | highest |\n| --- | --: | --: | --: |")
    for peer in peers:
        for mine in own:
            ratios = sorted(theirs / ours for theirs, ours in zip(seconds[peer], seconds[mine], strict=True))
            print(f"| {mine} / {peer} | {statistics.median(ratios):.4g} | {ratios[0]:.4g} | {ratios[-1]:.4g} |")


if __name__ == "__main__":
    main()

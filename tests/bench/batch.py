"""A million tickets beside what an analyst would write, in one process and in CPU-seconds.

    python tests/bench/batch.py [tickets] [rounds]

The contenders take turns; the ratio of two of them is taken round by round. Every answer is compared with the first peer's before
anything is timed. One thread each.
"""

import os
import platform
import statistics
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numba  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
import ttw  # noqa: E402
from numba import njit, uint64  # noqa: E402

MONTHS = 36
BASE = 2010 * 12
YEARS = range(2010, 2027)


def levels(name: str) -> np.ndarray:
    """Cents of a level for each month from 2010 on."""
    amounts = [ttw.parameters(f"{year}-01")[name].amount() for year in YEARS]
    return np.repeat([int(amount * 100) for amount in amounts], 12).astype(np.int32)


TWL, SGA, BLIND = levels("trial_work_level"), levels("sga_non_blind"), levels("sga_blind")
HALF = TWL // 2


def made_up(count: int) -> dict[str, np.ndarray]:
    """The tickets: 36 months, assigned in slot 6 to 24, 3 percent of the worked months on a threshold or a cent under it."""
    dice = np.random.default_rng(20261121)
    first = dice.integers(0, 12 * 12, count).astype(np.int32)
    slot = dice.integers(6, 25, count).astype(np.int32)
    title = dice.choice(np.array([0, 1, 2], np.uint8), count, p=[0.62, 0.23, 0.15])
    blind = dice.random(count) < 0.04
    bar = dice.choice(np.array([0, 1], np.uint8), count, p=[0.93, 0.07])
    month = first[:, None] + np.arange(MONTHS, dtype=np.int32)
    starts = dice.integers(0, 60, count)
    works = (np.arange(MONTHS) >= starts[:, None]) & (dice.random((count, MONTHS)) < 0.8)
    cents = np.where(works, dice.integers(20_000, 260_000, (count, MONTHS)), 0).astype(np.int32)
    pushed = works & (dice.random((count, MONTHS)) < 0.032)
    edge = np.choose(dice.integers(0, 3, (count, MONTHS)), [TWL[month], SGA[month], HALF[month]])
    cents = np.where(pushed, edge - dice.integers(0, 2, (count, MONTHS)), cents).astype(np.int32)
    # In pay until some month; then mostly suspended for work, sometimes for something else.
    until = dice.integers(8, 90, (count, 1))
    after = dice.choice(np.array([2, 3], np.uint8), (count, 1), p=[0.7, 0.3])
    other = dice.random((count, MONTHS)) < 0.02
    status = np.where(np.arange(MONTHS) < until, np.where(other, 3, 1), after).astype(np.uint8)
    none = np.zeros_like(status)
    t2 = np.where(title[:, None] == 1, none, status).astype(np.uint8)
    t16 = np.where(title[:, None] == 0, none, status).astype(np.uint8)
    return {"first": first, "slot": slot, "title": title, "blind": blind, "bar": bar, "cents": cents, "t2": t2, "t16": t16}


def panel(data: dict[str, np.ndarray]) -> pa.Table:
    """The same buffers as Arrow columns."""
    months = np.array("2010-01", "datetime64[M]") + data["first"]
    assigned = (months + data["slot"]).astype("datetime64[D]") + 14
    count = len(months)

    def lists(values: pa.Array) -> pa.Array:
        return pa.ListArray.from_arrays(pa.array(np.arange(0, count * MONTHS + 1, MONTHS, dtype=np.int32)), values)

    def words(keys: np.ndarray, values: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(keys.astype(np.int8), mask=keys > 2), pa.array(values))

    return pa.table(
        {
            "title": words(data["title"], ["t2", "t16", "concurrent"]),
            "blind": pa.array(data["blind"]),
            "first_month": pa.array(months.astype("datetime64[D]")),
            "first_assigned_on": pa.array(assigned),
            "vr_bar": words(np.where(data["bar"] == 1, 0, 9), ["phase_1"]),
            "earned": lists(pa.array(data["cents"].reshape(-1))),
            "t2": lists(pa.array(data["t2"].reshape(-1))),
            "t16": lists(pa.array(data["t16"].reshape(-1))),
            "last_period": lists(pa.array(np.ones(count * MONTHS, bool))),
        }
    )


@njit(cache=False)
def plain(first, slot, title, blind, bar, cents, t2, t16, twl, half, sga, sga_blind, out):
    """A loop over months, as one writes it."""
    need = (1, 3, 6, 9)
    within = (1, 6, 12, 18)
    count = np.zeros(37, np.int32)
    for i in range(len(first)):
        f, a = first[i], slot[i]
        for k in range(4):
            seen = 0
            for j in range(max(0, a - within[k]), a):
                if cents[i, j] >= twl[f + j]:
                    seen += 1
            out[i, k] = -3 if bar[i] else (-2 if seen >= need[k] else -1)
        out[i, 4] = -1
        k = 0
        total = 0
        for j in range(a, 36):
            s, u = t2[i, j], t16[i, j]
            if title[i] == 0:
                paid, ended = s == 1, s == 2 or s == 4
            elif title[i] == 1:
                paid, ended = u == 1, u == 2 or u == 4
            else:
                paid = s == 1 or u == 1
                ended = 2 <= s <= 5 and 2 <= u <= 5 and (s == 2 or s == 4 or u == 2 or u == 4)
            if ended:
                break
            if j == a:
                count[j + 1] = 0
                continue
            at = cents[i, j] >= twl[f + j]
            total += at
            count[j + 1] = total
            while k < 4 and out[i, k] < -1:
                k += 1
            if not paid:
                continue
            if k == 0:
                if cents[i, j] >= half[f + j]:
                    out[i, 0] = j
                    k = 1
            elif k < 4:
                if at and total - count[max(a + 1, j - within[k] + 1)] >= need[k]:
                    out[i, k] = j
                    k += 1
            else:
                if cents[i, j] >= (sga_blind[f + j] if blind[i] else sga[f + j]):
                    out[i, 4] = j
                    break


@njit(inline="always")
def add(a0, a1, a2, a3, a4, b0, b1, b2, b3, b4):
    c = a0 & b0
    s0 = a0 ^ b0
    s1 = a1 ^ b1 ^ c
    c = (a1 & b1) | (c & (a1 ^ b1))
    s2 = a2 ^ b2 ^ c
    c = (a2 & b2) | (c & (a2 ^ b2))
    s3 = a3 ^ b3 ^ c
    c = (a3 & b3) | (c & (a3 ^ b3))
    return s0, s1, s2, s3, a4 ^ b4 ^ c


@njit(inline="always")
def places(x):
    """Which bit is the only one."""
    n = 0
    if x == uint64(0):
        return -1
    if x & uint64(0xFFFFFFFF) == uint64(0):
        n += 32
        x >>= uint64(32)
    if x & uint64(0xFFFF) == uint64(0):
        n += 16
        x >>= uint64(16)
    if x & uint64(0xFF) == uint64(0):
        n += 8
        x >>= uint64(8)
    if x & uint64(0xF) == uint64(0):
        n += 4
        x >>= uint64(4)
    if x & uint64(3) == uint64(0):
        n += 2
        x >>= uint64(2)
    if x & uint64(1) == uint64(0):
        n += 1
    return n


@njit(inline="always")
def ones(x):
    x = x - ((x >> uint64(1)) & uint64(0x5555555555555555))
    x = (x & uint64(0x3333333333333333)) + ((x >> uint64(2)) & uint64(0x3333333333333333))
    x = (x + (x >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
    return (x * uint64(0x0101010101010101)) >> uint64(56)


@njit(cache=False)
def tuned(first, slot, title, blind, bar, cents, t2, t16, twl, half, sga, sga_blind, out):
    """Masks of months and bit-sliced windows, in blocks of 256."""
    z = uint64(0)
    one = uint64(1)
    full = ~z
    reach = np.empty(256, np.uint64)
    halves = np.empty(256, np.uint64)
    gain = np.empty(256, np.uint64)
    month = np.empty(256, np.uint64)
    second = np.empty(256, np.uint64)
    third = np.empty(256, np.uint64)
    fourth = np.empty(256, np.uint64)
    n = len(first)
    for start in range(0, n, 256):
        size = min(256, n - start)
        for b in range(size):
            i = start + b
            f = first[i]
            row, ttab, htab = cents[i], twl[f : f + 36], half[f : f + 36]
            stab = sga_blind[f : f + 36] if blind[i] else sga[f : f + 36]
            w = z
            h = z
            g = z
            paid = z
            ended = z
            for j in range(36):
                w |= uint64(row[j] >= ttab[j]) << uint64(j)
                h |= uint64(row[j] >= htab[j]) << uint64(j)
                g |= uint64(row[j] >= stab[j]) << uint64(j)
            r2, r16 = t2[i], t16[i]
            if title[i] == 0:
                for j in range(36):
                    paid |= uint64(r2[j] == 1) << uint64(j)
                    ended |= uint64((r2[j] == 2) | (r2[j] == 4)) << uint64(j)
            elif title[i] == 1:
                for j in range(36):
                    paid |= uint64(r16[j] == 1) << uint64(j)
                    ended |= uint64((r16[j] == 2) | (r16[j] == 4)) << uint64(j)
            else:
                for j in range(36):
                    s, u = r2[j], r16[j]
                    paid |= uint64((s == 1) | (u == 1)) << uint64(j)
                    both = (s >= 2) & (s <= 5) & (u >= 2) & (u <= 5)
                    ended |= uint64(both & ((s == 2) | (s == 4) | (u == 2) | (u == 4))) << uint64(j)
            a = uint64(slot[i])
            ended &= full << a
            ended |= z - ended
            reach[b] = w
            halves[b] = h
            gain[b] = g
            month[b] = paid & ~ended & (full << (a + one))
        for b in range(size):
            w = reach[b] & (full << uint64(slot[start + b] + 1))
            p0 = w ^ (w << one)
            p1 = w & (w << one)
            q0, q1, q2, q3, q4 = add(p0, p1, z, z, z, p0 << uint64(2), p1 << uint64(2), z, z, z)
            e0, e1, e2, e3, e4 = add(q0, q1, q2, z, z, q0 << uint64(4), q1 << uint64(4), q2 << uint64(4), z, z)
            x0, x1, x2, x3, x4 = add(
                e0, e1, e2, e3, z, e0 << uint64(8), e1 << uint64(8), e2 << uint64(8), e3 << uint64(8), z
            )
            a0, a1, a2, a3, a4 = add(q0, q1, q2, z, z, p0 << uint64(4), p1 << uint64(4), z, z, z)
            second[b] = w & (a2 | (a0 & a1))
            a0, a1, a2, a3, a4 = add(e0, e1, e2, e3, z, q0 << uint64(8), q1 << uint64(8), q2 << uint64(8), z, z)
            third[b] = w & (a3 | (a2 & a1))
            a0, a1, a2, a3, a4 = add(x0, x1, x2, x3, x4, p0 << uint64(16), p1 << uint64(16), z, z, z)
            fourth[b] = w & (a4 | (a3 & (a0 | a1 | a2)))
        for b in range(size):
            i = start + b
            a = uint64(slot[i])
            before = reach[b] << (uint64(64) - a)
            after = month[b]
            found = halves[b]
            for k in range(4):
                if k == 0:
                    looked, need = before >> uint64(63), uint64(1)
                elif k == 1:
                    looked, need, found = before >> uint64(58), uint64(3), second[b]
                elif k == 2:
                    looked, need, found = before >> uint64(52), uint64(6), third[b]
                else:
                    looked, need, found = before >> uint64(46), uint64(9), fourth[b]
                if bar[i]:
                    out[i, k] = -3
                    continue
                if ones(looked) >= need:
                    out[i, k] = -2
                    continue
                low = found & after
                low &= z - low
                after &= ~(low | (low - one))
                out[i, k] = places(low)
            low = gain[b] & after
            low &= z - low
            out[i, 4] = places(low)


def by_polars(data: dict[str, np.ndarray], frame: pl.DataFrame) -> np.ndarray:
    """Thirty-six columns of expressions."""
    need, within = (1, 3, 6, 9), (1, 6, 12, 18)
    c = pl.col
    reach = frame.with_columns(
        *[(c(f"cents{j}") >= c(f"twl{j}")).alias(f"w{j}") for j in range(MONTHS)],
        *[(c(f"a2_{j}").is_in([2, 3, 4, 5]) & c(f"a16_{j}").is_in([2, 3, 4, 5])).alias(f"no{j}") for j in range(MONTHS)],
    )
    t2, t16 = c("title") == 0, c("title") == 1
    work = [c(f"a2_{j}").is_in([2, 4]) for j in range(MONTHS)]
    work16 = [c(f"a16_{j}").is_in([2, 4]) for j in range(MONTHS)]
    reach = reach.with_columns(
        *[
            pl.when(t2).then(c(f"a2_{j}") == 1).when(t16).then(c(f"a16_{j}") == 1)
            .otherwise((c(f"a2_{j}") == 1) | (c(f"a16_{j}") == 1)).alias(f"paid{j}")
            for j in range(MONTHS)
        ],
        pl.min_horizontal(
            *[
                pl.when(
                    (c("slot") <= j)
                    & pl.when(t2).then(work[j]).when(t16).then(work16[j]).otherwise(c(f"no{j}") & (work[j] | work16[j]))
                ).then(pl.lit(j, pl.Int32))
                for j in range(MONTHS)
            ],
            pl.lit(99, pl.Int32),
        ).alias("ended"),
        *[
            pl.sum_horizontal(
                *[(c(f"w{j}") & (c("slot") > j) & (c("slot") <= j + within[k])).cast(pl.Int32) for j in range(MONTHS)]
            ).alias(f"seen{k}")
            for k in range(4)
        ],
    )
    reach = reach.with_columns(c("slot").alias("after"))
    names = []
    for k in range(5):
        month = []
        for j in range(MONTHS):
            if k == 0:
                enough = c(f"cents{j}") >= c(f"half{j}")
            elif k == 4:
                enough = c(f"cents{j}") >= c(f"sga{j}")
            else:
                span = range(max(0, j - within[k] + 1), j + 1)
                sum_ = pl.sum_horizontal(*[(c(f"w{m}") & (c("slot") < m)).cast(pl.Int32) for m in span])
                enough = c(f"w{j}") & (sum_ >= need[k])
            month.append(
                pl.when(enough & c(f"paid{j}") & (c("after") < j) & (c("ended") > j)).then(pl.lit(j, pl.Int32))
            )
        found = pl.min_horizontal(*month)
        if k == 4:
            reach = reach.with_columns(found.fill_null(-1).alias("m4"))
        else:
            barred = pl.when(c("bar") == 1).then(-3).when(c(f"seen{k}") >= need[k]).then(-2)
            reach = reach.with_columns(pl.coalesce(barred, found, pl.lit(-1)).alias(f"m{k}"))
            reach = reach.with_columns(
                pl.when(c(f"m{k}") >= 0).then(c(f"m{k}")).when(c(f"m{k}") == -1).then(99).otherwise(c("after")).alias("after")
            )
        names.append(f"m{k}")
    return reach.select(names).to_numpy().astype(np.int16)


def wide(data: dict[str, np.ndarray]) -> pl.DataFrame:
    """A column a month, each with its limits beside it."""
    columns = {name: data[name] for name in ("slot", "title", "bar")}
    for j in range(MONTHS):
        month = data["first"] + j
        columns |= {f"cents{j}": np.ascontiguousarray(data["cents"][:, j]), f"twl{j}": TWL[month], f"half{j}": HALF[month]}
        columns[f"sga{j}"] = np.where(data["blind"], BLIND[month], SGA[month])
        columns |= {f"a2_{j}": np.ascontiguousarray(data["t2"][:, j]), f"a16_{j}": np.ascontiguousarray(data["t16"][:, j])}
    return pl.DataFrame(columns)


def as_slots(data: dict[str, np.ndarray], answer: object) -> np.ndarray:
    """Our columns in the form of the peers."""
    table = pa.table(answer)
    out = np.full((len(data["first"]), 5), -1, np.int16)
    codes = {"look_back": -2, "state_vr": -3}
    for k, name in enumerate(["p1m1", "p1m2", "p1m3", "p1m4", "p2_first"]):
        days = table[name].combine_chunks().to_numpy(zero_copy_only=False)
        slot = (days.astype("datetime64[M]") - np.array("2010-01", "datetime64[M]")).astype(np.int64) - data["first"]
        there = ~np.isnat(days)
        out[there, k] = slot[there]
        if k < 4:
            status = table[f"{name}_status"].combine_chunks()
            for key, word in enumerate(status.dictionary.to_pylist()):
                if word in codes:
                    out[status.indices.to_numpy() == key, k] = codes[word]
    return out


def main() -> None:
    """Checks agreement, takes turns, prints the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    data = made_up(count)
    table = panel(data)
    inputs = [data[name] for name in ("first", "slot", "title", "blind", "bar", "cents", "t2", "t16")]
    out = np.empty((count, 5), np.int16)

    def ours(instructions: str | None, evidence: bool = False):
        return lambda: ttw.milestones_batch(table, threads=1, instructions=instructions, evidence=evidence)

    def numba_(kernel):
        return lambda: kernel(*inputs, TWL, HALF, SGA, BLIND, out)

    tickets = {"numba, plain loop": (numba_(plain), 1.0), "numba, masks and bit-sliced windows": (numba_(tuned), 1.0)}
    part = {name: values[: count // 10] for name, values in data.items()}
    frame = wide(part)
    tickets["Polars, 36 columns of expressions (a tenth)"] = (lambda: by_polars(part, frame), 10.0)
    for name in ("baseline", "avx2", "avx512", "neon"):
        try:
            ours(name)()
        except ttw.TtwError:
            continue
        tickets[f"ttw, {name}"] = (ours(name), 1.0)
        tickets[f"ttw with evidence, {name}"] = (ours(name, True), 1.0)

    numba_(plain)()
    expected = out.copy()
    numba_(tuned)()
    assert (out == expected).all(), "the two loops differ"
    assert (as_slots(data, ours(None)()) == expected).all(), "ttw differs"
    assert (by_polars(part, frame) == expected[: count // 10]).all(), "Polars differs"
    attained = [(expected[:, k] >= 0).mean() for k in range(5)]
    print("agree: true; attained:", [f"{share:.0%}" for share in attained])

    seconds: dict[str, list[float]] = {name: [] for name in tickets}
    for turn in range(rounds):
        for name in list(tickets)[turn % len(tickets) :] + list(tickets)[: turn % len(tickets)]:
            work, factor = tickets[name]
            began = time.process_time()
            work()
            seconds[name].append((time.process_time() - began) * factor)
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), platform.machine())
    print(f"{count:,} tickets, {rounds} rounds, {cpu}; Python {platform.python_version()}, numba {numba.__version__}, polars {pl.__version__}")
    print("\n| | million tickets a CPU-second, best | median |\n| --- | --: | --: |")
    for name, times in seconds.items():
        print(f"| {name} | {count / min(times) / 1e6:.2f} | {count / statistics.median(times) / 1e6:.2f} |")
    print("\n| ratio, paired by round | median | lowest | highest |\n| --- | --: | --: | --: |")
    for peer in [name for name in tickets if not name.startswith("ttw")]:
        for own in [name for name in tickets if name.startswith("ttw")]:
            ratios = [theirs / mine for theirs, mine in zip(seconds[peer], seconds[own], strict=True)]
            print(f"| {own} / {peer} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} |")


if __name__ == "__main__":
    main()

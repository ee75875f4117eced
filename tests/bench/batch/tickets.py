"""The tickets of the benchmark, as arrays and as a panel, and the form in which all contenders answer."""

import numpy as np
import pyarrow as pa

import ttw

MONTHS = 36
YEARS = range(2010, 2027)
# Months at the level that each milestone needs, and within how many; a look-back counts over the same.
NEED, WITHIN = (1, 3, 6, 9), (1, 6, 12, 18)


def levels(name: str) -> np.ndarray:
    """Cents of a level for each month from 2010 on."""
    amounts = [ttw.parameters(f"{year}-01")[name].amount() for year in YEARS]
    return np.repeat([int(amount * 100) for amount in amounts], 12).astype(np.int32)


TWL, SGA, BLIND = levels("trial_work_level"), levels("sga_non_blind"), levels("sga_blind")
HALF = TWL // 2


def made_up(count: int) -> dict[str, np.ndarray]:
    """The tickets: 36 months, assigned in slot 6 to 24.

    3 percent of the worked months are on a threshold or a cent under it.
    """
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
    return {
        "first": first,
        "slot": slot,
        "title": title,
        "blind": blind,
        "bar": bar,
        "cents": cents,
        "t2": t2,
        "t16": t16,
    }


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


def as_slots(data: dict[str, np.ndarray], answer: object) -> np.ndarray:
    """The columns of `ttw` as the month of each milestone, from 0; -1 not attained, -2 look-back, -3 State VR."""
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

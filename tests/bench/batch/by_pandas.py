"""A row a month in pandas: the levels joined by month, windows as differences of running counts."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from tickets import BLIND, HALF, MONTHS, NEED, SGA, TWL, WITHIN


def judged(rows: pd.DataFrame, tickets: pd.DataFrame, levels: pd.DataFrame) -> np.ndarray:
    """The answers to the rows of all months of all tickets."""
    rows = rows.merge(tickets, on="id", how="left").merge(levels, on="month", how="left")
    reached = rows.cents >= rows.twl
    paid = ((rows.title != 1) & (rows.t2 == 1)) | ((rows.title != 0) & (rows.t16 == 1))
    work, work16 = rows.t2.isin([2, 4]), rows.t16.isin([2, 4])
    neither = rows.t2.between(2, 5) & rows.t16.between(2, 5)
    stopped = work.where(rows.title == 0, work16.where(rows.title == 1, neither & (work | work16)))
    ended = (stopped & (rows.j >= rows.slot)).groupby(rows.id).cummax()
    payable = paid & ~ended & (rows.j > rows.slot)
    counted = (reached & (rows.j > rows.slot)).astype(int)
    total = counted.groupby(rows.id).cumsum()
    answers = {}
    after = tickets.set_index("id").slot
    for k, (need, within) in enumerate(zip(NEED, WITHIN, strict=True)):
        if k == 0:
            enough = rows.cents >= rows.half
        else:
            enough = reached & (total - total.groupby(rows.id).shift(within, fill_value=0) >= need)
        looked = reached & (rows.j < rows.slot) & (rows.j >= rows.slot - within)
        found = rows[payable & enough & (rows.j > rows.id.map(after))].groupby("id").j.min()
        found = found.reindex(after.index, fill_value=-1)
        found = found.mask(looked.groupby(rows.id).sum() >= need, -2)
        found = found.mask(tickets.set_index("id").bar == 1, -3)
        after = after.mask(found >= 0, found).mask(found == -1, MONTHS)
        answers[k] = found
    gain = rows.cents >= rows.sga_blind.where(rows.blind, rows.sga)
    found = rows[payable & gain & (rows.j > rows.id.map(after))].groupby("id").j.min()
    answers[4] = found.reindex(after.index, fill_value=-1)
    return pd.DataFrame(answers).to_numpy(np.int16)


def contender(data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """The rows of the months are laid out beforehand."""
    count = len(data["first"])
    ids, j = np.arange(count), np.tile(np.arange(MONTHS), count)
    lists = {name: data[name].reshape(-1) for name in ("cents", "t2", "t16")}
    rows = pd.DataFrame({"id": np.repeat(ids, MONTHS), "j": j, "month": np.repeat(data["first"], MONTHS) + j, **lists})
    tickets = pd.DataFrame({"id": ids, **{name: data[name] for name in ("slot", "title", "blind", "bar")}})
    levels = pd.DataFrame({"month": np.arange(len(TWL)), "twl": TWL, "half": HALF, "sga": SGA, "sga_blind": BLIND})
    return lambda: judged(rows, tickets, levels)

"""Thirty-six columns of expressions in Polars."""

from collections.abc import Callable

import numpy as np
import polars as pl
from tickets import BLIND, HALF, MONTHS, NEED, SGA, TWL, WITHIN


def judged(frame: pl.DataFrame) -> np.ndarray:
    """The answers to a frame with a column a month."""
    c = pl.col
    reach = frame.with_columns(
        *[(c(f"cents{j}") >= c(f"twl{j}")).alias(f"w{j}") for j in range(MONTHS)],
        *[
            (c(f"a2_{j}").is_in([2, 3, 4, 5]) & c(f"a16_{j}").is_in([2, 3, 4, 5])).alias(f"no{j}")
            for j in range(MONTHS)
        ],
    )
    t2, t16 = c("title") == 0, c("title") == 1
    work = [c(f"a2_{j}").is_in([2, 4]) for j in range(MONTHS)]
    work16 = [c(f"a16_{j}").is_in([2, 4]) for j in range(MONTHS)]
    reach = reach.with_columns(
        *[
            pl.when(t2)
            .then(c(f"a2_{j}") == 1)
            .when(t16)
            .then(c(f"a16_{j}") == 1)
            .otherwise((c(f"a2_{j}") == 1) | (c(f"a16_{j}") == 1))
            .alias(f"paid{j}")
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
                *[(c(f"w{j}") & (c("slot") > j) & (c("slot") <= j + WITHIN[k])).cast(pl.Int32) for j in range(MONTHS)]
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
                span = range(max(0, j - WITHIN[k] + 1), j + 1)
                sum_ = pl.sum_horizontal(*[(c(f"w{m}") & (c("slot") < m)).cast(pl.Int32) for m in span])
                enough = c(f"w{j}") & (sum_ >= NEED[k])
            month.append(
                pl.when(enough & c(f"paid{j}") & (c("after") < j) & (c("ended") > j)).then(pl.lit(j, pl.Int32))
            )
        found = pl.min_horizontal(*month)
        if k == 4:
            reach = reach.with_columns(found.fill_null(-1).alias("m4"))
        else:
            barred = pl.when(c("bar") == 1).then(-3).when(c(f"seen{k}") >= NEED[k]).then(-2)
            reach = reach.with_columns(pl.coalesce(barred, found, pl.lit(-1)).alias(f"m{k}"))
            reach = reach.with_columns(
                pl.when(c(f"m{k}") >= 0)
                .then(c(f"m{k}"))
                .when(c(f"m{k}") == -1)
                .then(99)
                .otherwise(c("after"))
                .alias("after")
            )
        names.append(f"m{k}")
    return reach.select(names).to_numpy().astype(np.int16)


def wide(data: dict[str, np.ndarray]) -> pl.DataFrame:
    """A column a month, each with its limits beside it."""
    columns = {name: data[name] for name in ("slot", "title", "bar")}
    for j in range(MONTHS):
        month = data["first"] + j
        columns |= {
            f"cents{j}": np.ascontiguousarray(data["cents"][:, j]),
            f"twl{j}": TWL[month],
            f"half{j}": HALF[month],
        }
        columns[f"sga{j}"] = np.where(data["blind"], BLIND[month], SGA[month])
        columns |= {
            f"a2_{j}": np.ascontiguousarray(data["t2"][:, j]),
            f"a16_{j}": np.ascontiguousarray(data["t16"][:, j]),
        }
    return pl.DataFrame(columns)


def contender(data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """The frame is laid out beforehand."""
    frame = wide(data)
    return lambda: judged(frame)

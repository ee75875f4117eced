"""Lists and list comprehensions in DuckDB."""

from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa
from tickets import BLIND, HALF, MONTHS, NEED, SGA, TWL, WITHIN


def milestone(k: int, need: int, within: int) -> str:
    """One milestone after those before it, as two steps."""
    months, enough = "months", "halves[j + 1]"
    if k > 0:
        months, enough = "working", f"list_sum(reached[greatest(slot + 2, j - {within} + 2) : j + 1]) >= {need}"
    return f"""
found{k} as materialized (
    select *, case when bar = 1 then -3
        when list_sum(reached[greatest(slot - {within}, 0) + 1 : slot]) >= {need} then -2
        else coalesce(list_min([j for j in {months} if j > after and {enough}]), -1) end as m{k}
    from judged{k}),
judged{k + 1} as (
    select * replace (case when m{k} >= 0 then m{k} when m{k} = -1 then {MONTHS} else after end as after)
    from found{k})"""


QUERY = f"""
with limits as (select list(twl order by month) as twl, list(half order by month) as half,
                       list(sga order by month) as sga, list(sga_blind order by month) as sga_blind from levels),
statuses as materialized (
    select *,
        [j for j in range(slot, {MONTHS})
         if case title when 0 then t2[j + 1] in (2, 4) when 1 then t16[j + 1] in (2, 4)
            else t2[j + 1] between 2 and 5 and t16[j + 1] between 2 and 5
                 and (t2[j + 1] in (2, 4) or t16[j + 1] in (2, 4)) end] as ended
    from tickets),
reaching as materialized (
    select id, slot, bar, slot as after,
        [if(cents[j + 1] >= twl[first + j + 1], 1, 0) for j in range({MONTHS})] as reached,
        [cents[j + 1] >= half[first + j + 1] for j in range({MONTHS})] as halves,
        [cents[j + 1] >= if(blind, sga_blind, sga)[first + j + 1] for j in range({MONTHS})] as gains,
        [j for j in range(slot + 1, coalesce(ended[1], {MONTHS}))
         if (title != 1 and t2[j + 1] = 1) or (title != 0 and t16[j + 1] = 1)] as months
    from statuses, limits),
judged0 as materialized (select *, [j for j in months if reached[j + 1] = 1] as working from reaching),
{",".join(milestone(k, need, within) for k, (need, within) in enumerate(zip(NEED, WITHIN, strict=True)))}
select m0, m1, m2, m3, coalesce(list_min([j for j in months if j > after and gains[j + 1]]), -1) as m4
from judged4 order by id
"""


def contender(data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """The tickets are a table of DuckDB beforehand."""
    tickets = pa.table(
        {"id": np.arange(len(data["first"]))}
        | {name: data[name] for name in ("first", "slot", "title", "blind", "bar")}
        | {name: pa.array(list(data[name])) for name in ("cents", "t2", "t16")}
    )
    levels = pa.table({"month": np.arange(len(TWL)), "twl": TWL, "half": HALF, "sga": SGA, "sga_blind": BLIND})
    database = duckdb.connect(config={"threads": 1})
    for name, table in {"tickets": tickets, "levels": levels}.items():
        database.register("given", table)
        database.sql(f"create table {name} as from given")
        database.unregister("given")
    return lambda: np.stack(list(database.sql(QUERY).fetchnumpy().values()), axis=1).astype(np.int16)

"""One decision of expressions in zen-engine, asked of all tickets by one call."""

from collections.abc import Callable

import numpy as np
import zen
from tickets import BLIND, HALF, MONTHS, NEED, SGA, TWL, WITHIN

EVERY = f"[0..{MONTHS - 1}]"
STOPPED = """title == 0 ? t2[#] in [2, 4] : title == 1 ? t16[#] in [2, 4]
    : t2[#] in [2..5] and t16[#] in [2..5] and (t2[#] in [2, 4] or t16[#] in [2, 4])"""


def expressions() -> dict[str, str]:
    """The fields of the decision, in order."""
    fields = {
        "reached": f"map({EVERY}, cents[#] >= twl[#] ? 1 : 0)",
        "counted": f"map({EVERY}, # > slot ? $.reached[#] : 0)",
        "ended": f"filter({EVERY}, # >= slot and ({STOPPED}))[0] ?? {MONTHS}",
        "months": f"""filter({EVERY}, # > slot and # < $.ended
            and ((title != 1 and t2[#] == 1) or (title != 0 and t16[#] == 1)))""",
        "after0": "slot",
    }
    for k, (need, within) in enumerate(zip(NEED, WITHIN, strict=True)):
        enough = f"$.reached[#] == 1 and sum($.counted[max([0, # - {within - 1}]):#]) >= {need}"
        fields |= {
            f"seen{k}": f"sum($.reached[max([0, slot - {within}]):slot - 1])",
            f"found{k}": f"filter($.months, # > $.after{k} and {enough if k else 'cents[#] >= half[#]'})[0] ?? -1",
            f"m{k}": f"bar == 1 ? -3 : $.seen{k} >= {need} ? -2 : $.found{k}",
            f"after{k + 1}": f"$.m{k} >= 0 ? $.m{k} : $.m{k} == -1 ? {MONTHS} : $.after{k}",
        }
    return fields | {"m4": "filter($.months, # > $.after4 and cents[#] >= sga[#])[0] ?? -1"}


def decision() -> dict:
    """The decision as the engine reads it."""
    values = [{"id": key, "key": key, "value": value} for key, value in expressions().items()]
    names = {"in": "inputNode", "rules": "expressionNode", "out": "outputNode"}
    nodes = [{"id": name, "name": name, "type": kind, "content": {}} for name, kind in names.items()]
    nodes[1]["content"] = {"expressions": values, "passThrough": False}
    edges = [
        {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in (("in", "rules"), ("rules", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def contender(data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """The tickets are dictionaries beforehand, each with the levels of its months."""
    month = data["first"][:, None] + np.arange(MONTHS)
    sga = np.where(data["blind"][:, None], BLIND[month], SGA[month])
    columns = {name: data[name].tolist() for name in ("slot", "title", "bar", "cents", "t2", "t16")}
    columns |= {"twl": TWL[month].tolist(), "half": HALF[month].tolist(), "sga": sga.tolist()}
    tickets = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    asked = [{"key": "milestones", "context": ticket} for ticket in tickets]
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"milestones": decision()}}})

    def judged() -> np.ndarray:
        results = [answer["data"]["result"] for answer in engine.evaluate_batch(asked)]
        return np.array([[result[f"m{k}"] for k in range(5)] for result in results], np.int16)

    return judged

"""A readable loop over tickets, months and milestones, in Python alone."""

from collections.abc import Callable

import numpy as np
from tickets import BLIND, HALF, MONTHS, NEED, SGA, TWL, WITHIN


def in_pay(title: int, t2: int, t16: int) -> bool:
    """Whether a month's benefits are paid."""
    return (title != 1 and t2 == 1) or (title != 0 and t16 == 1)


def ended_for_work(title: int, t2: int, t16: int) -> bool:
    """Whether no benefit is paid any more because of work."""
    if title == 0:
        return t2 in (2, 4)
    if title == 1:
        return t16 in (2, 4)
    return 2 <= t2 <= 5 and 2 <= t16 <= 5 and (t2 in (2, 4) or t16 in (2, 4))


def milestones(ticket: dict) -> list[int]:
    """The month of each milestone of one ticket."""
    first, slot, title, cents = ticket["first"], ticket["slot"], ticket["title"], ticket["cents"]
    twl, half = ticket["twl"], ticket["half"]
    sga = ticket["sga_blind"] if ticket["blind"] else ticket["sga"]
    reached = [cents[j] >= twl[first + j] for j in range(MONTHS)]
    months = []
    for j in range(slot, MONTHS):
        statuses = (title, ticket["t2"][j], ticket["t16"][j])
        if ended_for_work(*statuses):
            break
        if j > slot and in_pay(*statuses):
            months.append(j)
    answer = []
    after = slot
    for need, within in zip(NEED, WITHIN, strict=True):
        if ticket["bar"]:
            answer.append(-3)
            continue
        if sum(reached[max(0, slot - within) : slot]) >= need:
            answer.append(-2)
            continue
        attained = -1
        for j in months:
            if need == 1:
                enough = cents[j] >= half[first + j]
            else:
                enough = reached[j] and sum(reached[max(slot + 1, j - within + 1) : j + 1]) >= need
            if enough and j > after:
                attained = j
                break
        answer.append(attained)
        after = attained if attained >= 0 else MONTHS
    answer.append(next((j for j in months if j > after and cents[j] >= sga[first + j]), -1))
    return answer


def contender(data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """The tickets are dictionaries of lists beforehand."""
    levels = {"twl": TWL.tolist(), "half": HALF.tolist(), "sga": SGA.tolist(), "sga_blind": BLIND.tolist()}
    columns = {name: values.tolist() for name, values in data.items()}
    tickets = [dict(zip(columns, row, strict=True)) | levels for row in zip(*columns.values(), strict=True)]
    return lambda: np.array([milestones(ticket) for ticket in tickets], np.int16)

"""Loops over arrays, compiled: one as it is written at first, and one with the masks that `ttw` has too."""

from collections.abc import Callable

import numpy as np
from numba import njit, uint64
from tickets import BLIND, HALF, SGA, TWL


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
            q0, q1, q2, _, _ = add(p0, p1, z, z, z, p0 << uint64(2), p1 << uint64(2), z, z, z)
            e0, e1, e2, e3, _ = add(q0, q1, q2, z, z, q0 << uint64(4), q1 << uint64(4), q2 << uint64(4), z, z)
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


def contender(kernel: Callable, data: dict[str, np.ndarray]) -> Callable[[], np.ndarray]:
    """One of the loops, to be called."""
    inputs = [data[name] for name in ("first", "slot", "title", "blind", "bar", "cents", "t2", "t16")]
    out = np.empty((len(data["first"]), 5), np.int16)

    def judged() -> np.ndarray:
        kernel(*inputs, TWL, HALF, SGA, BLIND, out)
        return out

    return judged

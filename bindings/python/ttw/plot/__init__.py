"""Pictures of a case, of a ledger and of a population; they need Altair: `pip install "altair>=6"`.

Colours can be told apart by people who are colour-blind, every colour has a sign of its own, and every picture carries
its words: `description`, and `usermeta["alt"]`, the same text for who cannot see it.
"""

from __future__ import annotations

from ttw.plot._ledger import plot_ledger
from ttw.plot._population import plot_population
from ttw.plot._timeline import plot_timeline

__all__ = ["plot_ledger", "plot_population", "plot_timeline"]

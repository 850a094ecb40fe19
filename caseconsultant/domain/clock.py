"""Time is handed in: instants are aware and in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

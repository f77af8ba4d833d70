"""Many reports at once: read in processes that may be ended, coded once each, committed in order.

    inputs → raw records → units → reports → standing → claims → commit

A unit is committed whole or not at all, so a run that is killed goes on where it was.
"""

from __future__ import annotations

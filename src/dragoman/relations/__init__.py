"""Events go in; series, levels, change points, networks, blocs, ledgers and briefs come out. Every entry names its events."""

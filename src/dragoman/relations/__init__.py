"""Events go in; ledgers, commitments, warnings and briefs come out. Every entry names its event and its sentences."""

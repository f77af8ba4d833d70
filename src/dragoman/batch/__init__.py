"""What is done to whole archives, in bounded memory: here, events derived from claims and judgements."""

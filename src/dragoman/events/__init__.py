"""Claims → Judgements → Events: which claims tell of the same happening, why, and what they tell together."""

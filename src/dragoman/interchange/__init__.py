"""Claims ↔ the formats people use. Formats know the domain and nothing else."""

"""Report text → sentences → words with tree, entities and roles."""

from dragoman.language.model import Model, analyse, load_model
from dragoman.language.splitting import split_sentences

__all__ = ["Model", "analyse", "load_model", "split_sentences"]

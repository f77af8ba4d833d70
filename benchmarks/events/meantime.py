"""MEANTIME documents: 60 Wikinews texts on two companies with events that refer to the same instance across texts.

Source: Minard et al. 2016, MEANTIME, the NewsReader Multilingual Event and Time Corpus, LREC.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

from ecb import Document


def read_documents(folder: Path) -> list[Document]:
    """Documents of both topics, named ``corpus_gm_…`` and ``corpus_apple_…``."""
    paths = sorted((folder / "intra_cross-doc_annotation").glob("*/*.xml"))
    return [read_document(path) for path in paths]


def read_document(path: Path) -> Document:
    root = ET.parse(path).getroot()
    name = f"{path.parent.name.removeprefix('corpus_')}_{root.get('doc_id')}"
    sentences: dict[int, list[str]] = defaultdict(list)
    where = {}
    for token in root.iter("token"):
        sentence = int(token.get("sentence", "0"))
        where[token.get("t_id")] = (sentence, len(sentences[sentence]))
        sentences[sentence].append(token.text or "")
    instances = {e.get("m_id"): e.get("instance_id") or f"{name} {e.get('m_id')}" for e in root.iter("EVENT")}
    chains = {
        source.get("m_id"): instances[target.get("m_id")]
        for link in root.iter("REFERS_TO")
        for target in link.iter("target")
        if target.get("m_id") in instances
        for source in link.iter("source")
    }
    mentions = []
    for m in root.iter("EVENT_MENTION"):
        places = [where[a.get("t_id")] for a in m.iter("token_anchor")]
        if places:
            chain = chains.get(m.get("m_id")) or f"single {name} {m.get('m_id')}"
            mentions.append((chain, places[0][0], [n for s, n in places if s == places[0][0]]))
    return Document(name, dict(sentences), mentions)


def find_days(folder: Path) -> dict[str, str]:
    """Document → the day it was written, where told."""
    found = {}
    for path in sorted((folder / "intra_cross-doc_annotation").glob("*/*.xml")):
        root = ET.parse(path).getroot()
        name = f"{path.parent.name.removeprefix('corpus_')}_{root.get('doc_id')}"
        for time in root.iter("TIMEX3"):
            if time.get("functionInDocument") == "CREATION_TIME" and len(time.get("value", "")) >= 10:
                found[name] = time.get("value", "")[:10]
    return found

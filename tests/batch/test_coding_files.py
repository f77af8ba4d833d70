"""Files coded by several threads of one process, as Daft does on Ray: each file's parts hold its own claims."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
from added import make_record, write_lines

from dragoman.archive.rows import find_coder
from dragoman.batch.daft import FileCoder, FileOptions
from dragoman.pipeline import find_maker


def test_threads_that_share_a_coder_do_not_take_one_anothers_outcomes(tmp_path: Path) -> None:
    files = [
        write_lines(tmp_path / f"{first}.jsonl", [make_record(number) for number in range(first, first + 4)])
        for first in (0, 10)
    ]
    one, many = tmp_path / "one", tmp_path / "many"
    for folder in (one, many):
        folder.mkdir()
    coder = find_coder(find_maker(None))
    alone = [FileCoder(FileOptions(str(one), coder))(str(file)) for file in files]
    shared = FileCoder(FileOptions(str(many), coder))

    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(shared, map(str, files)))

    assert together == alone and all(json.loads(count)["reports"] == 4 for count in together)
    names = sorted(path.name for path in one.iterdir())
    assert len(names) == 2 and names == sorted(path.name for path in many.iterdir())
    assert all(pq.read_table(one / name).equals(pq.read_table(many / name)) for name in names)

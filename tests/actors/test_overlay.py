"""A user's own actors, aliases and outlets beside ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from make import make_report, make_sentence

from dragoman.actors import find_parties, load_overlay, load_roster
from dragoman.errors import ResourceError


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_own_actors_are_linked(tmp_path: Path) -> None:
    header = "id,name,code,country,sector,kind,names\n"
    write(tmp_path, actors_csv=header + "group:dunes,Dune Front,MLI-DUNES,MLI,REB,group,DF;Dunes Front\n")
    sentence = make_sentence("""
        Dunes PROPN 2 compound
        Front PROPN 3 nsubj
        attacked VERB 0 root
    """)

    ((mentions,), _) = find_parties(make_report(sentence.text), [sentence], load_roster(load_overlay(tmp_path)))

    assert [(p.code, p.sector) for m in mentions for p in m.parties] == [("MLI-DUNES", "REB")]


def test_an_alias_in_yaml_goes_before_our_names(tmp_path: Path) -> None:
    roster = load_roster(load_overlay(write(tmp_path, aliases_yml="- {name: the Bear, actor: 'state:RUS'}\n")))

    assert [a.id for a in roster.find_actors("the Bear")] == ["state:RUS"]


def test_an_outlet_speaks_from_its_state(tmp_path: Path) -> None:
    roster = load_roster(load_overlay(write(tmp_path, outlets_csv="name,country\nThe Dune Gazette,MLI\n")))

    assert roster.outlets["the dune gazette"] == ("MLI", False)


def test_the_version_changes_with_the_content(tmp_path: Path) -> None:
    first = load_overlay(write(tmp_path, aliases_csv="name,actor\nBear,state:RUS\n")).version
    second = load_overlay(write(tmp_path, aliases_csv="name,actor\nEagle,state:USA\n")).version

    assert first and second and first != second


def test_a_folder_without_files_is_empty(tmp_path: Path) -> None:
    overlay = load_overlay(tmp_path)

    assert overlay.is_empty and overlay.version is None and load_roster(overlay) is load_roster()


def test_acts_are_left_to_the_coder(tmp_path: Path) -> None:
    assert load_overlay(write(tmp_path, acts_yml="[]")).acts == tmp_path / "acts.yml"


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("actors_csv", "id,name,code\ngroup:x,,X\n", r"actors\.csv:2: no name"),
        ("actors_csv", "id,name,code,sector\ngroup:x,X,X,ARMY\n", r"actors\.csv:2: sector is 'ARMY'"),
        ("actors_csv", "id,name,code,country\ngroup:x,X,X,Mali\n", r"actors\.csv:2: country is 'Mali'"),
        ("actors_csv", "id,name,code\ngroup:x,X,X,Y,Z\n", r"actors\.csv:2: has another number of cells"),
        ("actors_yml", "- {id: x, name: X, code: X}\n\n- just words\n", r"actors\.yml:3: is 'just words'"),
        ("actors_yml", "- {id: x\n", r"actors\.yml:2: not valid YAML"),
        ("outlets_csv", "name,country\nThe Dune Gazette,\n", r"outlets\.csv:2: no country"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, file: str, text: str, told: str) -> None:
    with pytest.raises(ResourceError, match=told):
        load_overlay(write(tmp_path, **{file: text}))


def test_an_alias_of_nobody_is_named_by_file_and_line(tmp_path: Path) -> None:
    overlay = load_overlay(write(tmp_path, aliases_csv="name,actor\nBear,state:BEARLAND\n"))

    with pytest.raises(ResourceError, match=r"aliases\.csv:2: no actor 'state:BEARLAND'"):
        load_roster(overlay)

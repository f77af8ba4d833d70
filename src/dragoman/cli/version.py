"""``dragoman --version``: the version, or all that makes a claim."""

from __future__ import annotations

from dataclasses import asdict

from dragoman.cli.ending import DONE


def show_version(*, as_json: bool) -> int:
    """Print the version; as JSON with the model, roster and codebook that claims would name as their maker."""
    from dragoman import __version__

    if not as_json:
        print(f"dragoman {__version__}")
        return DONE
    from dragoman.interchange.claims_json import write_indented
    from dragoman.pipeline import load_parts
    from dragoman.settings import find_settings

    print(write_indented(asdict(load_parts(find_settings().project).maker)))
    return DONE

"""Who "we" is, and who isn't."""

from dragoman.coding.speech import is_first_person


def test_we_and_our_are_the_speakers_own() -> None:
    assert is_first_person("We") and is_first_person("our") and is_first_person("us")


def test_a_state_written_in_two_capitals_is_nobodys_us() -> None:
    assert not is_first_person("US")

"""The label sets of the reader's heads, in the order of the model's outputs."""

ENTITIES = ("person", "organisation", "place", "nationality", "date", "money", "facility", "product", "other")
ENTITY_LABELS = ("O", *(f"{p}-{k}" for k in ENTITIES for p in "BIES"))

NEWSWIRE = {
    "Person": "person", "Organization": "organisation", "Location": "place", "NORP": "nationality", "Date": "date",
    "Money": "money", "Facility": "facility", "Product": "product", "Misc": "other",
}  # fmt: skip
UNER = {"PER": "person", "ORG": "organisation", "LOC": "place"}

FEATURES = ("Mood", "Tense", "VerbForm", "Voice", "Polarity", "Number", "Person", "PronType", "Degree")
"""The features kept in a token's bundle: those that carry tense, mood, voice, negation and agreement."""

ROLES = (
    "-", "ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARGM-ADV", "ARGM-CAU", "ARGM-COM", "ARGM-DIR", "ARGM-DIS",
    "ARGM-EXT", "ARGM-GOL", "ARGM-LOC", "ARGM-LVB", "ARGM-MNR", "ARGM-MOD", "ARGM-NEG", "ARGM-PRD", "ARGM-PRP",
    "ARGM-TMP",
)  # fmt: skip
PREDICATES = ("-", "verb", "noun")
SPEECH_LABELS = ("O", *(f"{p}-{k}" for k in ("source", "cue") for p in "BIES"))
CONTENT_LABELS = ("O", *(f"{p}-content" for p in "BIES"))

"""The form of a reply as llama.cpp takes it: JSON by the schema without a blank, which a small model pays for."""

from retrieval.generate.schema import MOST_CLAIMS, MOST_MISSING, MOST_QUOTES, MOST_SOURCES

_FIXED = r"""
root ::= "{\"claims\":[" claims? "],\"missing\":[" missing? "]}"
claim ::= "{\"sources\":[" sources "],\"quotes\":[" quotes "],\"text\":" text "}"
number ::= [1-9] [0-9]?
char ::= [^"\\\x00-\x1f] | "\\" ["\\/bfnrt]
"""

_LONGEST = {"quote": 120, "text": 300, "part": 80}
"""Characters of a string; a small model that copies a passage finds no end and leaves no token for what it says."""


def grammar() -> str:
    """GBNF of a `Reply`, in the order of its fields. A schema alone lets a model indent: two tokens in five."""
    some = {
        "claims": ("claim", MOST_CLAIMS),
        "sources": ("number", MOST_SOURCES),
        "quotes": ("quote", MOST_QUOTES),
        "missing": ("part", MOST_MISSING),
    }
    strings = "".join(f'{name} ::= "\\"" char{{1,{most}}} "\\""\n' for name, most in _LONGEST.items())
    lists = "".join(f'{name} ::= {one} ("," {one}){{0,{most - 1}}}\n' for name, (one, most) in some.items())
    return _FIXED + strings + lists

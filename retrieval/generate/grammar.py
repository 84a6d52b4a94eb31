"""The form of a reply as llama.cpp takes it: JSON by the schema without a blank, which a small model pays for."""

from retrieval.generate.schema import MOST_CLAIMS, MOST_MISSING, MOST_QUOTES, MOST_SOURCES

_FIXED = r"""
root ::= "{\"claims\":[" claims? "],\"missing\":[" missing? "]}"
claim ::= "{\"sources\":[" sources "],\"quotes\":[" quotes "],\"text\":" string "}"
number ::= [1-9] [0-9]?
string ::= "\"" char+ "\""
char ::= [^"\\\x00-\x1f] | "\\" ["\\/bfnrt]
"""


def grammar() -> str:
    """GBNF of a `Reply`, in the order of its fields. A schema alone lets a model indent: two tokens in five."""
    some = {
        "claims": ("claim", MOST_CLAIMS),
        "sources": ("number", MOST_SOURCES),
        "quotes": ("string", MOST_QUOTES),
        "missing": ("string", MOST_MISSING),
    }
    return _FIXED + "".join(f'{name} ::= {one} ("," {one}){{0,{most - 1}}}\n' for name, (one, most) in some.items())

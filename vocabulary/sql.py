"""Names and texts as SQL writes them."""


def quoted(name: str) -> str:
    """A name as an identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text or path as a string."""
    return "'" + str(text).replace("'", "''") + "'"

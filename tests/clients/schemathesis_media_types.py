"""How Schemathesis sends what is neither JSON nor a form: as the text that it is."""

import schemathesis


@schemathesis.serializer(
    "application/sparql-query",
    "application/sparql-update",
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
)
def text(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="ignore")

"""Queries that would not end, each for another reason. A few are refused before they are evaluated; all others have to be stopped."""


def values(name, count):
    return f"VALUES ?{name} {{ {' '.join(map(str, range(count)))} }}"


def product(*counts):
    return " ".join(values(f"v{at}", count) for at, count in enumerate(counts))


def same(count):
    """VALUES that all share the one key: a product by joins."""
    rows = " ".join(f"(1 {n})" for n in range(count))
    return " ".join(f"VALUES (?x ?y{at}) {{ {rows} }}" for at in range(6))


ZM = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
COUNT = "SELECT (COUNT(*) AS ?n)"
TRIPLE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
MEGABYTE = 1_000_000

# SELECT and ASK.
TABLES = {
    "joins": f"{COUNT} {{ {TRIPLE} }}",
    "joins, streamed": f"SELECT * {{ {TRIPLE} }}",
    "joins that find nothing": f"SELECT * {{ {TRIPLE} FILTER (?a = ?d && ?d = ?g && ?a != ?g) }}",
    "joins of terms of ours": ZM + f"{COUNT} {{ ?a a zm:Measure . ?b a zm:Measure . ?c a zm:Measure }}",
    "ASK of joins": f"ASK {{ {TRIPLE} FILTER (?a = ?d && ?d = ?g && ?a != ?g) }}",
    "VALUES": f"{COUNT} {{ {product(2000, 2000, 2000)} }}",
    "VALUES, streamed": f"SELECT * {{ {product(2000, 2000, 2000)} }}",
    "VALUES that find nothing": f"SELECT * {{ {product(2000, 2000, 2000)} FILTER (?v0 + ?v1 + ?v2 < 0) }}",
    "VALUES with one key": f"{COUNT} {{ {same(300)} }}",
    "VALUES in subqueries": f"{COUNT} {{ {{ SELECT * {{ {product(3000, 3000)} }} }} {{ SELECT * {{ {values('w', 3000)} }} }} }}",
    "VALUES and triples": f"{COUNT} {{ {product(3000, 3000)} ?a ?b ?c }}",
    "a product in GRAPH": f"{COUNT} {{ GRAPH ?x {{ ?a ?b ?c }} GRAPH ?y {{ ?d ?e ?f }} GRAPH ?z {{ ?g ?h ?i }} }}",
    "OPTIONAL": f"{COUNT} {{ {values('a', 9000)} OPTIONAL {{ {values('b', 9000)} OPTIONAL {{ {values('c', 9000)} FILTER (?b < 0) }} }} }}",
    "OPTIONAL of triples": f"{COUNT} {{ ?a ?b ?c OPTIONAL {{ ?d ?e ?f OPTIONAL {{ ?g ?h ?i OPTIONAL {{ ?j ?k ?l FILTER (?a = ?j) }} }} }} }}",
    "OPTIONAL, twelve deep": f"{COUNT} {{ ?a ?b ?c {''.join(f'OPTIONAL {{ ?x{n} ?y{n} ?z{n} ' for n in range(11))} {'} ' * 11} }}",
    "OPTIONAL, a hundred beside each other": f"{COUNT} {{ ?a ?b ?c {' '.join(f'OPTIONAL {{ ?a ?p{n} ?o{n} }}' for n in range(100))} }}",
    "MINUS": f"{COUNT} {{ {product(3000, 3000)} MINUS {{ {values('x', 3000)} }} }}",
    "MINUS of products": f"{COUNT} {{ {{ ?a ?b ?c . ?d ?e ?f }} MINUS {{ ?a ?b ?c . ?g ?h ?i }} }}",
    "EXISTS": f"{COUNT} {{ {values('v0', 3000)} FILTER EXISTS {{ VALUES ?x {{ 1 2 }} {TRIPLE} VALUES ?y {{ 1 }} FILTER (?x + ?y < ?v0) }} }}",
    "NOT EXISTS of a product": f"{COUNT} {{ ?a ?b ?c FILTER NOT EXISTS {{ ?d ?e ?f . ?g ?h ?i FILTER (?d = ?a && ?i = 7) }} }}",
    "ORDER BY": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "ORDER BY of VALUES": f"SELECT * {{ {product(3000, 3000)} }} ORDER BY DESC(?v1) (?v0 + ?v1)",
    "ORDER BY, LIMIT 1": f"SELECT * {{ {TRIPLE} }} ORDER BY STR(?c) LIMIT 1",
    "ORDER BY, RAND": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()",
    "DISTINCT": f"SELECT DISTINCT ?a ?d {{ {TRIPLE} }}",
    "DISTINCT, COUNT": f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ {TRIPLE} }}",
    "GROUP BY": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {TRIPLE} }} GROUP BY ?a ?d",
    "GROUP_CONCAT": f"SELECT (GROUP_CONCAT(?a) AS ?n) {{ {TRIPLE} }}",
    "GROUP_CONCAT of VALUES": f"SELECT ?v0 (GROUP_CONCAT(CONCAT(STR(?v1), STR(?v2))) AS ?n) {{ {product(2000, 2000, 2000)} }} GROUP BY ?v0",
    "GROUP_CONCAT, DISTINCT": f"SELECT (GROUP_CONCAT(DISTINCT ?x; separator='，') AS ?n) {{ {product(3000, 3000)} BIND(CONCAT(STR(?v0), '-', STR(?v1)) AS ?x) }}",
    "a sum over a product": f"SELECT ?v0 (SUM(?v1 * ?v2) AS ?n) {{ {product(2000, 2000, 2000)} }} GROUP BY ?v0 ORDER BY ?n",
    "a path without bounds": f"{COUNT} {{ ?a (!<urn:x>)* ?b }}",
    "a path of paths": f"{COUNT} {{ ?a ((!<urn:x>)*/(!<urn:y>)*)* ?b }}",
    "a path there and back": f"{COUNT} {{ ?a (!<urn:x>|^!<urn:y>)+ ?b . ?c (!<urn:x>|^!<urn:y>)+ ?d }}",
    "a path of relations": ZM + f"{COUNT} {{ ?a (eli:cites|^eli:cites|zm:memberOf|^zm:memberOf)* ?b . ?b (eli:cites|^eli:cites)* ?c }}",
    "a regular expression over a product": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?a), STR(?d)), '^(([a-z:])+.)+[A-Z]([a-z0-9])+$') }}",
    "a regular expression, catastrophic": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), '^(a|aa)+(b|bb)*((a+)+)+$|(x+x+)+y', 'i') }}",
    "a regular expression that is large": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), '(([a-z\\u4e00-\\u9fff]{{1,50}}){{1,20}})*$') }}",
    "a regular expression per row": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), CONCAT('(', ENCODE_FOR_URI(STR(?f)), ')+(.*.*.*)*x')) }}",
    "REPLACE over a product": f"SELECT (SUM(STRLEN(REPLACE(CONCAT(STR(?a), STR(?d), STR(?c)), '([a-z]*)*', '$1'))) AS ?n) {{ {TRIPLE} }}",
    "UNION": f"{COUNT} {{ {{ ?a ?b ?c }} UNION {{ ?c ?b ?a }} ?d ?e ?f {{ ?x ?y ?z }} UNION {{ ?z ?y ?x }} }}",
    "hashes": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?f)))) AS ?n) {{ {TRIPLE} }}",
    "subqueries of subqueries": f"{COUNT} {{ {{ SELECT DISTINCT ?a {{ ?a ?b ?c . {{ SELECT DISTINCT ?d {{ ?d ?e ?f . {{ SELECT DISTINCT ?g {{ ?g ?h ?i }} }} }} }} }} }} ?x ?y ?z }}",
    "1 MB of VALUES": f"{COUNT} {{ {values('a', 70_000)} {values('b', 70_000)} }}",
    "1 MB of VALUES, joined": f"{COUNT} {{ VALUES (?x ?y) {{ {' '.join(f'(1 {n})' for n in range(45_000))} }} VALUES (?x ?z) {{ {' '.join(f'(1 {n})' for n in range(45_000))} }} }}",
    "1 MB of IN": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER (STR(?a) IN ({', '.join(repr(str(n)) for n in range(90_000))})) }}",
    "1 MB of one string": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER CONTAINS('{'y' * MEGABYTE}', CONCAT(STR(?a), STR(?d))) }}",
    "1 MB of a regular expression": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?a), '{'(ab|c)*' * 120_000}') }}",
    "1 MB of alternatives": f"{COUNT} {{ ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), '{'|'.join(f'z{n}' for n in range(140_000))}') }}",
    "1 MB of brackets": f"SELECT * {{ BIND({'(' * 500_000}1{')' * 500_000} AS ?x) }}",
    "1 MB of groups": f"SELECT * {'{' * 500_000}{'}' * 500_000}",
    "1 MB of triples": f"SELECT * {{ {' '.join(f'?x{n} <urn:p> ?x{n + 1} .' for n in range(40_000))} }}",
    "1 MB of OPTIONAL": f"SELECT * {{ ?a ?b ?c {' '.join(f'OPTIONAL {{ ?a ?b ?o{n} }}' for n in range(38_000))} }}",
    "1 MB of UNION": f"SELECT * {{ {{ ?a ?b ?c }} {'UNION { ?a ?b ?c } ' * 55_000} }}",
    "1 MB of a path": f"SELECT * {{ ?a {'/'.join(['<urn:p>*'] * 110_000)} ?b }}",
    "1 MB of alternatives in a path": f"{COUNT} {{ ?a ({'|'.join(f'<urn:{n}>' for n in range(90_000))})* ?b . ?c ?d ?e . ?f ?g ?h }}",
    "1 MB of sums": f"SELECT * {{ BIND(1{'+1' * 490_000} AS ?x) }}",
    "1 MB of PREFIX": "".join(f"PREFIX p{n}: <urn:p{n}> " for n in range(40_000)) + f"{COUNT} {{ {TRIPLE} }}",
    "1 MB of comments": "#\n" * 490_000 + f"{COUNT} {{ {TRIPLE} }}",
    "1 MB of GROUP BY": f"SELECT (COUNT(*) AS ?n) {{ {TRIPLE} }} GROUP BY {' '.join(f'(STR(?a) AS ?k{n})' for n in range(45_000))}",
    "1 MB of ORDER BY": f"SELECT * {{ {TRIPLE} }} ORDER BY {' '.join(f'STR(?a)' for n in range(120_000))}",
    "1 MB of BIND": f"SELECT * {{ {' '.join(f'BIND({n} AS ?x{n})' for n in range(45_000))} }}",
    "1 MB of a template": f"CONSTRUCT {{ {'?a ?b ?c . ' * 90_000} }} {{ {TRIPLE} }}",
    "1 MB of variables": f"SELECT {' '.join(f'?x{n}' for n in range(125_000))} {{ {TRIPLE} }}",
}

# CONSTRUCT and DESCRIBE.
GRAPHS = {
    "CONSTRUCT of joins": f"CONSTRUCT {{ ?a ?e ?i }} {{ {TRIPLE} }}",
    "CONSTRUCT of VALUES": f"CONSTRUCT {{ ?x <urn:p> ?v2 }} {{ {product(2000, 2000, 2000)} BIND(IRI(CONCAT('urn:', STR(?v0), '-', STR(?v1))) AS ?x) }}",
    "DESCRIBE of joins": f"DESCRIBE ?a ?d {{ {TRIPLE} }}",
}

# What is asked in every format: answers that begin at once and would go on for hours.
STREAMS = {
    "table": (
        TABLES["joins, streamed"],
        ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
    ),
    "graph": (
        GRAPHS["CONSTRUCT of VALUES"],
        ["text/turtle", "application/n-triples", "application/n-quads", "application/trig", "application/rdf+xml", "application/ld+json"],
    ),
}

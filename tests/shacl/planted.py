"""为每个形状的每项约束埋一处错误。
One fault for every constraint of every shape.
"""

from typing import NamedTuple

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef

ZMS = Namespace("https://w3id.org/zhengmai/shapes#")
NOWHERE = URIRef("urn:planted")

# 每个以查询写成的约束,埋错的更新写在这里;其余约束由 planted_triples 按约束本身埋错。
# The faults for the constraints that are queries; for the others planted_triples makes one out of the constraint itself.
PREFIXES = """
PREFIX zm: <https://w3id.org/zhengmai#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ONE_CITATION = "{ SELECT * WHERE { ?c a zm:Citation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o } LIMIT 1 }"
PLANTED = {
    "ClaimPlaceShape": f"DELETE {{ ?c zm:quote ?q }} WHERE {{ {ONE_CITATION} ?c zm:quote ?q }}",
    "ClaimTakesEffectShape": f"DELETE {{ ?s ?p ?o }} WHERE {{ {ONE_CITATION} }}",
    "AgentNameShape": """DELETE { ?a skos:prefLabel ?name } INSERT { ?a skos:prefLabel "另一机关"@zh }
        WHERE { { SELECT * WHERE { ?c zm:agentName ?any ; rdf:object ?a . ?a skos:prefLabel ?name } LIMIT 1 } }""",
    "QuoteShape": f'DELETE {{ ?c zm:quote ?q }} INSERT {{ ?c zm:quote "另一句话" }} WHERE {{ {ONE_CITATION} ?c zm:quote ?q }}',
    "CitationPlaceShape": """DELETE { ?c zm:quote ?q } WHERE { { SELECT * WHERE {
        ?c a zm:Citation ; rdf:predicate zm:implements ; zm:quote ?q } LIMIT 1 } }""",
    "CandidatesShape": f"""DELETE {{ ?c zm:state ?state }} INSERT {{ ?c zm:state zm:identified ; zm:candidate ?o }}
        WHERE {{ {ONE_CITATION} ?c zm:state ?state }}""",
    "ObjectShape": f"DELETE {{ ?c rdf:object ?o }} WHERE {{ {ONE_CITATION} }}",
    "MeaningShape": """DELETE { ?c zm:state zm:identified } INSERT { ?c zm:state zm:ambiguous } WHERE { { SELECT * WHERE {
        ?c zm:state zm:identified ; rdf:object ?o . ?o zm:status zm:stub } LIMIT 1 } }""",
    "CueShape": "DELETE { ?c zm:cueStart ?at } WHERE { { SELECT * WHERE { ?c zm:cueStart ?at } LIMIT 1 } }",
    "CitedKeyShape": f"""DELETE {{ ?c zm:citedKey ?key }} INSERT {{ ?c zm:citedKey "title:000000:另一文件" }}
        WHERE {{ {ONE_CITATION} ?c zm:citedKey ?key }}""",
    "SentenceShape": """DELETE { ?c zm:sentence ?s } INSERT { ?c zm:sentence "另一句话。" }
        WHERE { { SELECT * WHERE { ?c zm:sentence ?s } LIMIT 1 } }""",
    "SelfCitationShape": f"DELETE {{ ?c rdf:object ?o }} INSERT {{ ?c rdf:object ?s }} WHERE {{ {ONE_CITATION} }}",
    "FieldObjectShape": """DELETE { ?c rdf:object ?o } INSERT { ?c rdf:object "2023年3月"^^xsd:string }
        WHERE { { SELECT * WHERE { ?c rdf:predicate eli:date_document ; rdf:object ?o } LIMIT 1 } }""",
    "DeadlineObjectShape": """DELETE { ?c rdf:object ?o } INSERT { ?c rdf:object "年底" }
        WHERE { { SELECT * WHERE { ?c a zm:DeadlineClaim ; rdf:object ?o } LIMIT 1 } }""",
    "TargetStatementShape": """DELETE { ?t rdf:object ?t } INSERT { ?t rdf:object <urn:planted> }
        WHERE { { SELECT * WHERE { ?t a zm:Target } LIMIT 1 } }""",
    "TargetEvidenceShape": """INSERT { ?m zm:hasTarget <urn:planted> } WHERE { { SELECT * WHERE { ?m zm:hasTarget ?t } LIMIT 1 } }""",
    "MetadataValueShape": """DELETE { ?m zm:value ?v } INSERT { ?m zm:value "另一个值" }
        WHERE { { SELECT * WHERE { ?m a zm:MetadataField ; zm:value ?v } LIMIT 1 } }""",
    "FindingCodeShape": """DELETE { ?f zm:code ?code ; zm:severity ?s } INSERT { ?f zm:code "unheard_of" ; zm:severity zm:warn }
        WHERE { { SELECT * WHERE { ?f zm:code ?code ; zm:severity ?s } LIMIT 1 } }""",
    "FindingPlaceShape": """DELETE { ?f zm:quote ?q } WHERE { { SELECT * WHERE { ?f a zm:Finding ; zm:quote ?q } LIMIT 1 } }""",
    "PersonalDataShape": """INSERT { ?f zm:quote "■■■" } WHERE { ?f zm:code "personal_data" }""",
    "MessageShape": """DELETE { ?f zm:message ?m } INSERT { ?f zm:message "a message"@en }
        WHERE { { SELECT * WHERE { ?f zm:message ?m } LIMIT 1 } }""",
    "MobileNumberShape": """INSERT { ?m zm:value "电话13912345678" } WHERE { { SELECT * WHERE { ?m a zm:MetadataField } LIMIT 1 } }""",
    "SourceIdentityShape": """DELETE { ?s zm:characters ?n } INSERT { ?s zm:characters 1 }
        WHERE { { SELECT * WHERE { ?s a zm:SourceFile ; zm:characters ?n } LIMIT 1 } }""",
    "WorkKeyShape": """DELETE { ?t zm:workKey ?key } INSERT { ?t zm:workKey "title:000000:另一文件" }
        WHERE { { SELECT * WHERE { ?t zm:workKey ?key } LIMIT 1 } }""",
    "DutyEvidenceShape": """INSERT { ?m zm:support <urn:planted> ; zm:assignedTo <urn:planted> }
        WHERE { { SELECT * WHERE { ?m a zm:Measure } LIMIT 1 } }""",
    "AssignedToShape": "DELETE { ?m zm:assignedTo ?a } WHERE { { SELECT * WHERE { ?m zm:assignedTo ?a } LIMIT 1 } }",
    "KeyShape": """DELETE { ?a zm:key ?x } INSERT { ?a zm:key ?y }
        WHERE { { SELECT * WHERE { ?a zm:key ?x . ?b zm:key ?y . FILTER (?a != ?b) } LIMIT 1 } }""",
    "HeldShape": """DELETE { ?w zm:status zm:stub } INSERT { ?w zm:status zm:held }
        WHERE { { SELECT * WHERE { ?w a zm:PolicyDocument ; zm:status zm:stub } LIMIT 1 } }""",
    "FieldEvidenceShape": """INSERT { ?w eli:number "无〔2000〕1号" } WHERE { { SELECT * WHERE { ?w a zm:PolicyDocument } LIMIT 1 } }""",
    "EdgeEvidenceShape": """INSERT { ?a zm:repeals ?b ; eli:cites ?b }
        WHERE { { SELECT * WHERE { ?a a zm:PolicyDocument . ?b a zm:PolicyDocument . FILTER (?a != ?b) } LIMIT 1 } }""",
    "EdgeParentShape": "DELETE { ?a eli:applies ?b } WHERE { { SELECT * WHERE { ?a eli:applies ?b } LIMIT 1 } }",
    "ParentEvidenceShape": """INSERT { ?a eli:repeals ?b }
        WHERE { { SELECT * WHERE { ?a a zm:PolicyDocument . ?b a zm:PolicyDocument . FILTER (?a != ?b) } LIMIT 1 } }""",
    "LiftedShape": """DELETE { ?p zm:implements ?q } WHERE { { SELECT * WHERE { ?p a zm:Policy ; zm:implements ?q } LIMIT 1 } }""",
    "SameEvidenceShape": """INSERT { ?a zm:possibleSameAs ?b . ?b zm:possibleSameAs ?a } WHERE { { SELECT * WHERE {
        ?a a zm:PolicyDocument . ?b a zm:PolicyDocument . FILTER (?a != ?b)
        FILTER NOT EXISTS { ?a zm:sameWorkAs|zm:possibleSameAs ?b } } LIMIT 1 } }""",
    "SameSymmetricShape": "DELETE { ?a zm:sameWorkAs ?b } WHERE { { SELECT * WHERE { ?a zm:sameWorkAs ?b } LIMIT 1 } }",
    "AliasPolicyShape": """DELETE { ?a zm:memberOf ?p } INSERT { ?a zm:memberOf ?q } WHERE { { SELECT * WHERE {
        ?a zm:sameWorkAs ?b ; zm:memberOf ?p . ?q a zm:Policy . FILTER (?p != ?q) } LIMIT 1 } }""",
    "PolicyHeadShape": """DELETE { ?p zm:head ?h } INSERT { ?p zm:head ?w } WHERE { { SELECT * WHERE {
        ?p zm:head ?h . ?w zm:memberOf ?q . FILTER (?p != ?q) } LIMIT 1 } }""",
    "PolicyHeldShape": """DELETE { ?p zm:status zm:held } INSERT { ?p zm:status zm:stub }
        WHERE { { SELECT * WHERE { ?p a zm:Policy ; zm:status zm:held } LIMIT 1 } }""",
    "PolicyFieldShape": """INSERT { ?p eli:number "无〔2000〕1号" } WHERE { { SELECT * WHERE { ?p a zm:Policy } LIMIT 1 } }""",
    "AgencyEvidenceShape": """INSERT { <urn:planted> a zm:Agency ; skos:prefLabel "无人提到的局"@zh } WHERE { }""",
    "PolicyEdgeShape": "INSERT { ?p zm:implements ?p } WHERE { { SELECT * WHERE { ?p a zm:Policy } LIMIT 1 } }",
    "LinkKindShape": """DELETE { ?l zm:linkKind "alias" } INSERT { ?l zm:linkKind "near-title" }
        WHERE { { SELECT * WHERE { ?l zm:linkKind "alias" } LIMIT 1 } }""",
    "LinkTakesEffectShape": """DELETE { ?a zm:sameWorkAs ?b . ?b zm:sameWorkAs ?a }
        WHERE { { SELECT * WHERE { ?l a zm:Link ; rdf:subject ?a ; rdf:predicate zm:sameWorkAs ; rdf:object ?b } LIMIT 1 } }""",
    "RejectionPlaceShape": "DELETE { ?r zm:onSource ?s } WHERE { { SELECT * WHERE { ?r a zm:Rejection ; zm:onSource ?s } LIMIT 1 } }",
    "ErasureTakesEffectShape": """INSERT { <urn:planted> zm:sha256 ?sha256 } WHERE { ?e a zm:Erasure ; zm:onSource ?sha256 }""",
    "RejectionTakesEffectShape": """INSERT { ?s ?p ?o } WHERE { { SELECT * WHERE {
        ?r a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 1 } }""",
}


def local(iri):
    return str(iri).removeprefix(str(ZMS))


def targets(data, shapes, shape):
    """形状的焦点节点。The focus nodes of a node shape."""
    nodes = set()
    for cls in shapes.objects(shape, SH.targetClass):
        for below in data.transitive_subjects(RDFS.subClassOf, cls):
            nodes.update(data.subjects(RDF.type, below))
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        nodes.update(data.subjects(predicate, None))
    return sorted(nodes)


def constraints(shapes, shape):
    """属性形状的约束:(约束, 参数)。The constraints of a property shape as (predicate, parameter)."""
    described = {RDF.type, SH.path, SH.name, SH.message}
    return sorted((p, o) for p, o in shapes.predicate_objects(shape) if p not in described)


def planted_triples(data, focus, path, constraint, parameter):
    """违反一项约束所需的 (去掉, 加上);此节点上埋不了则为 None。
    What to take away and what to add at a node so that one constraint is violated; None where it cannot be done."""
    values = sorted(data.objects(focus, path))
    old = [(focus, path, value) for value in values]
    if constraint == SH.minCount:
        return (old, []) if values else None
    if not values:
        return None
    value = values[0]
    if constraint == SH.maxCount:
        if isinstance(value, Literal) and value.datatype == XSD.integer:
            other = Literal(int(value) + 1)
        elif isinstance(value, Literal):
            other = Literal("埋")
        else:
            other = URIRef(f"{value}1")
        return [], [(focus, path, other)]
    if constraint == SH.lessThan:
        bounds = list(data.objects(focus, parameter))
        return (old, [(focus, path, bounds[0])]) if bounds else None
    wrong = {
        SH.datatype: Literal("埋", datatype=XSD.token),
        SH.minInclusive: Literal(-1),
        SH["class"]: NOWHERE,
        SH.hasValue: NOWHERE,
        SH.nodeKind: NOWHERE if parameter == SH.Literal else Literal("埋"),
        SH.pattern: NOWHERE if isinstance(value, URIRef) else Literal(" "),
    }
    return old, [(focus, path, wrong[constraint])]


class Fault(NamedTuple):
    """一处错误:为查哪个形状的哪项约束而埋,去掉什么,加上什么。
    A fault: which constraint of which shape it is planted for, what is taken away, what is added."""

    name: str
    owner: URIRef
    shape: URIRef
    constraint: URIRef | None = None
    data: Graph | None = None
    focus: URIRef | None = None
    taken: tuple = ()
    added: tuple = ()
    failure: str | None = None

    def __enter__(self):
        for triple in self.taken:
            self.data.remove(triple)
        for triple in self.added:
            self.data.add(triple)

    def __exit__(self, *_):
        self.undo()

    def undo(self):
        for triple in self.added:
            self.data.remove(triple)
        for triple in self.taken:
            self.data.add(triple)


def core_fault(graphs, shapes, owner, shape, constraint, parameter):
    """在第一个埋得下的节点上埋错。A fault at the first node that can bear it."""
    name = f"{local(shape)}.{str(constraint).removeprefix(str(SH))}"
    path = shapes.value(shape, SH.path)
    for data in graphs:
        for focus in targets(data, shapes, owner):
            change = planted_triples(data, focus, path, constraint, parameter)
            if change is not None:
                return Fault(name, owner, shape, constraint, data, focus, *map(tuple, change))
    return Fault(name, owner, shape, failure="没有可埋的节点 no node to plant at")


def update_fault(graphs, shape):
    """PLANTED 中一条更新所做的改动。What an update of PLANTED changes."""
    name = local(shape)
    if name not in PLANTED:
        return Fault(name, shape, shape, failure="PLANTED 中没有这一行 no row in PLANTED")
    for data in graphs:
        before = set(data)
        data.update(PREFIXES + PLANTED[name])
        after = set(data)
        if before != after:
            fault = Fault(name, shape, shape, data=data, taken=tuple(before - after), added=tuple(after - before))
            fault.undo()
            return fault
    return Fault(name, shape, shape, failure="更新没有改动任何三元组 the update changed nothing")


def faults(graphs, shapes):
    """每个形状的每项约束一处错误。One fault for every constraint of every shape."""
    for owner in sorted(shapes.subjects(RDF.type, SH.NodeShape)):
        rows = 0
        for member in sorted(shapes.objects(owner, SH.property)):
            for constraint, parameter in constraints(shapes, member):
                rows += 1
                yield core_fault(graphs, shapes, owner, member, constraint, parameter)
        if (owner, SH.nodeKind, SH.IRI) in shapes:
            rows += 1
            yield Fault(local(owner), owner, owner, data=graphs[-1], added=((BNode("planted"), RDF.type, NOWHERE),))
        if (owner, SH.sparql, None) in shapes:
            rows += 1
            yield update_fault(graphs, owner)
        if rows == 0:
            yield Fault(local(owner), owner, owner, failure="形状没有约束 the shape has no constraint")
    for name in PLANTED:
        if (ZMS[name], SH.sparql, None) not in shapes:
            yield Fault(name, ZMS[name], ZMS[name], failure="没有这样的形状 no such shape")

#!/usr/bin/env python3
"""用 pySHACL 按 ontology/shapes.ttl 检查整个库的导出。
Checks a dump of the whole store against ontology/shapes.ttl with pySHACL.

    validate.py DUMP.nq             合乎形状则退出码为 0,否则为 1
                                    exit code 0 if it conforms, 1 if not
    validate.py --planted DUMP.nq   再为每个形状的每项约束各埋一处错误,看它是否被查出
                                    and plants one fault for every constraint of every shape and sees that each is found
    validate.py --into FOLDER DUMP.nq   把埋了错的图写成 FOLDER/错误.nq,pySHACL 对它报告的形状写成 FOLDER/错误.shapes
                                    writes the planted graphs as FOLDER/FAULT.nq and, beside each, the shapes that
                                    pySHACL reports for it as FOLDER/FAULT.shapes

DUMP 可以是 N-Quads 或 TriG;各命名图合成一张图,本体也并入其中。
DUMP is N-Quads or TriG; its named graphs, and the ontology, are taken as one graph.
"""

import argparse
import logging
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import rdflib
from pyshacl import validate
from rdflib import RDF, RDFS, SH, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import processor

rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib").setLevel(logging.ERROR)  # 不合类型的文字由形状报告 ill-typed literals are the shapes' business

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parents[1] / "ontology"
SAMPLE = HERE / "sample.trig"
ZM = "https://w3id.org/zhengmai#"
ZMS = Namespace("https://w3id.org/zhengmai/shapes#")
NOWHERE = URIRef("urn:planted")
SHOWN_PER_SHAPE = 20

# pySHACL 为每个焦点节点问同一个查询;读一遍就够了。
# pySHACL asks the same query once for each focus node; reading it once will do.
translate_query, parse_query = processor.translateQuery, processor.parseQuery
processor.parseQuery = lambda text: text
processor.translateQuery = lambda text, base, namespaces: translated(text, base, tuple(sorted((namespaces or {}).items())))


@cache
def translated(text, base, namespaces):
    return translate_query(parse_query(text), base, dict(namespaces))


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


def load(path):
    """导出中的全部三元组,与本体合成一张图。All triples of the dump and of the ontology, as one graph."""
    dataset = Dataset()
    dataset.parse(path, format="nquads" if path.suffix == ".nq" else None)
    graph = Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph + ontology()


@cache
def ontology():
    graph = Graph()
    for part in sorted(ONTOLOGY.glob("*.ttl")):
        graph.parse(part)
    return graph


def report(data, shapes, **only):
    """pySHACL 的结果。The results of pySHACL, one graph of sh:ValidationResult."""
    _, results, text = validate(data, shacl_graph=shapes, advanced=True, inplace=True, allow_infos=True, **only)
    if not isinstance(results, Graph):
        raise SystemExit(f"pySHACL 没有完成检查 pySHACL did not finish: {text}")
    return results


def check(data, shapes):
    """检查并打印违反之处;返回是否合乎形状。Validates, prints what is wrong, and tells whether all is well."""
    results = report(data, shapes)
    found = defaultdict(list)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        shape = results.value(result, SH.sourceShape)
        row = [results.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value)]
        found[shape].append(" ".join(term.n3() for term in row if term is not None))
    for shape in sorted(found):
        names = sorted(shapes.objects(shape, SH.message), key=lambda text: text.language != "zh")
        print(f"✖ {local(shape)} ({len(found[shape])}): {' '.join(names)}")
        rows = sorted(found[shape])
        for row in rows[:SHOWN_PER_SHAPE]:
            print(f"    {row if len(row) < 400 else row[:400] + '…'}")
        if len(rows) > SHOWN_PER_SHAPE:
            print(f"    … 另有 {len(rows) - SHOWN_PER_SHAPE} 处 more")
    unknown = undeclared(data)
    for term in unknown:
        print(f"✖ 本体没有这个术语 the ontology has no such term: {term}")
    total = sum(map(len, found.values()))
    print(f"{len(data)} 条三元组 triples,{total} 处违反 violations,{len(found)} 个形状 shapes")
    return total == 0 and not unknown


def undeclared(data):
    """本体没有写明的 zm: 术语。Terms of our namespace that the ontology does not declare."""
    terms = {term for _, predicate, value in data for term in (predicate, value) if isinstance(term, URIRef) and term.startswith(ZM)}
    return sorted(term for term in terms if (term, RDFS.isDefinedBy, None) not in ontology())


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


def excerpt(shapes, shape):
    """一个形状连同它所引的形状、约束与前缀。One shape with the shapes, constraints and prefixes that it uses."""
    part, waiting = Graph(), [shape]
    while waiting:
        node = waiting.pop()
        for triple in shapes.triples((node, None, None)):
            part.add(triple)
            if triple[1] in (SH.property, SH.sparql, SH.prefixes, SH.declare):
                waiting.append(triple[2])
    return part


def is_found(results, shape, constraint=None):
    """结果中有无某形状(的某项约束)。Whether the results name the shape (and the constraint)."""
    for result in results.subjects(SH.sourceShape, shape):
        component = results.value(result, SH.sourceConstraintComponent)
        name = str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
        if constraint is None or name.lower() == str(constraint).removeprefix(str(SH)).lower():
            return True
    return False


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


def check_planted(graphs, shapes):
    """为每项约束埋错;返回是否全部查出。Plants a fault for every constraint and tells whether all were found."""
    planted, failures = 0, []
    for fault in faults(graphs, shapes):
        planted += 1
        failure = fault.failure
        if failure is None:
            only = {"focus_nodes": [fault.focus]} if fault.focus else {}
            with fault:
                results = report(fault.data, excerpt(shapes, fault.owner), **only)
            failure = None if is_found(results, fault.shape, fault.constraint) else "没有查出 not found"
        if failure:
            failures.append(f"{fault.name}: {failure}")
    for failure in failures:
        print(f"✖ {failure}")
    print(f"埋错 planted {planted},查出 found {planted - len(failures)}")
    return not failures


def write_planted(graphs, shapes, folder):
    """写出埋了错的图(不含本体)和 pySHACL 对整张图报告的形状。
    Writes the planted graphs, without the ontology, and the shapes that pySHACL reports for the whole of each."""
    folder.mkdir(parents=True, exist_ok=True)
    for fault in faults(graphs, shapes):
        if fault.failure:
            print(f"✖ {fault.name}: {fault.failure}")
            continue
        with fault:
            lines = (fault.data - ontology()).serialize(format="nt").splitlines()
            results = report(fault.data, shapes)
        quads = (f"{line.removesuffix('.')}<{NOWHERE}> .\n" for line in sorted(lines) if line)
        (folder / f"{fault.name}.nq").write_text("".join(quads), encoding="utf-8")
        names = sorted({local(shape) for shape in results.objects(None, SH.sourceShape)})
        (folder / f"{fault.name}.shapes").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--planted", action="store_true", help="再埋错 plant faults as well")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="写出埋了错的图 write the planted graphs")
    parser.add_argument("dump", type=Path)
    arguments = parser.parse_args()
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    data = load(arguments.dump)
    if not check(data, shapes):
        return False
    # 导出中没有的东西(例如还没有人否决过)在样本上埋。
    # What the dump has none of (say, nobody has rejected anything yet) is planted in the sample.
    graphs = [data]
    if arguments.dump.resolve() != SAMPLE:
        graphs.append(load(SAMPLE))
    if arguments.into:
        write_planted(graphs, shapes, arguments.into)
    if arguments.planted:
        return all([len(graphs) == 1 or check(graphs[1], shapes), check_planted(graphs, shapes)])
    return True


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

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

import rdflib
from planted import NOWHERE, faults, local
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Dataset, Graph, URIRef
from rdflib.plugins.sparql import processor

rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib").setLevel(logging.ERROR)  # 不合类型的文字由形状报告 ill-typed literals are the shapes' business

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parents[1] / "ontology"
SAMPLE = HERE / "sample.trig"
ZM = "https://w3id.org/zhengmai#"
SHOWN_PER_SHAPE = 20

# pySHACL 为每个焦点节点问同一个查询;读一遍就够了。
# pySHACL asks the same query once for each focus node; reading it once will do.
translate_query, parse_query = processor.translateQuery, processor.parseQuery
processor.parseQuery = lambda text: text
processor.translateQuery = lambda text, base, namespaces: translated(text, base, tuple(sorted((namespaces or {}).items())))


@cache
def translated(text, base, namespaces):
    return translate_query(parse_query(text), base, dict(namespaces))


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

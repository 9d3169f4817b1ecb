"""The JSON API against its description, and what the program exports."""
import csv
import io
import json
import pathlib
import subprocess
import sys

import bibtexparser
import openapi_spec_validator
import rispy
from conftest import PROGRAM, ENVIRONMENT, catalogue, run
from lxml import etree

CONFIGURATION = pathlib.Path(__file__).with_name("schemathesis.toml")


def test_the_description_is_valid(server):
    document = server.get("/api/openapi.json").json()
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_api_is_as_described(server, tmp_path):
    checks = [
        "not_a_server_error", "status_code_conformance", "content_type_conformance",
        "response_schema_conformance", "response_headers_conformance", "allow_header_conformance",
    ]
    # Whether wrong values are refused is asked of the lists; a search takes any words.
    strict = ["negative_data_rejection", "positive_data_acceptance"]
    for name, more in [(".*", []), ("/api/publications", strict)]:
        result = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIGURATION, "run", server.origin + "/api/openapi.json",
             "--include-path-regex", name, "--checks", ",".join(checks + more), "--max-examples", "40",
             "--phases", "examples,coverage,fuzzing", "--seed", "1"],
            capture_output=True, text=True, timeout=120, cwd=tmp_path)
        assert result.returncode == 0, result.stdout[:6000] + result.stderr[-2000:]


def test_errors_are_problems(server):
    for path, status in [("/api/nothing", 404), ("/api/publications?page=0", 400),
                         ("/api/publications/paper-20", 410)]:
        answer = server.get(path, status)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.json()["status"] == status


def test_exports_are_read_by_others(server, archive, public, tmp_path):
    def export(*arguments):
        return run("export", "--data", archive, *arguments).stdout.decode()

    library = bibtexparser.parse_string(export("--format", "bibtex"))
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == set(public)
    assert len(rispy.loads(export("--format", "ris"))) == len(public)
    assert {item["id"] for item in json.loads(export("--format", "csl"))} == set(public)
    rows = list(csv.DictReader(io.StringIO(export("--format", "csv"), newline="")))
    assert {row["slug"]: row["title"] for row in rows} == {
        slug: record["title"] for slug, record in public.items()}

    # A catalogue that is exported, imported and exported again is the same.
    lines = tmp_path / "catalogue.jsonl"
    run("export", "--data", archive, "--output", lines)
    assert len(lines.read_text().splitlines()) == len(public)
    run("import", lines, "--files", archive / "files", "--data", tmp_path / "data", "--no-extract")
    assert run("export", "--data", tmp_path / "data").stdout == lines.read_bytes()


def test_a_deposit_of_dois_is_in_the_order_of_the_schema(server, archive):
    deposit = run("export", "--crossref", "--data", archive, "--contact", "library@example.org",
                  "--base-url", "https://papers.example.org", "--doi-prefix", "10.5555").stdout
    root = etree.fromstring(deposit)
    space = "{http://www.crossref.org/schema/5.4.0}"
    assert root.tag == space + "doi_batch"
    assert [etree.QName(child).localname for child in root.find(space + "head")] == [
        "doi_batch_id", "timestamp", "depositor", "registrant"]
    order = ["series_metadata", "contributors", "titles", "abstract", "publication_date", "publisher", "institution",
             "publisher_item", "program", "doi_data"]
    reports = [paper[0] for paper in root.findall(f"{space}body/{space}report-paper")]
    dois = [record["doi"] for record in catalogue() if "doi" in record]
    assert 90 < len(reports) <= len(dois)
    issns = root.findall(f".//{space}series_metadata/{space}issn")
    orcids = root.findall(f".//{space}ORCID")
    assert 20 < len(issns) < len(reports) and {issn.text for issn in issns} == {"2049-3630"}
    assert len(orcids) == len(issns)
    for report in reports:
        is_series = report[0].tag == f"{space}series_metadata"
        assert etree.QName(report).localname == (
            "report-paper_series_metadata" if is_series else "report-paper_metadata")
        places = [order.index(etree.QName(child).localname) for child in report]
        assert places == sorted(places)
        assert report.findtext(f"{space}doi_data/{space}doi") in dois
    refused = subprocess.run(
        [PROGRAM, "export", "--crossref", "--data", archive], env=ENVIRONMENT, capture_output=True)
    assert refused.returncode == 1 and b"contact" in refused.stderr

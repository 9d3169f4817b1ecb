"""A bag of the archive, for the programs that libraries check bags and RO-Crates with."""
import importlib.resources
import io
import json
import subprocess
import urllib.response
from email.message import Message

import bagit
import pytest
import rdflib._networking
import rdflib.parser
import requests
from conftest import ENVIRONMENT, PROGRAM, run

# The context that the `rocrate` package brings, for a validator without a network.
CONTEXT = importlib.resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
CONTEXTS = "https://w3id.org/ro/crate/"


@pytest.fixture(scope="module")
def bag(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bag") / "bag"
    run("export", "--bag", folder, "--data", archive, "--base-url", "https://papers.example.org")
    return folder


@pytest.fixture
def offline(monkeypatch):
    """Answers requests for the context."""
    def opened(request):
        assert request.full_url.startswith(CONTEXTS)
        fields = Message()
        fields["Content-Type"] = "application/ld+json"
        return urllib.response.addinfourl(io.BytesIO(CONTEXT), fields, request.full_url, 200)

    def send(self, request, **more):
        assert request.url.startswith(CONTEXTS)
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer.headers["Content-Type"] = "application/ld+json"
        answer.raw, answer._content = io.BytesIO(CONTEXT), CONTEXT
        return answer

    monkeypatch.setattr(rdflib._networking, "_urlopen", opened)
    monkeypatch.setattr(rdflib.parser, "_urlopen", opened)
    monkeypatch.setattr(requests.Session, "send", send)


def test_bagit_finds_the_bag_valid(bag):
    read = bagit.Bag(str(bag))
    read.validate()
    assert read.version == "1.0"
    assert read.info["External-Identifier"] == "https://papers.example.org"
    assert int(read.info["Payload-Oxum"].split(".")[1]) == len(list(read.payload_files()))


def test_bagit_and_offprint_agree_on_damage(bag, tmp_path):
    copy = tmp_path / "bag"
    subprocess.run(["cp", "-r", bag, copy], check=True)
    catalogue = copy / "data" / "catalogue.jsonl"
    catalogue.write_bytes(catalogue.read_bytes().replace(b"Fog", b"Dog", 1))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(copy)).validate()
    refused = subprocess.run(
        [PROGRAM, "import", "--bag", copy, "--data", tmp_path / "data"],
        capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
    assert refused.returncode == 1
    assert "data/catalogue.jsonl: has another SHA-256" in refused.stderr


def test_the_description_is_an_ro_crate(bag, offline):
    from rocrate_validator import services

    result = services.validate({
        "rocrate_uri": str(bag / "data"), "profile_identifier": "ro-crate-1.1",
        "requirement_severity": "REQUIRED", "no_cache": True})
    assert result.passed(), [issue.message for issue in result.get_issues()]


def test_the_description_names_every_public_pdf(bag):
    graph = json.loads((bag / "data" / "ro-crate-metadata.json").read_text())["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    files = {str(path.relative_to(bag / "data")) for path in (bag / "data" / "files").rglob("*.pdf")}
    parts = {part["@id"] for part in entities["./"]["hasPart"]}
    assert files and files <= parts <= entities.keys()
    assert all(part.endswith("/") or (bag / "data" / part).is_file() for part in parts)
    for entity in graph:
        for value in entity.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and not item["@id"].startswith("https://w3id.org/"):
                    assert item["@id"] in entities, item

"""What every answer says to protect its reader."""
import pytest

PATHS = {
    "/": 200, "/publications": 200, "/publications/paper-4": 200, "/publications/paper-4.pdf": 200,
    "/publications/paper-4.bib": 200, "/publications/paper-4.linkset.json": 200, "/feed.atom": 200,
    "/sitemap.xml": 200, "/robots.txt": 200, "/opensearch.xml": 200, "/oai?verb=Identify": 200,
    "/api/publications": 200, "/api/search?q=fog": 200, "/api/openapi.json": 200, "/nowhere": 404,
    "/publications/paper-20": 410, "/staff/sign-in": 200, "/health": 200, "/subscribe": 200,
}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_protects_its_reader(server, path):
    fields = server.get(path, PATHS[path], allow_redirects=False).headers
    policy = fields["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "frame-ancestors" in policy
    assert fields["X-Content-Type-Options"] == "nosniff"
    for name in ["Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy",
                 "Cross-Origin-Resource-Policy", "Cache-Control", "Content-Type"]:
        assert fields[name]
    # Not by TLS, and nobody but staff gets a cookie.
    assert "Strict-Transport-Security" not in fields
    assert ("Set-Cookie" in fields) == (path == "/staff/sign-in")


def test_a_document_has_a_policy_of_its_own(server):
    policy = server.get("/publications/paper-4.pdf").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'self'"

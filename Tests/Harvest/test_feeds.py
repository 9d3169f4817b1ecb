"""Atom, sitemaps, robots.txt and OpenSearch, read by their readers."""
import feedparser
import pytest
import requests
from conftest import WITHDRAWN
from lxml import etree
from protego import Protego
from usp.objects.sitemap import InvalidSitemap
from usp.tree import sitemap_tree_for_homepage

ATOM = "{http://www.w3.org/2005/Atom}"


def slug(address):
    return address.rsplit("/", 1)[1]


def count_elements(content):
    """What a lenient reader overlooks."""
    feed = etree.fromstring(content)
    for name in ["id", "title", "updated", "author"]:
        assert len(feed.findall(ATOM + name)) == 1, name
    for entry in feed.findall(ATOM + "entry"):
        for name in ["id", "title", "updated", "published"]:
            assert len(entry.findall(ATOM + name)) == 1, name
        alternates = [link for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert entry.findtext(ATOM + "updated").endswith("Z")


def test_the_feed_reaches_every_publication_once(server, public):
    address, slugs, ids = server.origin + "/feed.atom", [], []
    while address:
        answer = requests.get(address, timeout=60)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        count_elements(answer.content)
        feed = feedparser.parse(answer.content)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert any(link.rel == "self" and link.href == address for link in feed.feed.links)
        slugs += [slug(entry.link) for entry in feed.entries]
        ids += [entry.id for entry in feed.entries]
        for entry in feed.entries:
            record = public[slug(entry.link)]
            assert entry.title == record["title"]
            assert [author.name for author in entry.get("authors", [])] == record["authors"]
            assert [tag.term for tag in entry.get("tags", [])] == record.get("topics", [])
            sizes = [link for link in entry.links if link.rel == "enclosure"]
            assert len(sizes) == ("pdf" in record)
            for link in sizes:
                assert len(requests.get(link.href, timeout=60).content) == int(link.length)
        address = next((link.href for link in feed.feed.links if link.rel == "next"), None)
    assert sorted(slugs) == sorted(public)
    assert len(set(ids)) == len(ids) and all(name.startswith("tag:") for name in ids)


@pytest.mark.parametrize("query, expected", [
    ("topic=R%26D", 1), ("topic=Fog+of+kind+3", 44), ("author=UNESCO", 1), ("topic=Nothing", 0),
    ("q=%22open+brace%22", 1),
])
def test_a_feed_of_a_choice(server, query, expected):
    feed = feedparser.parse(server.get("/feed.atom?" + query).content)
    assert not feed.bozo
    assert len(feed.entries) == expected


def test_a_feed_is_not_sent_twice(server):
    first = server.get("/feed.atom")
    again = server.get("/feed.atom", 304, headers={"If-None-Match": first.headers["ETag"]})
    assert not again.content
    server.get("/feed.atom", 304, headers={"If-Modified-Since": first.headers["Last-Modified"]})


def test_the_sitemap_lists_what_is_public(server, public):
    tree = sitemap_tree_for_homepage(server.origin + "/")
    addresses = {page.url for page in tree.all_pages()}
    assert not any(isinstance(part, InvalidSitemap) and "robots" in part.url for part in tree.all_sitemaps())
    pages = {slug(address) for address in addresses if "/publications/" in address}
    assert pages == set(public) | {f"{name}.pdf" for name, record in public.items() if "pdf" in record}
    assert not any(name in pages for name in WITHDRAWN)
    first, second = server.get("/sitemap.xml"), server.get("/sitemap.xml")
    assert first.content == second.content
    assert len(first.content) < 52_428_800
    for address in [a for a in addresses if "/publications/" not in a]:
        assert requests.get(address, timeout=60).status_code == 200
        assert "noindex" not in requests.get(address, timeout=60).text


def test_robots_may_read_what_is_for_readers(server):
    rules = Protego.parse(server.get("/robots.txt").text)
    assert list(rules.sitemaps) == [server.origin + "/sitemap.xml"]
    for agent in ["Googlebot", "GPTBot", "a harvester"]:
        for path in ["/", "/publications", "/publications/paper-9", "/publications/paper-9.pdf",
                     "/publications?year=2010", "/feed.atom", "/oai?verb=Identify", "/browse"]:
            assert rules.can_fetch(server.origin + path, agent), path
        for path in ["/search?q=fog", "/api/publications", "/staff", "/subscribe"]:
            assert not rules.can_fetch(server.origin + path, agent), path


def test_the_search_is_described(server):
    root = etree.fromstring(server.get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == space + "OpenSearchDescription"
    (name,), (text,) = root.findall(space + "ShortName"), root.findall(space + "Description")
    assert len(name.text) <= 16 and len(text.text) <= 1024
    for address in root.findall(space + "Url"):
        target = address.get("template").replace("{searchTerms}", "fog").replace("{startPage?}", "1")
        if address.get("rel") == "suggestions":
            continue
        answer = requests.get(target, timeout=60)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(address.get("type"))
    example = root.find(space + "Query")
    found = server.get("/api/search?q=" + requests.utils.quote(example.get("searchTerms"))).json()
    assert found["total"] > 0

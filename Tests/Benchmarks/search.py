#!/usr/bin/env python3
"""Times searches, each on one thread. Standard library only, but for what is compared with.

  search.py engine --data DIR --catalogue CATALOGUE.jsonl.gz QUERIES.tsv…
        The engine beside tantivy, on the same records and queries in one run: the first ten
        without snippets. Python must have tantivy:
        python3 -m venv /tmp/venv && /tmp/venv/bin/pip install tantivy
  search.py site --url http://127.0.0.1:8080 QUERIES.tsv…
        /api/search of a running server: ten results with snippets, page hits and facets. No query
        is asked twice in a round, and no answer is kept by the server.
  search.py texts --url http://127.0.0.1:8080 QUERIES.tsv…
        Long and hostile texts in every address that searches: the slowest answers, and what is
        answered to addresses of up to 1 MB. Fails when an answer takes over half a second.
  search.py pages --data DIR [--pages 20]
        Gives every publication of a data folder that no server uses a text of so many pages, made
        of the words of titles and abstracts as often as these use them.

Each line of a file of queries is a name, a tab and a query, and each query counts with the fastest
of --repeat times.
"""
import argparse, gzip, hashlib, http.client, itertools, json, random, re, sqlite3, subprocess, tempfile, time
import urllib.parse


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def quantiles(times):
    times = sorted(times)
    return times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]


def time_tantivy(catalogue, queries, repeat):
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in ("title", "text"):
        builder.add_text_field(field, stored=False, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    with opened(catalogue) as lines:
        for line in lines:
            record = json.loads(line)
            parts = [record.get("abstract") or "", record.get("series") or "", record.get("published") or ""]
            text = " ".join(parts + (record.get("authors") or []) + (record.get("topics") or []))
            writer.add_document(tantivy.Document(title=[record["title"]], text=[text]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    times = []
    for query in queries:
        words = " ".join(re.findall(r"\w+", query)).lower()
        if not words:
            continue
        fastest = float("inf")
        for _ in range(repeat):
            start = time.perf_counter()
            searcher.search(index.parse_query(words, ["title", "text"]), 10)
            fastest = min(fastest, time.perf_counter() - start)
        times.append(fastest * 1000)
    return times


def time_offprint(program, data, queries, repeat):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.writelines(f"{number}\t{query}\n" for number, query in enumerate(queries))
        file.flush()
        output = subprocess.run(
            [program, "search", "--queries", file.name, "--repeat", str(repeat), "--data", data],
            capture_output=True, text=True, check=True).stdout
    return [float(line.split("\t")[1]) for line in output.splitlines()]


def time_site(url, queries, repeat):
    address = urllib.parse.urlsplit(url)
    times = [float("inf")] * len(queries)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    began = time.perf_counter()
    for _ in range(repeat):
        for number, query in enumerate(queries):
            start = time.perf_counter()
            connection.request("GET", "/api/search?" + urllib.parse.urlencode({"q": query}))
            answer = connection.getresponse()
            content = answer.read()
            times[number] = min(times[number], (time.perf_counter() - start) * 1000)
            if answer.status != 200:
                raise SystemExit(f"{query}: {answer.status} {content[:200]}")
    return times, repeat * len(queries) / (time.perf_counter() - began)


def make_pages(data, pages, words_of_page=280):
    database = sqlite3.connect(f"{data}/offprint.sqlite3")
    texts = database.execute("SELECT id, title, abstract FROM publication WHERE file IS NULL").fetchall()
    words = [word for _, title, abstract in texts for word in f"{title}. {abstract}".split()]
    choice = random.Random(20100225)
    with database:
        for publication, title, abstract in texts:
            own = f"{title}. {abstract}".split()
            key = hashlib.sha256(f"made for {publication}".encode()).hexdigest()
            file = database.execute(
                "INSERT INTO file (sha256, bytes, pages, text, deposited) VALUES (?, 0, ?, 'read', 0)",
                (key, pages)).lastrowid
            for number in range(1, pages + 1):
                # A text goes on about what it is about: one word in eight is of its own record.
                found = choice.choices(words, k=words_of_page * 7 // 8) + choice.choices(own, k=words_of_page // 8)
                choice.shuffle(found)
                database.execute(
                    "INSERT INTO page (file, number, text) VALUES (?, ?, ?)", (file, number, " ".join(found)))
            database.execute("UPDATE publication SET file = ? WHERE id = ?", (file, publication))
    print(f"{len(texts)} publications, {len(texts) * pages} pages")


SEARCHES = [
    ("/search", "q"), ("/api/search", "q"), ("/related", "text"), ("/api/related", "text"), ("/suggest", "q"),
    ("/feed.atom", "q"),
]


def hostile_texts(words):
    """Endless texts, each in pieces: what people paste, and what costs a search most."""
    choice = random.Random(20100225)
    each = itertools.count
    return {
        "words": (choice.choice(words) + " " for _ in each()),
        "unknown words": (f"zq{number}x " for number in each()),
        "misspelled words": (choice.choice(words) + "x " for _ in each()),
        "one word": itertools.repeat("a"),
        "letters": (choice.choice("abcdefghijklmnopqrstuvwxyz") + " " for _ in each()),
        "phrases": (f'"{choice.choice(words)} {choice.choice(words)}" ' for _ in each()),
        "open quotes": itertools.repeat('"'),
        "excluded words": (f"-{choice.choice(words)} " for _ in each()),
        "fields": (f"author:{choice.choice(words)} " for _ in each()),
        "prefixes": (choice.choice("bcdfghlmprst") + choice.choice("aeiou") + "* " for _ in each()),
        "hyphens": itertools.repeat("a-"),
        "identifiers": itertools.repeat("10.1000/x "),
        "ideographs": (chr(0x4E00 + choice.randrange(5000)) for _ in each()),
        "combining marks": itertools.repeat("e\u0301\u0301"),
        "zeros": itertools.repeat("\0"),
    }


def beginning(pieces, limit):
    """As much of a text as has `limit` bytes in an address."""
    encoded = ""
    for piece in pieces:
        more = urllib.parse.quote(piece)
        if len(encoded) + len(more) > limit:
            return encoded
        encoded += more


def texts(options):
    address = urllib.parse.urlsplit(options.url)

    def ask(target):
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        start = time.perf_counter()
        connection.request("GET", target)
        answer = connection.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - start) * 1000

    words = [word for query in read_queries(options.queries) for word in query.split()]
    slowest = 0
    for path, name in SEARCHES:
        times = []
        for kind, pieces in hostile_texts(words).items():
            status, taken = ask(f"{path}?{name}={beginning(pieces, 8_000)}")
            if status != 200:
                raise SystemExit(f"{path}: {kind}: {status}")
            times.append((taken, kind))
        times.sort(reverse=True)
        slowest = max(slowest, times[0][0])
        print(f"{path:<14}" + ", ".join(f"{kind} {taken:.1f} ms" for taken, kind in times[:3]))
    for size in (10_000, 100_000, 1_000_000):
        status, taken = ask("/search?q=" + "a" * size)
        slowest = max(slowest, taken)
        if status != 414:
            raise SystemExit(f"a query of {size} bytes: {status}, expected 414")
        print(f"a query of {size} bytes: 414 after {taken:.1f} ms")
    if slowest > 500:
        raise SystemExit(f"the slowest answer took {slowest:.0f} ms, expected at most 500 ms")


def read_queries(paths):
    queries = []
    for path in paths:
        with opened(path) as lines:
            queries += [line.rstrip("\n").split("\t")[-1] for line in lines if line.strip()]
    return queries


def engine(options):
    queries = read_queries(options.queries)
    theirs = quantiles(time_tantivy(options.catalogue, queries, options.repeat))
    ours = quantiles(time_offprint(options.program, options.data, queries, options.repeat))
    print(f"{len(queries)} queries    p50 ms   p99 ms")
    print(f"tantivy        {theirs[0]:8.3f} {theirs[1]:8.3f}")
    print(f"offprint       {ours[0]:8.3f} {ours[1]:8.3f}")
    print(f"ratio          {ours[0] / theirs[0]:8.2f} {ours[1] / theirs[1]:8.2f}")


def site(options):
    queries = list(dict.fromkeys(read_queries(options.queries)))
    times, rate = time_site(options.url, queries, options.repeat)
    p50, p99 = quantiles(times)
    print(f"{len(queries)} queries: p50 {p50:.2f} ms, p99 {p99:.2f} ms, slowest {max(times):.2f} ms, {rate:.0f} a second")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("engine")
    command.set_defaults(run=engine)
    command.add_argument("queries", nargs="+")
    command.add_argument("--program", default=".build/release/offprint")
    command.add_argument("--data", required=True)
    command.add_argument("--catalogue", required=True)
    command.add_argument("--repeat", type=int, default=5)
    command = commands.add_parser("site")
    command.set_defaults(run=site)
    command.add_argument("queries", nargs="+")
    command.add_argument("--url", required=True)
    command.add_argument("--repeat", type=int, default=3)
    command = commands.add_parser("texts")
    command.set_defaults(run=texts)
    command.add_argument("queries", nargs="+")
    command.add_argument("--url", required=True)
    command = commands.add_parser("pages")
    command.set_defaults(run=lambda options: make_pages(options.data, options.pages))
    command.add_argument("--data", required=True)
    command.add_argument("--pages", type=int, default=20)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()

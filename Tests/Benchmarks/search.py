#!/usr/bin/env python3
"""Times the search engine beside tantivy, on the same records and queries in one run.

  python3 -m venv /tmp/venv && /tmp/venv/bin/pip install tantivy
  offprint import CATALOGUE.jsonl.gz --data DIR
  /tmp/venv/bin/python Tests/Benchmarks/search.py --program .build/release/offprint --data DIR \\
      --catalogue CATALOGUE.jsonl.gz QUERIES.tsv…

Each line of a file of queries is a name, a tab and a query. Both engines use one thread, return
the first ten without snippets, and each query counts with the fastest of --repeat times.
"""
import argparse, gzip, json, re, subprocess, tempfile, time

import tantivy


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def quantiles(times):
    times = sorted(times)
    return times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]


def time_tantivy(catalogue, queries, repeat):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", nargs="+")
    parser.add_argument("--program", default=".build/release/offprint")
    parser.add_argument("--data", required=True)
    parser.add_argument("--catalogue", required=True)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    queries = []
    for path in options.queries:
        with opened(path) as lines:
            queries += [line.rstrip("\n").split("\t")[-1] for line in lines if line.strip()]
    theirs = quantiles(time_tantivy(options.catalogue, queries, options.repeat))
    ours = quantiles(time_offprint(options.program, options.data, queries, options.repeat))
    print(f"{len(queries)} queries    p50 ms   p99 ms")
    print(f"tantivy        {theirs[0]:8.3f} {theirs[1]:8.3f}")
    print(f"offprint       {ours[0]:8.3f} {ours[1]:8.3f}")
    print(f"ratio          {ours[0] / theirs[0]:8.2f} {ours[1] / theirs[1]:8.2f}")


if __name__ == "__main__":
    main()

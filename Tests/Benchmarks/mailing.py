#!/usr/bin/env python3
"""Times the mailing. Standard library only.

  mailing.py [--program .build/release/offprint] [--subscribers 10000] [--searches 1000]

Subscribers who follow everything weekly, and others with a saved search each, hear of fifty new
publications. It prints how long planning takes, and how many messages a second are written, stored
and handed over to a sendmail that does nothing.
"""
import argparse, json, os, shutil, sqlite3, subprocess, tempfile, time

parser = argparse.ArgumentParser()
parser.add_argument("--program", default=".build/release/offprint")
parser.add_argument("--subscribers", type=int, default=10_000)
parser.add_argument("--searches", type=int, default=1_000)
parser.add_argument("--publications", type=int, default=50)
parser.add_argument("--seconds", type=float, default=20, help="how long messages are handed over")
arguments = parser.parse_args()

folder = tempfile.mkdtemp()
data = os.path.join(folder, "data")
words = "harbour trade korea policy climate border water energy labour census".split()


def offprint(*words, **settings):
    command = [arguments.program, *words, "--data", data, "--config", os.path.join(folder, "conf")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


try:
    with open(os.path.join(folder, "conf"), "w") as file:
        file.write("sendmail = /bin/true\nmail-rate = 100000\nbase-url = https://papers.example.org\n")
    with open(os.path.join(folder, "list.csv"), "w") as file:
        file.write("address,follows,frequency,consent_date,consent_source\n")
        for number in range(arguments.subscribers):
            file.write(f"reader{number}@example.org,everything,weekly,2024-01-01,test\n")
        for number in range(arguments.searches):
            search = f"q={words[number % 10]}+{words[number // 10 % 10]}+{number}"
            file.write(f"searcher{number}@example.org,search:{search},weekly,2024-01-01,test\n")
    with open(os.path.join(folder, "catalogue.jsonl"), "w") as file:
        for number in range(arguments.publications):
            abstract = " ".join(words[(number + place) % 10] for place in range(150))
            record = {"title": f"Report {number}", "abstract": abstract, "authors": ["Anna Berg"],
                      "topics": ["Trade"], "published": "2026-11-01"}
            file.write(json.dumps(record) + "\n")
    offprint("subscriber", "import", os.path.join(folder, "list.csv")).wait()
    offprint("import", os.path.join(folder, "catalogue.jsonl")).wait()

    start = time.perf_counter()
    run = offprint("mail", "run", "--now", "2099-01-01T00:00:00Z")
    database = sqlite3.connect(f"file:{data}/offprint.sqlite3?mode=ro", uri=True)
    planned = 0
    while not planned:
        time.sleep(0.02)
        planned = database.execute("SELECT count(*) FROM message").fetchone()[0]
    print(f"{planned} messages planned after {time.perf_counter() - start:.2f} s, with the start of the program")
    first = database.execute("SELECT count(*) FROM message WHERE state = 'accepted'").fetchone()[0]
    start = time.perf_counter()
    while run.poll() is None and time.perf_counter() - start < arguments.seconds:
        time.sleep(0.1)
    sent = database.execute("SELECT count(*) FROM message WHERE state = 'accepted'").fetchone()[0] - first
    print(f"{sent / (time.perf_counter() - start):.0f} messages a second written, stored and handed over")
    run.kill()
    run.wait()
finally:
    shutil.rmtree(folder)

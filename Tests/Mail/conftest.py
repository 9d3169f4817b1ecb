"""A mail server set up as Config/mail says, on free ports of 127.0.0.1, and one for the readers."""
import collections
import csv
import email
import email.policy
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time

import pytest
from aiosmtpd.controller import Controller

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import ENVIRONMENT, PROGRAM, ROOT  # noqa: E402

DOMAIN = "papers.example.org"
SENDER = f"library@{DOMAIN}"
GONE = "gone@readers.example.net"
NEEDED = ["postfix", "opendkim", "opendkim-genkey", "msmtp", "openssl"]
# When time is up, what was started is ended too.
signal.signal(signal.SIGTERM, lambda *_: pytest.exit("ended by a signal"))
# Programs of a mail server are often not in the path of users.
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
# The user whose Maildir takes what comes back, for the user “offprint” of Config/mail/main.cf.
USER = "nobody"

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
tlsmgr   unix - - n 1000? 1 tlsmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
flush    unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp     unix - - n - - smtp
error    unix - - n - - error
retry    unix - - n - - error
showq    unix n - n - - showq
local    unix - n n - - local
anvil    unix - - n - 1 anvil
scache   unix - - n - 1 scache
postlog  unix-dgram n - n - 1 postlogd
"""


def command(*arguments):
    done = subprocess.run(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=60, env=os.environ | {"PATH": PATH})
    assert done.returncode == 0, f"{arguments}: {done.stdout}"
    return done.stdout


def example(name, changes, more=""):
    """A file of Config/mail with what depends on the machine replaced."""
    text = (ROOT / "Config/mail" / name).read_text()
    for old, new in changes.items():
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, str(new))
    return text + more


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait(condition, what, seconds=60):
    """Waits for a condition, and returns what it is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


def listens(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class Readers:
    """The mail server of the readers: it takes everything but what is sent to GONE."""

    def __init__(self):
        self.envelopes = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.controller.start()
        self.port = self.controller.port

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == GONE:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        return "250 2.0.0 Ok"


class MailServer:
    """Postfix, OpenDKIM and msmtp with the files of Config/mail."""

    def __init__(self, folder, readers):
        self.folder = folder
        self.port = free_port()
        self.signer_port = free_port()
        self.signer = None
        self.maildir = folder / "mail" / USER
        self.log = folder / "log"
        self.set_up(readers)

    def start(self):
        self.start_signer()
        self.control("postfix", "start")
        wait(lambda: listens(self.port), "Postfix does not listen")

    def set_up(self, readers):
        folder, user = self.folder, pwd.getpwnam(USER)
        for name in ["postfix", "queue", "state", "keys", "mail"]:
            (folder / name).mkdir()
        shutil.chown(folder / "state", "postfix")
        for path in [self.maildir, *(self.maildir / name for name in ["new", "cur", "tmp"])]:
            path.mkdir(mode=0o700)
            os.chown(path, user.pw_uid, user.pw_gid)

        command("opendkim-genkey", "-D", folder / "keys", "-d", DOMAIN, "-s", "mail")
        shutil.chown(folder / "keys/mail.private", "opendkim")
        (folder / "opendkim.conf").write_text(example("opendkim.conf", {
            "/etc/dkimkeys": folder / "keys", "inet:8891@": f"inet:{self.signer_port}@",
        }, """
# The key is below a folder for everybody, /tmp.
RequireSafeKeys no
"""))

        command("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={DOMAIN}",
                "-keyout", folder / "keys/tls.key", "-out", folder / "keys/tls.pem")
        (folder / "postfix/main.cf").write_text(example("main.cf", {
            "inet:127.0.0.1:8891": f"inet:127.0.0.1:{self.signer_port}",
            "mail_spool_directory = /var/mail/": f"mail_spool_directory = {folder}/mail/",
            f"/etc/ssl/certs/{DOMAIN}.pem": folder / "keys/tls.pem",
            f"/etc/ssl/private/{DOMAIN}.key": folder / "keys/tls.key",
        }, f"""
# All mail for others goes to the readers' server.
relayhost = [127.0.0.1]:{readers.port}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
queue_directory = {folder}/queue
data_directory = {folder}/state
alias_maps = hash:{folder}/aliases
alias_database = $alias_maps
maillog_file = {self.log}
maillog_file_prefixes = {folder}
"""))
        (folder / "postfix/master.cf").write_text(MASTER.format(port=self.port))
        (folder / "aliases").write_text(f"library: {USER}\n")
        self.control("postalias", f"hash:{folder}/aliases")

        msmtprc = folder / "msmtprc"
        msmtprc.write_text(example("msmtprc", {
            "port 25\n": f"port {self.port}\n", "syslog LOG_MAIL": f"logfile {folder}/msmtp.log"}))
        self.sendmail = folder / "sendmail"
        self.sendmail.write_text(f'#!/bin/sh\nexec msmtp -C {msmtprc} "$@"\n')
        self.sendmail.chmod(0o755)

    def start_signer(self):
        self.signer = subprocess.Popen(
            ["opendkim", "-f", "-x", self.folder / "opendkim.conf"], stdin=subprocess.DEVNULL,
            stdout=(self.folder / "opendkim.log").open("a"), stderr=subprocess.STDOUT,
            env=os.environ | {"PATH": PATH})
        wait(lambda: listens(self.signer_port) or self.signer.poll() is not None, "OpenDKIM")
        assert self.signer.poll() is None, (self.folder / "opendkim.log").read_text()

    def stop_signer(self):
        self.signer.terminate()
        self.signer.wait(30)

    def stop(self):
        if listens(self.port):
            self.control("postfix", "stop")
        if self.signer:
            self.stop_signer()

    def control(self, program, *arguments):
        return command(program, "-c", self.folder / "postfix", *arguments)

    def public_key(self, name, timeout=5):
        """What the DNS says of the key, as `opendkim-genkey` wrote it for the zone."""
        assert name == f"mail._domainkey.{DOMAIN}.".encode()
        zone = (self.folder / "keys/mail.txt").read_text()
        return "".join(re.findall(r'"([^"]*)"', zone)).encode()

    def send(self, message):
        """Sends a message to the list as a reader's mail server does."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.send_message(message)

    def deliver(self):
        """Waits until all that was sent has been delivered or returned."""
        try:
            wait(lambda: not self.control("postqueue", "-j"), "messages not delivered")
        except AssertionError as error:
            raise AssertionError(self.log.read_text()[-3000:]) from error


class Library:
    """An archive with subscribers, and what its commands say."""

    def __init__(self, folder, mail_server):
        self.folder = folder
        self.settings = [
            "--data", folder / "data", "--sendmail", mail_server.sendmail, "--bounces", mail_server.maildir,
            "--mail-from", SENDER, "--site-name", "Institutet för hav & handel", "--mail-rate", "100000",
            "--base-url", f"https://{DOMAIN}", "--contact", SENDER]
        self.number = 0

    def run(self, *arguments, status=0):
        settings = self.settings if arguments[0] == "mail" else self.settings[:2]
        done = subprocess.run(
            [PROGRAM, *arguments, *settings], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT, timeout=120)
        assert done.returncode == status, f"{arguments}: {done.stdout}"
        return done.stdout

    def publish(self, *records):
        self.number += 1
        lines = self.folder / f"{self.number}.jsonl"
        lines.write_text("".join(json.dumps(record) + "\n" for record in records))
        self.run("import", lines)

    def subscribe(self, rows):
        lines = self.folder / "subscribers.csv"
        with lines.open("w", newline="") as file:
            columns = ["address", "language", "follows", "frequency", "consent_date", "consent_source"]
            writer = csv.DictWriter(file, columns, restval="2024-05-31")
            writer.writeheader()
            writer.writerows(rows)
        return self.run("subscriber", "import", lines)

    def status(self):
        """The subscribers' addresses, by status."""
        return {status: self.run("subscriber", "list", "--status", status).split()
                for status in ["confirmed", "unsubscribed", "suspended"]}


RECORDS = [
    {"slug": "cables", "title": "Kablar, hav & handel: 海底电缆", "published": "2026-11-02",
     "language": "sv", "authors": ["Åsa Öberg", "김 민수"], "topics": ["Sea"],
     "abstract": "Kablar på havets botten bär nästan all trafik. " * 20},
    {"slug": "ports", "title": "Ports <and> \"pilots\" = 100 %", "published": "2026-11", "language": "en",
     "authors": ["Ana O'Hara"], "topics": ["Sea", "Trade"],
     "abstract": "From here it begins.\n\n. A line with a full stop alone.\n\n.\n\nFrom there on."},
    {"slug": "rice", "title": "Rice " * 60, "published": "2026", "topics": ["Food"],
     "authors": [f"Author {number}" for number in range(30)], "series": "Rice Quarterly"},
    {"slug": "letters", "title": "=?utf-8?q?x?= " + "unbroken" * 40, "published": "2026-01-05",
     "topics": ["Food"], "authors": ["Ana O'Hara"], "abstract": "https://example.org/" + "long/" * 60},
]
CHOICES = ["everything", "topic:Sea", "topic:Food", "author:Ana O'Hara", "series:Rice Quarterly",
           "search:q=pilots"]
READERS = [f"reader-{number}@readers.example.net" for number in range(200)]


def subscribers():
    for number, address in enumerate([*READERS, GONE]):
        yield {"address": address, "language": ["en", "sv"][number % 2],
               "follows": CHOICES[number % len(CHOICES)] if address != GONE else "everything",
               "frequency": ["weekly", "monthly", "at-once"][number % 7 % 3]}


@pytest.fixture(scope="session")
def folder():
    missing = [name for name in NEEDED if not shutil.which(name, path=PATH)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    if os.geteuid() != 0:
        pytest.skip("Postfix is started by root only")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-mail-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def readers():
    readers = Readers()
    yield readers
    readers.controller.stop()


@pytest.fixture(scope="session")
def mail_server(folder, readers):
    server = MailServer(folder, readers)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def library(folder, mail_server):
    library = Library(folder, mail_server)
    library.subscribe(subscribers())
    library.publish(*RECORDS)
    return library


Arrived = collections.namedtuple("Arrived", "sender recipients bytes message")


def arrived_from(envelopes):
    return [Arrived(envelope.mail_from, envelope.rcpt_tos, envelope.original_content,
                    email.message_from_bytes(envelope.original_content, policy=email.policy.strict))
            for envelope in envelopes]


@pytest.fixture(scope="session")
def arrived(library, mail_server, readers):
    """What the readers have got of the first digests."""
    library.run("mail", "run", "--now", "2027-01-05T12:00:00Z")
    mail_server.deliver()
    return arrived_from(readers.envelopes)

"""Digests sent by a real mail server: signed, readable by others, and what comes back."""
import email.message
import re

import dkim
from conftest import DOMAIN, GONE, READERS

SIGNED = ["from", "to", "subject", "date", "message-id", "list-id", "list-unsubscribe",
          "list-unsubscribe-post", "mime-version", "content-type"]


def test_each_reader_gets_one_message(arrived):
    assert sorted(address for message in arrived for address in message.recipients) == sorted(READERS)
    for message in arrived:
        assert [str(message.message["To"])] == message.recipients
        assert re.fullmatch(rf"library\+\d+-[0-9a-f]{{20}}@{DOMAIN}", message.sender)
    for field in ["sender", "bytes"]:
        assert len({getattr(message, field) for message in arrived}) == len(READERS)
    assert len({message.message["Message-ID"] for message in arrived}) == len(READERS)


def test_signatures_are_valid_and_cover_the_headers(arrived, mail_server):
    for message in arrived:
        assert dkim.verify(message.bytes, dnsfunc=mail_server.public_key)
        tags = dkim.parse_tag_value(str(message.message["DKIM-Signature"]).encode())
        assert tags[b"d"] == DOMAIN.encode()
        signed = re.sub(r"\s", "", tags[b"h"].decode()).lower().split(":")
        assert set(SIGNED) <= set(signed)
    # A signature that covers a header notices when it is changed.
    changed = arrived[0].bytes.replace(b"/unsubscribe/", b"/unsubscribed/", 1)
    assert changed != arrived[0].bytes
    assert not dkim.verify(changed, dnsfunc=mail_server.public_key)


def test_messages_have_no_defects(arrived):
    for _, _, _, message in arrived:
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative", "text/plain", "text/html"]
        for part in message.walk():
            assert not part.defects
            for name, value in part.items():
                assert not value.defects, f"{name}: {value}"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        links = re.fullmatch(
            rf"<https://{DOMAIN}/unsubscribe/\S+>, <mailto:library\+\S+@{DOMAIN}\?subject=unsubscribe>",
            message["List-Unsubscribe"])
        assert links, message["List-Unsubscribe"]


def test_lines_are_short(arrived):
    for message in arrived:
        head, body = message.bytes.split(b"\r\n\r\n", 1)
        assert max(map(len, body.split(b"\r\n"))) <= 76
        lines = head.decode().split("\r\n")
        text = message.message.get_body(("plain",)).get_content().split("\n")
        for line in lines + text:
            # A line may be longer when it is a single word, after the name of its header or a mark.
            words = re.sub(r"^([\w-]+:|[-*•])", "", line).split()
            assert len(line) <= 78 or len(words) == 1 and len(line) <= 998, line


def test_titles_arrive_as_they_are(arrived):
    texts = {message.message.get_body(("plain",)).get_content() for message in arrived}
    for words in ["Kablar, hav & handel: 海底电缆", "Ports <and> \"pilots\" = 100 %", "=?utf-8?q?x?="]:
        assert any(words in text for text in texts)
    # A line with a full stop alone ends a message that is not sent with care.
    assert all("https://papers.example.org/subscription/" in text for text in texts)


def test_a_message_unsubscribes(arrived, library, mail_server):
    link = re.search(r"<mailto:(\S+)\?subject=(\w+)>", arrived[7].message["List-Unsubscribe"])
    reader = arrived[7].recipients[0]
    request = email.message.EmailMessage()
    request["From"], request["To"], request["Subject"] = reader, link[1], link[2]
    mail_server.send(request)
    mail_server.deliver()
    library.run("mail", "run", "--now", "2027-01-05T13:00:00Z")
    assert library.status()["unsubscribed"] == [reader]


def test_a_mailbox_that_is_gone_is_suspended_after_two_messages(arrived, library, mail_server):
    library.run("mail", "run", "--now", "2027-01-05T14:00:00Z")
    assert "bounced 1" in library.run("mail", "status")
    assert GONE in library.status()["confirmed"]
    library.publish({"slug": "second", "title": "The second", "published": "2026-11-20"})
    library.run("mail", "run", "--now", "2027-02-02T12:00:00Z")
    mail_server.deliver()
    library.run("mail", "run", "--now", "2027-02-02T13:00:00Z")
    status = library.status()
    assert status["suspended"] == [GONE]
    assert set(status["confirmed"] + status["unsubscribed"]) == set(READERS)
    assert not list(mail_server.maildir.glob("new/*"))


def test_messages_wait_while_nothing_can_be_signed(arrived, library, mail_server, readers):
    library.publish({"slug": "third", "title": "The third", "published": "2026-11-21", "topics": ["Food"]})
    number = len(readers.envelopes)
    mail_server.stop_signer()
    said = library.run("mail", "run", "--now", "2027-03-02T12:00:00Z")
    waiting = int(re.search(r"(\d+) deferred, 0 failed", said)[1])
    assert waiting > 0 and "0 messages accepted" in said
    assert "451 4.7.1" in library.run("mail", "status")
    mail_server.start_signer()
    library.run("mail", "run", "--now", "2027-03-02T13:00:00Z")
    mail_server.deliver()
    assert len(readers.envelopes) == number + waiting

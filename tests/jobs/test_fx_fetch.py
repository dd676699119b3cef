"""Asking a publisher that is down, slow, full of errors, or leads elsewhere."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobs.fx import public
from jobs.fx.fetch import FetchError, Limits, fetch
from tests.jobs.publisher import DAILY, Answer, Publisher, publisher

QUICK = Limits(
    connect_seconds=0.5,
    read_seconds=0.3,
    total_seconds=0.8,
    attempts=3,
    first_wait_seconds=0.02,
    longest_wait_seconds=0.1,
    jitter_seconds=0.02,
    longest_retry_after_seconds=2,
)
GOOD = Answer(b"<rates/>")


@pytest.fixture(autouse=True)
def this_machine_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(public.ALLOW_LOOPBACK, "1")


@pytest.fixture
def bank() -> Iterator[Publisher]:
    with publisher() as running:
        running.says(GOOD)
        yield running


def ask(bank: Publisher, limits: Limits = QUICK, **headers: str) -> bytes:
    return fetch(bank.url + DAILY, headers, limits)


def refused(bank: Publisher, limits: Limits = QUICK) -> FetchError:
    with pytest.raises(FetchError) as caught:
        ask(bank, limits)
    return caught.value


def test_good_answer_comes_whole_and_the_key_travels_in_a_header(bank: Publisher) -> None:
    assert ask(bank, apikey="s3cret") == b"<rates/>"
    [(path, headers)] = bank.asked
    assert path == DAILY
    assert headers["apikey"] == "s3cret"
    assert headers["host"] == bank.url.removeprefix("http://")
    assert headers["accept-encoding"] == "identity"


def test_publisher_that_is_down_is_asked_again_and_given_up() -> None:
    with publisher() as bank:
        pass
    assert refused(bank).is_transient


def test_publisher_that_hangs_is_left(bank: Publisher) -> None:
    bank.says(Answer(b"late", hang=30))
    started = time.monotonic()
    assert refused(bank).is_transient
    assert time.monotonic() - started < 3
    assert len(bank.asked) == 3


def test_answer_that_drips_has_a_time_for_the_whole(bank: Publisher) -> None:
    bank.says(Answer(b"x" * 100, drip=0.1))
    started = time.monotonic()
    assert refused(bank).is_transient
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 429])
def test_trouble_that_passes_is_waited_out(bank: Publisher, status: int) -> None:
    bank.says(Answer(status=status), Answer(status=status), GOOD)
    assert ask(bank) == b"<rates/>"
    assert len(bank.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204, 206])
def test_trouble_that_stays_is_not_asked_again(bank: Publisher, status: int) -> None:
    bank.says(Answer(status=status))
    assert not refused(bank).is_transient
    assert len(bank.asked) == 1


def test_pauses_grow(bank: Publisher) -> None:
    bank.says(Answer(status=500))
    moments: list[float] = []
    watched = bank.asked
    limits = Limits(attempts=4, first_wait_seconds=0.1, longest_wait_seconds=5, jitter_seconds=0)

    class Watched(list[tuple[str, dict[str, str]]]):
        def append(self, item: tuple[str, dict[str, str]]) -> None:
            moments.append(time.monotonic())
            super().append(item)

    bank.asked = Watched(watched)
    refused(bank, limits)
    pauses = [after - before for before, after in pairwise(moments)]
    assert len(pauses) == 3
    assert 0.1 <= pauses[0] < pauses[1] < pauses[2]


def test_retry_after_is_honoured(bank: Publisher) -> None:
    bank.says(Answer(status=429, headers={"Retry-After": "1"}), GOOD)
    started = time.monotonic()
    assert ask(bank) == b"<rates/>"
    assert 1 <= time.monotonic() - started < 2


def test_retry_after_may_be_a_moment(bank: Publisher) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    bank.says(Answer(status=503, headers={"Retry-After": moment}), GOOD)
    started = time.monotonic()
    assert ask(bank) == b"<rates/>"
    assert time.monotonic() - started > 0.5


def test_long_retry_after_is_left_to_the_next_run(bank: Publisher) -> None:
    bank.says(Answer(status=429, headers={"Retry-After": "3600"}))
    assert refused(bank).retry_after == 3600
    assert len(bank.asked) == 1


@pytest.mark.parametrize("nonsense", ["soon", "-1", "1e9", "9" * 40, ""])
def test_retry_after_that_is_nonsense_is_an_ordinary_pause(bank: Publisher, nonsense: str) -> None:
    bank.says(Answer(status=429, headers={"Retry-After": nonsense}), GOOD)
    assert ask(bank) == b"<rates/>"


def test_web_page_is_refused(bank: Publisher) -> None:
    bank.says(Answer(b"<html>maintenance</html>", kind="text/html; charset=utf-8"))
    assert "web page" in str(refused(bank))
    assert len(bank.asked) == 1


def test_ten_megabytes_are_refused(bank: Publisher) -> None:
    bank.says(Answer(b"x" * 10_000_000))
    assert "5,000,000 bytes" in str(refused(bank, Limits(attempts=1)))


def test_compressed_answer_is_refused(bank: Publisher) -> None:
    bank.says(Answer(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}))
    assert "encoding" in str(refused(bank))


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "https://10.0.0.1/", "/elsewhere", "file:///etc"],
)
def test_redirect_is_not_followed(bank: Publisher, target: str) -> None:
    bank.says(Answer(status=302, headers={"Location": target}))
    bank.says(GOOD, path="/elsewhere")
    assert "redirects" in str(refused(bank))
    assert bank.paths == [DAILY]


def test_words_of_a_failure_hold_neither_query_nor_key(bank: Publisher) -> None:
    for answer in (Answer(status=500), Answer(status=401), Answer(status=302)):
        bank.says(answer, path=f"{DAILY}?access_key=s3cret")
        with pytest.raises(FetchError) as caught:
            fetch(f"{bank.url}{DAILY}?access_key=s3cret", {"apikey": "s3cret"}, QUICK)
        assert "s3cret" not in str(caught.value)


def test_this_machine_is_not_asked_outside_tests(
    bank: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(public.ALLOW_LOOPBACK)
    refused(bank)
    with pytest.raises(FetchError):
        fetch(bank.url.replace("http:", "https:"), limits=QUICK)
    assert bank.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/", "https://0.0.0.0/",
        "https://169.254.169.254/", "https://168.63.129.16/", "https://100.100.100.200/",
        "https://[::ffff:10.0.0.1]/", "https://[fe80::1]/", "https://[fd00:ec2::254]/",
        "https://[64:ff9b::a9fe:a9fe]/", "https://[2002:a9fe:a9fe::]/", "https://[::]/",
        "https://224.0.0.1/", "https://240.0.0.1/", "https://2130706433.invalid/",
        "http://93.184.216.34/", "ftp://93.184.216.34/", "https:///x", "https://" + "a" * 300 + "/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_not_asked(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, limits=Limits(connect_seconds=0.2, total_seconds=1, attempts=1))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert public.may_be_asked(ip_address(address))


def test_one_private_address_among_several_refuses_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve() -> list[str]:
        async def both(*_: object, **__: object) -> list[tuple[object, ...]]:
            return [(0, 0, 0, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
        return await public.addresses("rates.example", 443)

    with pytest.raises(public.NotPublicError):
        asyncio.run(resolve())


def certificate(folder: Path, host: str) -> Path:
    """A self-signed certificate and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    alternative: x509.GeneralName = (
        x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def test_https_by_name_to_the_address_that_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = certificate(tmp_path, "localhost")
    with publisher(proof) as bank:
        bank.says(GOOD)
        url = bank.url.replace("127.0.0.1", "localhost") + DAILY
        with pytest.raises(FetchError) as unknown:
            fetch(url, limits=QUICK)
        assert "certificate" in str(unknown.value)
        assert not unknown.value.is_transient
        monkeypatch.setenv("SSL_CERT_FILE", str(proof))
        assert fetch(url, limits=QUICK) == b"<rates/>"
        # The same server under a name that its certificate does not have.
        with pytest.raises(FetchError) as other:
            fetch(bank.url + DAILY, limits=QUICK)
        assert "certificate" in str(other.value)


def test_proxies_of_the_environment_are_not_used(
    bank: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert ask(bank) == b"<rates/>"

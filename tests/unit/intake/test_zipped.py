"""Any bytes at all give the files of a zip, or a reason."""

import struct
import zlib
from typing import Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from grader.errors import IntakeError
from grader.intake.manifest import read_manifest
from grader.intake.source import limit_of
from grader.intake.zipped import MAX_MEMBERS, Listing, list_members, take_member

Lies = dict[str, Any]

names = st.sampled_from([b"a.py", b"a.py", b"b.ipynb", b"manifest.json", b"d/", b"../x.py"]) | (
    st.binary(min_size=1, max_size=20)
)
contents = st.binary(max_size=40) | st.sampled_from(
    [b"x = 1\n" * 50, bytes(100_000), b'{"student": "ada"}']
)
small, large = st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
lies = st.fixed_dictionaries(
    {},
    optional={
        "flags": small,
        "method": st.sampled_from([0, 8, 9, 12, 14, 99]) | small,
        "checksum": large,
        "packed": large | st.integers(0, 100),
        "size": large | st.integers(0, 100),
        "offset": large | st.integers(0, 200),
        "extra": st.binary(max_size=30),
        "mode": large,
    },
)
entries = st.lists(st.tuples(names, contents, st.just({}) | lies, st.booleans()), max_size=5)
ends = st.fixed_dictionaries(
    {},
    optional={
        "count": small | st.integers(0, 6),
        "directory": large | st.integers(0, 300),
        "offset": large | st.integers(0, 300),
        "remark": st.binary(max_size=30),
        "before": st.binary(max_size=20),
        "gap": st.binary(max_size=20),
    },
)


def make(given_entries: list[tuple[bytes, bytes, Lies, bool]], end: Lies) -> bytes:
    """A zip in which any number may lie."""
    body: bytes = end.get("before", b"")
    directory = b""
    for name, content, lie, is_lying_twice in given_entries:
        compressor = zlib.compressobj(wbits=-15)
        packed = compressor.compress(content) + compressor.flush()
        told: Lies = {
            "flags": 0,
            "method": 8,
            "checksum": zlib.crc32(content),
            "packed": len(packed),
        }
        told |= {"size": len(content), "offset": len(body), "extra": b"", "mode": 0}
        said = told | lie
        directory += b"PK\x01\x02" + struct.pack("<HH", 20, 20) + _middle(name, said)
        directory += struct.pack("<HHHLL", 0, 0, 0, said["mode"], said["offset"])
        directory += name + said["extra"]
        first = said if is_lying_twice else told
        body += b"PK\x03\x04" + struct.pack("<H", 20) + _middle(name, first)
        body += name + first["extra"] + packed
    body += end.get("gap", b"")
    count = end.get("count", len(given_entries))
    place, size = end.get("offset", len(body)), end.get("directory", len(directory))
    remark: bytes = end.get("remark", b"")
    tail = struct.pack("<HHHHLLH", 0, 0, count, count, size, place, len(remark))
    return body + directory + b"PK\x05\x06" + tail + remark


def _middle(name: bytes, said: Lies) -> bytes:
    extra: bytes = said["extra"]
    return (
        struct.pack("<HH", said["flags"], said["method"])
        + b"\0\0!\0"
        + struct.pack("<LLL", said["checksum"], said["packed"], said["size"])
        + struct.pack("<HH", len(name), len(extra))
    )


def take_apart(content: bytes) -> None:
    try:
        listing = list_members(content)
    except IntakeError as error:
        str(error).encode()
        return
    assert len(listing.members) <= MAX_MEMBERS
    sent = msgspec.msgpack.encode(listing)
    assert msgspec.msgpack.decode(sent, type=Listing) == listing
    for name in listing.members:
        try:
            assert len(take_member(content, name)) <= limit_of(name)
        except IntakeError as error:
            str(error).encode()


@given(entries, ends)
@example([(b"\0", b"", {}, False)], {})
@example([(b"a.py", b"1", {"extra": b"\x75\x70\x01\x00\x01"}, False)], {})
@example([(b"a.py", b"1", {"offset": 0xFFFFFFFF}, False)], {})
@example([(b"a.py", b"1", {"method": 99}, True)], {"before": b"#!"})
def test_a_zip_in_which_every_number_may_lie_is_taken_apart_or_refused(
    given_entries: list[tuple[bytes, bytes, Lies, bool]], end: Lies
) -> None:
    take_apart(make(given_entries, end))


@given(st.binary(max_size=400), entries)
def test_bytes_before_and_within_a_zip_do_no_harm(
    junk: bytes, given_entries: list[tuple[bytes, bytes, Lies, bool]]
) -> None:
    take_apart(junk + make(given_entries, {"gap": junk}))
    take_apart(junk)


@given(
    st.binary(max_size=300)
    | st.dictionaries(
        st.sampled_from(
            ["student", "course", "created_at", "grade_version", "files", "schema_version"]
        ),
        st.text() | st.integers() | st.none() | st.lists(st.dictionaries(st.text(), st.text())),
    ).map(msgspec.json.encode)
)
@example(b'{"files":' + b"[" * 100_000)
@example(
    b'{"student": "a", "course": "", "grade_version": "", "files": [],'
    b'"created_at": "9999-12-31T23:59:59.999999+23:59"}'
)
def test_any_manifest_is_one_or_none(document: bytes) -> None:
    manifest = read_manifest(document)
    if manifest is not None:
        assert manifest.moment is None or manifest.moment.tzinfo is not None
        manifest.sha256_of("x.py")

"""Files going out: whole or not at all, never through a link, for their owner's eyes."""

import errno
import multiprocessing
import os
import resource
import signal
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.files import FileNotWritten, safe_file_name, sweep_parts, write_atomically
from inventory.safe_text import hides_something

OLD = b"the report of last month"
NEW = b"the report of this month"


def write_new(file: BinaryIO) -> None:
    file.write(NEW)


def names_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


class TestWriting:
    def test_a_new_file_holds_what_was_written_and_nothing_stays_beside_it(
        self, tmp_path: Path
    ) -> None:
        write_atomically(tmp_path / "a.xlsx", write_new)
        assert (tmp_path / "a.xlsx").read_bytes() == NEW
        assert names_in(tmp_path) == {"a.xlsx"}

    def test_only_its_owner_may_read_it_whatever_the_umask(
        self, tmp_path: Path, umask: int
    ) -> None:
        write_atomically(tmp_path / "a.xlsx", write_new)
        assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == 0o600

    def test_the_unfinished_file_is_private_too(self, tmp_path: Path, umask: int) -> None:
        seen = []
        write_atomically(
            tmp_path / "a.xlsx",
            lambda file: seen.append([stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()]),
        )
        assert seen == [[0o600]]

    def test_replacing_is_only_done_when_agreed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(OLD)
        with pytest.raises(FileNotWritten, match="exists already"):
            write_atomically(path, write_new)
        assert path.read_bytes() == OLD
        write_atomically(path, write_new, replace=True)
        assert path.read_bytes() == NEW
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_a_file_that_appears_meanwhile_is_not_overwritten(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"

        def slow(file: BinaryIO) -> None:
            file.write(NEW)
            path.write_bytes(OLD)

        with pytest.raises(FileNotWritten, match="exists already"):
            write_atomically(path, slow)
        assert path.read_bytes() == OLD
        assert names_in(tmp_path) == {"a.xlsx"}

    def test_a_disk_without_hard_links_is_written_all_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_args: object, **_kwargs: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refused)
        write_atomically(tmp_path / "a.xlsx", write_new)
        assert (tmp_path / "a.xlsx").read_bytes() == NEW
        with pytest.raises(FileNotWritten):
            write_atomically(tmp_path / "a.xlsx", write_new)


class TestPlacesThatAreRefused:
    def test_a_link_is_not_followed_even_with_replace(self, tmp_path: Path) -> None:
        target = tmp_path / "target"
        target.write_bytes(OLD)
        (tmp_path / "a.xlsx").symlink_to(target)
        with pytest.raises(FileNotWritten, match="a link"):
            write_atomically(tmp_path / "a.xlsx", write_new, replace=True)
        assert target.read_bytes() == OLD
        assert (tmp_path / "a.xlsx").is_symlink()

    def test_a_dangling_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(FileNotWritten, match="a link"):
            write_atomically(tmp_path / "a.xlsx", write_new)
        assert names_in(tmp_path) == {"a.xlsx"}

    def test_a_link_put_there_meanwhile_is_replaced_and_not_followed(self, tmp_path: Path) -> None:
        path, target = tmp_path / "a.xlsx", tmp_path / "target"
        target.write_bytes(OLD)

        def slow(file: BinaryIO) -> None:
            file.write(NEW)
            path.symlink_to(target)

        write_atomically(path, slow, replace=True)
        assert target.read_bytes() == OLD
        assert path.read_bytes() == NEW
        assert not path.is_symlink()

    def test_a_folder_and_a_pipe(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(FileNotWritten, match="a folder"):
            write_atomically(tmp_path / "folder", write_new, replace=True)
        with pytest.raises(FileNotWritten, match="not an ordinary file"):
            write_atomically(tmp_path / "pipe", write_new, replace=True)
        assert names_in(tmp_path) == {"folder", "pipe"}

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotWritten, match="does not exist"):
            write_atomically(tmp_path / "none" / "a.xlsx", write_new)
        (tmp_path / "file").write_bytes(OLD)
        with pytest.raises(FileNotWritten, match="does not exist"):
            write_atomically(tmp_path / "file" / "a.xlsx", write_new)

    def test_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotWritten, match="too long"):
            write_atomically(tmp_path / ("a" * 300), write_new)

    def test_the_sentence_hides_nothing_and_comes_with_a_remedy(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotWritten) as caught:
            write_atomically(tmp_path / "none" / "a\x1b]0;x\x07\u202e.xlsx", write_new)
        assert not hides_something(str(caught.value))
        assert caught.value.remedy


DISK_ERRORS = [
    (errno.ENOSPC, "no room"),
    (errno.EDQUOT, "no room"),
    (errno.EFBIG, "no room"),
    (errno.EROFS, "may not write"),
    (errno.EACCES, "may not write"),
    (errno.EIO, "could not be written"),
]


class TestFailures:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "a.xlsx"
        path.write_bytes(OLD)
        return path

    @pytest.mark.parametrize(("code", "words"), DISK_ERRORS)
    def test_an_error_of_the_disk_leaves_the_old_file_and_says_what_to_do(
        self, path: Path, code: int, words: str
    ) -> None:
        def failing(file: BinaryIO) -> None:
            file.write(NEW)
            raise OSError(code, os.strerror(code))

        with pytest.raises(FileNotWritten, match=words) as caught:
            write_atomically(path, failing, replace=True)
        assert caught.value.remedy
        assert path.read_bytes() == OLD
        assert names_in(path.parent) == {"a.xlsx"}

    @pytest.mark.parametrize("call", ["fsync", "replace", "fchmod"])
    def test_so_does_an_error_at_the_last_moment(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, call: str
    ) -> None:
        def failing(*_args: object, **_kwargs: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(os, call, failing)
        with pytest.raises(FileNotWritten):
            write_atomically(path, write_new, replace=True)
        assert path.read_bytes() == OLD
        assert names_in(path.parent) == {"a.xlsx"}

    @pytest.mark.parametrize("error", [ValueError("a row"), KeyboardInterrupt()])
    def test_any_other_error_comes_through_as_it_is(self, path: Path, error: BaseException) -> None:
        def failing(file: BinaryIO) -> None:
            file.write(NEW)
            raise error

        with pytest.raises(type(error)) as caught:
            write_atomically(path, failing, replace=True)
        assert caught.value is error
        assert path.read_bytes() == OLD
        assert names_in(path.parent) == {"a.xlsx"}

    def test_a_limit_of_the_system_is_told_as_no_room(self, path: Path) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
        try:
            with pytest.raises(FileNotWritten, match="no room"):
                write_atomically(path, lambda file: file.write(bytes(1_000_000)), replace=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert path.read_bytes() == OLD
        assert names_in(path.parent) == {"a.xlsx"}


def _die_while_writing(path: Path) -> None:
    def dying(file: BinaryIO) -> None:
        file.write(NEW)
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    write_atomically(path, dying, replace=True)


class TestAfterAKill:
    @pytest.fixture
    def left_over(self, tmp_path: Path) -> Path:
        path = tmp_path / "a.xlsx"
        path.write_bytes(OLD)
        child = multiprocessing.get_context("spawn").Process(target=_die_while_writing, args=[path])
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        return tmp_path

    def test_the_old_file_stands_and_the_next_writing_sweeps_up(self, left_over: Path) -> None:
        assert (left_over / "a.xlsx").read_bytes() == OLD
        assert len(names_in(left_over)) == 2
        write_atomically(left_over / "b.xlsx", write_new)
        assert names_in(left_over) == {"a.xlsx", "b.xlsx"}

    def test_the_sweep_takes_only_what_is_ours_and_abandoned(self, tmp_path: Path) -> None:
        abandoned = tmp_path / ".rasmi-0123456789abcdef.part"
        abandoned.write_bytes(NEW)
        others = [".rasmi-notes.part", "x.part", ".rasmi-0123456789abcdef.part.xlsx"]
        for name in others:
            (tmp_path / name).write_bytes(OLD)
        (tmp_path / ".rasmi-aaaaaaaaaaaaaaaa.part").symlink_to(tmp_path / "x.part")
        os.mkfifo(tmp_path / ".rasmi-bbbbbbbbbbbbbbbb.part")
        assert sweep_parts(tmp_path) == 1
        assert not abandoned.exists()
        assert (tmp_path / "x.part").read_bytes() == OLD
        assert len(names_in(tmp_path)) == len(others) + 2

    def test_what_is_still_being_written_is_left_alone(self, tmp_path: Path) -> None:
        swept = []

        def write(file: BinaryIO) -> None:
            swept.append(sweep_parts(tmp_path))
            file.write(NEW)

        write_atomically(tmp_path / "a.xlsx", write)
        assert swept == [0]
        assert (tmp_path / "a.xlsx").read_bytes() == NEW


NAMES = [
    ("Laporan 2026", "Laporan-2026.xlsx"),
    ("Kementerian Contoh/Jabatan", "Kementerian-Contoh-Jabatan.xlsx"),
    ("../../etc/passwd", "etc-passwd.xlsx"),
    ("..", "rasmi.xlsx"),
    ("", "rasmi.xlsx"),
    (".hidden", "hidden.xlsx"),
    ("-rf", "rf.xlsx"),
    ("~/x", "x.xlsx"),
    ("C:\\Users\\x", "C-Users-x.xlsx"),
    ("con", "_con.xlsx"),
    ("COM1.report", "_COM1.report.xlsx"),
    ("a\x00b\nc\x1b[31m", "a-b-c-31m.xlsx"),
    ("gpj\u202eexe", "gpj-exe.xlsx"),
    ("تقرير", "تقرير.xlsx"),
    ("tail. . ", "tail.xlsx"),
    ("x" * 400, "x" * 115 + ".xlsx"),
]


class TestNamesFromData:
    @pytest.mark.parametrize(("text", "name"), NAMES)
    def test_known_names(self, text: str, name: str) -> None:
        assert safe_file_name(text, suffix=".xlsx") == name

    @given(st.text(max_size=300))
    def test_any_text_gives_a_plain_name_in_this_folder(self, text: str) -> None:
        name = safe_file_name(text, suffix=".xlsx")
        assert Path(name).name == name
        assert name.endswith(".xlsx")
        assert len(name.encode()) <= 120
        assert name[0].isalnum() or name[0] == "_" or unicodedata.category(name[0])[0] == "L"
        assert not hides_something(name)
        assert not set(name) & set('/\\:*?"<>|\0')

    @given(st.text(st.sampled_from("./\\ -~:conCOM1aux\0\u202e\ud800é"), max_size=12))
    def test_hostile_letters_too(self, text: str) -> None:
        name = safe_file_name(text, suffix=".csv")
        assert Path(name).name == name
        assert not name.startswith((".", "-", "~"))
        assert name.split(".")[0].lower() not in {"con", "aux", "com1", "nul", "prn"}

    def test_a_suffix_comes_from_the_program_and_not_from_data(self) -> None:
        with pytest.raises(ValueError, match="suffix"):
            safe_file_name("a", suffix="/../x")

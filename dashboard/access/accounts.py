"""Accounts, their roles and open sessions, in one SQLite file that only this user of the machine may read.

A session is a random token of which only the digest is kept, so that the file opens nobody's session. It ends when idle,
after some hours whatever happens, at sign-out, and with the lock or a new password of its account.
"""

import hashlib
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.access import passwords
from dashboard.access.roles import Role, role_of

ACCOUNTS_FILE = "accounts.sqlite"  # in the folder of the settings
FAILURES, LOCKED_MINUTES = 5, 15  # wrong passwords in a row, and how long nobody may try then
_SEEN_EVERY = 30.0  # seconds between two notes that a session is in use
_LONGEST_NAME = 40
_SCHEMA = """
create table if not exists account (
  name text primary key, roles text not null, digest text, since real not null, must_change integer not null,
  locked integer not null default 0, failures integer not null default 0, closed_until real not null default 0
) strict;
create table if not exists earlier (name text not null references account on delete cascade, digest text not null, since real not null) strict;
create table if not exists session (
  token text primary key, name text not null references account on delete cascade, opened real not null, seen real not null
) strict;
"""


class AccountError(Exception):
    """What is asked cannot be done. The message is Chinese and says what can be."""


class SignInError(AccountError):
    """Nobody is signed in. The same words for an unknown name and a wrong password."""


class WrongPasswordError(SignInError):
    """Name and password do not belong together."""

    def __init__(self) -> None:
        super().__init__("用户名或口令不对，或用户已停用。")


@dataclass(frozen=True, kw_only=True)
class Account:
    """One person."""

    name: str
    roles: frozenset[Role]
    locked: bool
    must_change: bool  # the password was set by another, or is too old
    has_password: bool  # False: only a proxy says who they are

    def may(self, role: Role) -> bool:
        """Whether it has `role`. Everybody may view."""
        return role is Role.VIEW or role in self.roles

    @property
    def words(self) -> str:
        """Its roles as words, in the order of the roles."""
        return "、".join(role.value for role in Role if self.may(role))


class Accounts:
    """The file at `path`, made when missing. Thread-safe, and safe beside another process that does the same."""

    def __init__(self, path: Path, *, idle_minutes: int = 30, hours: int = 12, clock: Callable[[], float] = time.time) -> None:
        self._path, self._idle, self._longest, self._clock = path, idle_minutes * 60.0, hours * 3600.0, clock
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise AccountError(f"账户文件打不开（{path}：{error.strerror}）。请检查 ACCESS 指的文件夹及其权限。") from error
        with self._opened() as db:
            db.executescript(_SCHEMA)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._opened() as db:
            return [self._account(row) for row in db.execute("select * from account order by name")]

    def get(self, name: str) -> Account | None:
        """The account of a name."""
        with self._opened() as db:
            row = db.execute("select * from account where name = ?", (name,)).fetchone()
        return self._account(row) if row else None

    def add(self, name: str, roles: Iterable[Role], password: str | None) -> None:
        """A new account. Without a password only a trusted proxy can sign it in. AccountError for a bad name or password."""
        if not name or len(name) > _LONGEST_NAME or not name.isprintable() or name != name.strip() or "," in name:
            raise AccountError(f"用户名应为 1～{_LONGEST_NAME} 个可见字符，首尾不空格，不含逗号。")
        if self.get(name):
            raise AccountError(f"已有用户“{name}”。要改角色请用 role，要改口令请用 password。")
        if password is not None and (wrong := passwords.fault(password, name)):
            raise AccountError(wrong)
        kept = None if password is None else passwords.digest(password)
        with self._opened() as db:
            db.execute(
                "insert into account (name, roles, digest, since, must_change) values (?, ?, ?, ?, ?)",
                (name, _joined(roles), kept, self._clock(), password is not None),
            )

    def set_roles(self, name: str, roles: Iterable[Role]) -> None:
        """Other roles from the next request on. AccountError where it would leave nobody to administer."""
        roles = frozenset(roles)
        self._known(name)
        if Role.ADMIN not in roles:
            self._one_admin_left(name)
        self._run("update account set roles = ? where name = ?", _joined(roles), name)

    def lock(self, name: str, *, locked: bool = True) -> None:
        """Keep somebody out and end their sessions; or let them in again, also after too many wrong passwords."""
        self._known(name)
        if locked:
            self._one_admin_left(name)
            self.close_all(name)
        self._run("update account set failures = 0, closed_until = 0, locked = ? where name = ?", locked, name)

    def set_password(self, name: str, password: str, *, by_owner: bool) -> None:
        """A new password; all sessions end. One that another has set must be changed at the next sign-in."""
        self._known(name)
        with self._opened() as db:
            (now,) = db.execute("select digest from account where name = ?", (name,)).fetchone()
            before = db.execute(
                "select digest from earlier where name = ? order by since desc limit ?", (name, passwords.REMEMBERED - 1)
            ).fetchall()
        if wrong := passwords.fault(password, name, filter(None, (now, *(digest for (digest,) in before)))):
            raise AccountError(wrong)
        kept = passwords.digest(password)
        with self._opened() as db:
            if now:
                db.execute("insert into earlier values (?, ?, ?)", (name, now, self._clock()))
            db.execute(
                "update account set digest = ?, since = ?, must_change = ?, failures = 0, closed_until = 0 where name = ?",
                (kept, self._clock(), not by_owner, name),
            )
        self.close_all(name)

    def verified(self, name: str, password: str) -> Account:
        """The account that a name and password belong to. SignInError otherwise, and for FAILURES in a row for LOCKED_MINUTES."""
        with self._opened() as db:
            row = db.execute("select digest, locked, closed_until from account where name = ?", (name,)).fetchone()
        kept, locked, until = row or (None, 0, 0.0)
        right = passwords.matches(password, kept)
        if until > self._clock():
            raise SignInError(f"连续输错 {FAILURES} 次，已暂停登录 {LOCKED_MINUTES} 分钟，请稍后再试或请管理员解锁。")
        if not right or locked:
            if row and not locked:
                self._failed(name)
            raise WrongPasswordError
        self._run("update account set failures = 0 where name = ?", name)
        found = self.get(name)
        if found is None:
            raise WrongPasswordError
        return found

    def open_session(self, name: str) -> str:
        """A new session's token, for the cookie."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._opened() as db:
            db.execute("delete from session where seen < ? or opened < ?", (now - self._idle, now - self._longest))
            db.execute("insert into session values (?, ?, ?, ?)", (_digest(token), name, now, now))
        return token

    def of_session(self, token: str) -> Account | None:
        """Whose session it is, while it lasts."""
        now, kept = self._clock(), _digest(token)
        with self._opened() as db:
            row = db.execute("select * from session join account using (name) where token = ?", (kept,)).fetchone()
            if row is None or row["locked"]:
                return None
            seen = row["seen"]
            # A clock that was put back makes no session younger than its last note.
            if not (now - self._idle < seen <= now + _SEEN_EVERY and now - self._longest < row["opened"]):
                db.execute("delete from session where token = ?", (kept,))
                return None
            if now - seen > _SEEN_EVERY:
                db.execute("update session set seen = ? where token = ?", (now, kept))
        return self._account(row)

    def close(self, token: str) -> None:
        """End one session."""
        self._run("delete from session where token = ?", _digest(token))

    def close_all(self, name: str) -> None:
        """End every session of an account."""
        self._run("delete from session where name = ?", name)

    def copy_to(self, path: Path) -> None:
        """A whole copy, also while others write."""
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        with self._opened() as db, closing(sqlite3.connect(path)) as copy:
            db.backup(copy)

    def _failed(self, name: str) -> None:
        with self._opened() as db:
            db.execute("update account set failures = failures + 1 where name = ?", (name,))
            db.execute(
                "update account set failures = 0, closed_until = ? where name = ? and failures >= ?",
                (self._clock() + LOCKED_MINUTES * 60, name, FAILURES),
            )

    def _run(self, statement: str, *values: str | bool) -> None:
        with self._opened() as db:
            db.execute(statement, values)

    def _known(self, name: str) -> Account:
        found = self.get(name)
        if found is None:
            raise AccountError(f"没有用户“{name}”。已有：{'、'.join(one.name for one in self.all()) or '无'}。")
        return found

    def _one_admin_left(self, name: str) -> None:
        others = [one for one in self.all() if one.name != name and one.may(Role.ADMIN) and not one.locked]
        if self._known(name).may(Role.ADMIN) and not others:
            raise AccountError(f"“{name}”是唯一的管理用户：请先给别人“管理”角色。")

    def _account(self, row: sqlite3.Row) -> Account:
        old = row["digest"] is not None and self._clock() - row["since"] > passwords.DAYS * 86_400
        return Account(
            name=row["name"],
            roles=frozenset(role_of(word) for word in row["roles"].split(",") if word),
            locked=bool(row["locked"]),
            must_change=bool(row["must_change"]) or old,
            has_password=row["digest"] is not None,
        )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as db:
                db.row_factory = sqlite3.Row
                db.execute("pragma foreign_keys = on")
                with db:
                    yield db
        except sqlite3.Error as error:
            raise AccountError(f"账户文件读写不成（{error}）。请管理员检查磁盘，或从备份恢复 {self._path.name}。") from error


def _joined(roles: Iterable[Role]) -> str:
    held = frozenset(roles)
    return ",".join(role.value for role in Role if role in held)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""The part of a deployment that changes things: migrations, repeatables, and what has to be
dropped and built again around them. All of it happens inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import psycopg

from db import catalog, history
from db.catalog import CatalogObject
from db.history import Migration
from db.ownership import made_by
from db.record import Record, no_object
from db.repeatables import Phase, Repeatable, describe
from db.session import Connection, Echo, refusal, run, run_file
from db.settings import UserError

# A table cannot change because something uses it (feature_not_supported, dependent_objects), or
# cannot be made because one of our views has its name.
COLLISION = {"0A000", "2BP01", "42P07"}
# `create or replace` cannot do it: another return type, columns that change or go, a materialized
# view, a function that becomes a procedure.
REPLACE_REFUSED = {"42P13", "42P16", "42P07", "42809"}


class Replacement:
    """One deployment's changes. `record.objects` is kept up to date as objects come and go."""

    def __init__(
        self, conn: Connection, files: Mapping[str, Repeatable], record: Record, echo: Echo
    ) -> None:
        self.conn = conn
        self.files = files
        self.record = record
        self.echo = echo
        self.todo: set[str] = set()
        self.ran: dict[str, Repeatable] = {}
        self._order = {path: place for place, path in enumerate(files)}
        # What the file before left, when nothing has run since: each look costs milliseconds.
        self._present: Mapping[str, CatalogObject] | None = None

    def migrate(self, migration: Migration) -> None:
        """Runs one migration; clears what stands in its way if it collides, and tries again."""
        # With migrations before it in the same transaction an index cannot be built concurrently,
        # and need not be: the transaction locks those tables anyway.
        text = migration.text
        if not migration.transactional:
            text = history.CONCURRENTLY.sub("", text)
        try:
            with self.conn.transaction():
                run(self.conn, text)
        except psycopg.Error as error:
            tables = catalog.tables_named(self.conn, migration.tables)
            if error.sqlstate not in COLLISION or not self.drop(
                tables, f"{migration.path} changes tables"
            ):
                raise refusal(error, migration.path, text) from None
            run_file(self.conn, migration.path, text)
        history.mark(self.conn, migration)

    def tables(self) -> set[str]:
        return {o.address for o in catalog.objects(self.conn).values() if o.kind == "table"}

    def heal(self, tables_before: set[str]) -> None:
        """Adds what migrations made necessary: files whose objects went with a table, and the
        policies of a room that gained or lost one (`grant … on all tables` reaches it too)."""
        present = catalog.objects(self.conn)
        self.todo |= {path for path in self.files if self.record.lost(path, present)}
        rooms = {address.split(".")[0] for address in tables_before ^ self.tables()}
        self.todo |= {
            path
            for path, file in self.files.items()
            if file.phase == Phase.POLICY and file.room in rooms
        }

    def run_files(self) -> None:
        """Runs what is to do in order; replacing one object may add its dependents."""
        self.conn.execute("set local check_function_bodies = off")
        runs: Counter[str] = Counter()
        self._present = None
        while self.todo:
            path = min(self.todo, key=self._order.__getitem__)
            self.todo.remove(path)
            runs[path] += 1
            if runs[path] > 9:
                raise UserError(f"{path} and what depends on it keep replacing each other.")
            self._replace(self.files[path])

    def drop_gone(self, paths: Collection[str], because: str) -> None:
        """Drops the objects of files that are gone, unless another file has taken them over."""
        present = catalog.objects(self.conn)
        kept = {
            name
            for path, names in self.record.objects.items()
            if path not in paths
            for name in names
        }
        going = {name for path in paths for name in self.record.objects[path]} - kept
        self.drop([present[name].node for name in going if name in present], because)
        for path in paths:
            file = describe(path)
            if file.phase == Phase.POLICY:
                self._clear_room(file, catalog.objects(self.conn))
            del self.record.objects[path]

    def drop(self, roots: Collection[catalog.Node], because: str, *, quiet: str = "") -> bool:
        """Drops roots (tables stay) and all that needs them, deepest first, and marks their files
        to be run again. Refuses, before anything is dropped, when something is not ours."""
        order = catalog.removal_order(self.conn, roots) if roots else []
        present = catalog.objects(self.conn) if order else {}
        paths = self.record.paths
        strangers = [found.identity for found in order if found.identity not in paths]
        if strangers:
            raise UserError(
                f"{because}, but this is not Quarterbase's own and uses it:"
                f" {', '.join(strangers)}. Drop it or change it first; nothing was changed."
            )
        for found in order:
            path = paths[found.identity]
            run_file(self.conn, path, present[found.identity].removal)
            if path in self.files and path != quiet:
                self.echo(f"  rebuild  {found.identity}  ({because})")
                self.todo.add(path)
        return bool(order)

    def refresh(self) -> None:
        """Materialized views hold what a query gave once: those not just built are read again."""
        seeded = any(file.phase == Phase.SEED for file in self.ran.values())
        for path in self.files:
            for name in self.record.objects.get(path, ()):
                if name.startswith("materialized view ") and (seeded or path not in self.ran):
                    self.echo(f"  refresh  {name}")
                    run_file(self.conn, path, f"refresh {name}")

    def _replace(self, file: Repeatable) -> None:
        known = self.record.objects.get(file.path, {})
        before = self._present or catalog.objects(self.conn)
        self._present = None
        own = [before[name] for name in known if name in before]
        if file.phase == Phase.TRIGGER:
            self._remove(file, own)
        elif file.phase == Phase.POLICY:
            self._clear_room(file, before)
            before = catalog.objects(self.conn)
        elif own:
            for statement in catalog.clearing_statements(self.conn, [found.node for found in own]):
                run_file(self.conn, file.path, statement)
        if own:
            before = catalog.objects(self.conn)
        try:
            with self.conn.transaction():
                run(self.conn, file.text)
        except psycopg.Error as error:
            replaceable = own and file.phase <= Phase.VIEW
            if error.sqlstate not in REPLACE_REFUSED or not replaceable:
                raise refusal(error, file.path, file.text) from None
            self.drop([found.node for found in own], f"{file.path} changes", quiet=file.path)
            before = catalog.objects(self.conn)
            run_file(self.conn, file.path, file.text)
        after = catalog.objects(self.conn)
        made = made_by(file, before, after)
        self.record.objects[file.path] = dict.fromkeys([*known, *made])
        old = [after[name].node for name in known if name in after and name not in made]
        if not self.drop(old, f"{file.path} has other arguments now", quiet=file.path):
            self._present = after
        self.record.objects[file.path] = dict.fromkeys(made or {no_object(file.path)})
        self.ran[file.path] = file

    def _remove(self, file: Repeatable, own: Iterable[CatalogObject]) -> None:
        """Triggers and policies: nothing can need them, and policies cannot be replaced."""
        for found in own:
            run_file(self.conn, file.path, found.removal)

    def _clear_room(self, file: Repeatable, present: Mapping[str, CatalogObject]) -> None:
        """The file is the whole truth about who may do what with the room's tables."""
        room = [found for found in present.values() if found.room == file.room]
        self._remove(file, [found for found in room if found.kind == "policy"])
        stored = [found.node for found in room if found.kind in {"table", "sequence"}]
        for statement in catalog.schema_revocations(self.conn, file.room):
            run_file(self.conn, file.path, statement)
        for statement in catalog.clearing_statements(self.conn, stored):
            if statement.startswith("revoke"):
                run_file(self.conn, file.path, statement)

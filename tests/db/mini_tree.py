"""A small platform of its own for the applier's tests: three rooms, every kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from db.settings import ROOT

FUNCTION = """
create or replace function company.doubled (p_amount numeric)
returns numeric language sql immutable set search_path = '' as $$
    select p_amount * 2;
$$;
comment on function company.doubled (numeric) is 'Twice p_amount.';
grant execute on function company.doubled (numeric) to qb_viewer;
"""

FILES = {
    "db/migrations/0001.company-tables.sql": """
create schema company;
create table company.company (
    company_id text primary key,
    amount numeric(12, 2),
    changed_by text
);
alter table company.company enable row level security;
""",
    "db/migrations/0001.company-tables.rollback.sql": "drop table company.company;\n"
    "drop schema company;\n",
    "db/migrations/0002.bi-and-fund.sql": """
-- depends: 0001.company-tables
create schema bi;
create schema fund;
create table fund.fund (fund_id text primary key, name text not null);
alter table fund.fund enable row level security;
""",
    "db/migrations/0002.bi-and-fund.rollback.sql": "drop table fund.fund;\ndrop schema fund;\n"
    "drop schema bi;\n",
    "procedures/company/doubled.sql": FUNCTION,
    "procedures/company/stamp.sql": """
create or replace function company.stamp () returns trigger language plpgsql as $$
begin
    new.changed_by := session_user;
    return new;
end
$$;
""",
    "procedures/company/triggers/company.sql": """
create or replace trigger _100_stamp before insert or update of amount on company.company
for each row execute function company.stamp();
-- A migration cannot call our functions, so what calls them is attached here.
alter table company.company alter column amount set default company.doubled(1);
alter table company.company add constraint amount_small check (company.doubled(amount) < 1000);
""",
    "procedures/fund/api/list_funds.sql": """
create or replace function fund.list_funds () returns setof text language sql stable as $$
    select f.name from fund.fund as f order by 1;
$$;
""",
    # Named so that path order would run a view before the one it reads.
    "views/bi/company.sql": """
create or replace view bi.company with (security_invoker = true) as
select v.company_id, v.amount, v.doubled from company.valued as v;
comment on view bi.company is 'One row per company.';
comment on column bi.company.amount is 'Deprecated: use doubled.';
comment on column bi.company.doubled is 'Twice the amount. Deprecated.';
grant select on bi.company to qb_viewer;
""",
    "views/company/valued.sql": """
create or replace view company.valued with (security_invoker = true) as
select c.company_id, c.amount, company.doubled(c.amount) as doubled from company.company as c;
""",
    "views/bi/total_mv.sql": """
create materialized view bi.total_mv as
select sum(c.doubled) as total from bi.company as c;
create unique index total_mv_total_key on bi.total_mv (total);
""",
    "views/bi/total.sql": """
create or replace view bi.total as select m.total from bi.total_mv as m;
comment on view bi.total is 'Deprecated.';
grant select on bi.total to qb_viewer;
""",
    "db/policies/company.sql": """
create policy select_everyone on company.company for select to qb_viewer
using (amount is not null);
grant select, insert on company.company to qb_viewer;
""",
    "db/reference/fund.sql": """
insert into fund.fund as f (fund_id, name) values ('one', 'Fund 100% One')
on conflict (fund_id) do update set name = excluded.name;
""",
    "tests/lint/views_have_no_star_column.sql": """
select c.relname from pg_catalog.pg_class as c
inner join pg_catalog.pg_attribute as a on c.oid = a.attrelid
where a.attname = 'forbidden_column' and c.relname like '%';
""",
}

# What the second release changes: path → text, or None for a file that goes.
CHANGES: dict[str, str | None] = {
    "db/migrations/0003.company-wider-amounts.sql": """
alter table company.company alter column amount type numeric(20, 4);
alter table company.company add column founded_on date;
""",
    "db/migrations/0003.company-wider-amounts.rollback.sql": """
alter table company.company drop column founded_on;
alter table company.company alter column amount type numeric(12, 2);
""",
    "procedures/company/doubled.sql": FUNCTION.replace(
        "(p_amount numeric)", "(p_amount numeric, p_times integer default 2)"
    )
    .replace("p_amount * 2", "p_amount * p_times")
    .replace("(numeric)", "(numeric, integer)"),
    "procedures/fund/list_funds.sql": FILES["procedures/fund/api/list_funds.sql"],
    "procedures/fund/api/list_funds.sql": None,
    "procedures/company/founded.sql": """
create or replace function company.founded (p_company_id text) returns date
language plpgsql stable as $$
begin
    perform pg_sleep(0.02);
    return (select c.founded_on from company.company as c where c.company_id = p_company_id);
end
$$;
""",
    "views/bi/company.sql": FILES["views/bi/company.sql"]
    .replace("v.amount, v.doubled", "v.doubled, v.founded_on")
    .replace("comment on column bi.company.amount is 'Deprecated: use doubled.';\n", ""),
    "views/company/valued.sql": FILES["views/company/valued.sql"].replace(
        " from company.company", ", c.founded_on from company.company"
    ),
    "views/bi/total.sql": None,
    "db/policies/company.sql": """
create policy select_everyone on company.company for select to qb_viewer using (true);
grant select on company.company to qb_viewer;
""",
    "db/reference/fund.sql": """
insert into fund.fund as f (fund_id, name) values ('one', 'Fund One'), ('two', 'Fund Two')
on conflict (fund_id) do update set name = excluded.name;
""",
}


def write(root: Path, files: Mapping[str, str | None]) -> Path:
    """Writes files below root; None removes one."""
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def first_release(root: Path) -> Path:
    bootstrap = (ROOT / "db" / "bootstrap.sql").read_text(encoding="utf-8")
    return write(root, {**FILES, "db/bootstrap.sql": bootstrap})


def second_release(root: Path) -> Path:
    return write(first_release(root), CHANGES)

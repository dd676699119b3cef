-- What a deployment remembers, made by the applier itself before the first migration. Idempotent.
-- The four yoyo tables have yoyo's own layout (its version 2), so that its command line works on
-- them; ops.deployed_object holds what yoyo has no room for.
create schema if not exists ops;
comment on schema ops is 'Settings, jobs, alerts, deployments, health checks.';

create table if not exists ops._yoyo_migration (
    migration_hash character varying(64) primary key,
    migration_id character varying(255),
    applied_at_utc timestamp without time zone
);
comment on table ops._yoyo_migration is
'One row per applied migration, in the layout of yoyo-migrations. migration_hash is the sha256 of '
'the id, not of the text: the text''s is in ops.deployed_object.';

create table if not exists ops._yoyo_log (
    id character varying(36) primary key,
    migration_hash character varying(64),
    migration_id character varying(255),
    operation character varying(10),
    username character varying(255),
    hostname character varying(255),
    comment character varying(255),
    created_at_utc timestamp without time zone
);
comment on table ops._yoyo_log is
'One row per migration applied or rolled back, in the layout of yoyo-migrations.';

create table if not exists ops._yoyo_version (
    version integer primary key,
    installed_at_utc timestamp without time zone
);
comment on table ops._yoyo_version is 'The layout version of the yoyo tables: 2.';
insert into ops._yoyo_version as v (version, installed_at_utc)
values (2, now() at time zone 'UTC')
on conflict (version) do nothing;

create table if not exists ops.yoyo_lock (
    locked integer default 1 primary key,
    ctime timestamp without time zone,
    pid integer not null
);
comment on table ops.yoyo_lock is
'Used by yoyo''s own command line only; quarterbase apply holds an advisory lock instead.';

create table if not exists ops.deployed_object (
    path text not null,
    identity text not null,
    sha256 text not null,
    catalog_sha256 text,
    applied_at timestamptz not null default now(),
    applied_by text not null default session_user,
    git_commit text,
    primary key (path, identity)
);
alter table ops.deployed_object add column if not exists catalog_facts jsonb;
comment on table ops.deployed_object is
'One row per object and the file that made it: what quarterbase plan compares files with, and '
'drift the catalog.';
comment on column ops.deployed_object.path is
'The file, from the root of the checkout; db/migrations for tables, schemas, sequences and types.';
comment on column ops.deployed_object.identity is
'Kind and full name, as the catalog writes them: function company.save_company(jsonb); or '
'migration and its id; or file and its path, where it makes rows or grants and no object.';
comment on column ops.deployed_object.sha256 is
'Of the file''s text when last applied (for path db/migrations: of the catalog).';
comment on column ops.deployed_object.catalog_sha256 is
'Of catalog_facts, as JSON with sorted keys; null where there is no object.';
comment on column ops.deployed_object.catalog_facts is
'What the catalog said afterwards: definition, owner, privileges, comments, each by its name.';
comment on column ops.deployed_object.git_commit is
'The checkout''s commit; null when it was no git checkout.';

alter table ops._yoyo_migration enable row level security;
alter table ops._yoyo_log enable row level security;
alter table ops._yoyo_version enable row level security;
alter table ops.yoyo_lock enable row level security;
alter table ops.deployed_object enable row level security;

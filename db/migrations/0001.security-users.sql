-- The people and logins of the platform. Personal data (names, mail) stands in one table.

create schema security;
comment on schema security is 'Users, roles, logins. Rows of the platform itself, not of a fund.';

create table security.app_user (
    user_id uuid primary key default gen_random_uuid(),
    group_role text not null,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    constraint app_user_group_role_known check (
        group_role in (
            'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_submitter', 'qb_investor',
            'qb_editor_scoped', 'qb_viewer_scoped'
        )
    )
);
comment on table security.app_user is
'One row per user: a person, a BI login or the platform itself (the nil uuid). Never deleted.';
comment on column security.app_user.group_role is
'The database role a request of this user runs as.';
comment on column security.app_user.is_active is
'False ends every token of the user at once.';
comment on constraint app_user_group_role_known on security.app_user is
'The role is not one of Quarterbase''s. Hint: Use admin, editor, viewer, auditor, submitter or '
'investor.';

create table security.person (
    user_id uuid primary key references security.app_user (user_id),
    email text not null,
    display_name text not null,
    constraint person_email_has_at check (email like '%_@_%')
);
create unique index person_email_key on security.person (lower(email));
comment on table security.person is
'One row per user: the only place of names and mail addresses, so that privacy can empty it.';
comment on column security.person.display_name is
'The name shown as created_by and last_updated_by.';
comment on constraint person_email_has_at on security.person is
'The e-mail address has no @. Hint: Give a full address such as ann@example.com.';

create table security.credential (
    user_id uuid primary key references security.app_user (user_id),
    password_hash text not null,
    failed_count integer not null default 0,
    locked_until timestamptz,
    changed_at timestamptz not null default now()
);
comment on table security.credential is
'One row per user with a password: argon2id hash, failed attempts since the last success, lock.';

create table security.database_login (
    login text primary key,
    user_id uuid not null references security.app_user (user_id),
    created_at timestamptz not null default now()
);
create index database_login_user_id_idx on security.database_login (user_id);
comment on table security.database_login is
'One row per database login of a person or BI service: whose rows that login sees.';

alter table security.app_user enable row level security;
alter table security.person enable row level security;
alter table security.credential enable row level security;
alter table security.database_login enable row level security;

-- Author of what jobs, imports and DBAs write. Inactive: nobody can log in as it.
insert into security.app_user (user_id, group_role, is_active)
values ('00000000-0000-0000-0000-000000000000', 'qb_admin', false);
insert into security.person (user_id, email, display_name)
values ('00000000-0000-0000-0000-000000000000', 'system@quarterbase.invalid', 'Quarterbase');

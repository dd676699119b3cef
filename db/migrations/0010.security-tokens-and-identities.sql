-- Sessions that outlive an access token, accounts of an identity provider, and attempts to log in
-- counted by address, so that a stranger cannot tell a known address from an unknown one.

create table security.refresh_token (
    token_hash bytea primary key,
    family_id uuid not null,
    user_id uuid not null references security.app_user (user_id),
    issued_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz,
    constraint refresh_token_is_hashed check (octet_length(token_hash) = 32),
    constraint refresh_token_expires_after_issue check (expires_at > issued_at)
);
create index refresh_token_family_id_idx on security.refresh_token (family_id);
create index refresh_token_user_id_idx on security.refresh_token (user_id);
comment on table security.refresh_token is
'One row per refresh token handed out, until it expires: its sha256, never the token. Kept after '
'its only use, so that a second use is noticed.';
comment on column security.refresh_token.family_id is
'The login it descends from: every use replaces a token by the next of its family.';
comment on column security.refresh_token.used_at is 'Null until it was exchanged for the next one.';
comment on column security.refresh_token.revoked_at is
'Set for a whole family when one of its tokens was used twice, or an administrator ended it.';

create table security.external_identity (
    issuer text not null,
    subject text not null,
    user_id uuid not null references security.app_user (user_id),
    is_claim_managed boolean not null default true,
    created_at timestamptz not null default now(),
    primary key (issuer, subject),
    constraint external_identity_subject_is_short check (
        issuer <> '' and subject <> '' and octet_length(subject) <= 255
    )
);
create index external_identity_user_id_idx on security.external_identity (user_id);
comment on table security.external_identity is
'One row per account of an identity provider (iss and sub of its tokens) and the user it is here.';
comment on column security.external_identity.is_claim_managed is
'True: security.claim_role decides the role at every request, and no matching row means no '
'access. False: the account was linked by hand and keeps the role of its user.';
comment on constraint external_identity_subject_is_short on security.external_identity is
'Issuer and subject are not empty, and a subject has at most 255 characters. Hint: Take iss and '
'sub from a token of the provider.';
comment on constraint external_identity_user_id_fkey on security.external_identity is
'There is no such user. Hint: Add the user first, then link the account.';

create table security.claim_role (
    issuer text not null,
    claim text not null,
    value text not null,
    group_role text not null,
    priority integer not null default 100,
    primary key (issuer, claim, value),
    constraint claim_role_group_role_known check (
        group_role in (
            'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_submitter', 'qb_investor',
            'qb_editor_scoped', 'qb_viewer_scoped'
        )
    ),
    constraint claim_role_names_claim check (claim <> '' and value <> '' and issuer <> '')
);
comment on table security.claim_role is
'One row per issuer, claim and value: the role of whoever has that value in that claim, alone or '
'in an array. When several match, the lowest priority decides.';
comment on column security.claim_role.claim is
'Name of a top-level claim (roles, groups), or a path with dots (realm_access.roles).';
comment on column security.claim_role.priority is 'The lowest wins; ties by claim and value.';
comment on constraint claim_role_group_role_known on security.claim_role is
'The role is not one of Quarterbase''s. Hint: Use qb_admin, qb_editor, qb_viewer or qb_auditor.';
comment on constraint claim_role_names_claim on security.claim_role is
'Issuer, claim and value cannot be empty. Hint: Take them from a token of the provider.';

create table security.login_attempt (
    email_hash bytea primary key,
    failed_count integer not null,
    locked_until timestamptz,
    last_failed_at timestamptz not null
);
create index login_attempt_last_failed_at_idx on security.login_attempt (last_failed_at);
comment on table security.login_attempt is
'One row per address with wrong passwords in the last day, known or not: sha256 of the address in '
'lower case, wrong passwords since the last right one, lock.';

-- Counted above from here on.
alter table security.credential drop column failed_count, drop column locked_until;
comment on table security.credential is 'One row per user with a password: its argon2id hash.';

alter table security.refresh_token enable row level security;
alter table security.external_identity enable row level security;
alter table security.claim_role enable row level security;
alter table security.login_attempt enable row level security;

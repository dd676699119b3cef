-- The role that an identity provider's claims give, by the rows of security.claim_role.
create or replace function security.role_by_claims(
    p_issuer text,
    p_claims jsonb
)
returns text
language sql
stable
security invoker
set search_path = ''
as $$
    select r.group_role
    from security.claim_role as r
    cross join lateral (
        -- A name with dots that is no claim itself is a path into nested claims.
        select coalesce(p_claims -> r.claim, p_claims #> string_to_array(r.claim, '.')) as given
    ) as c
    where
        r.issuer = p_issuer
        and jsonb_typeof(c.given) in ('string', 'array')
        and c.given operator(pg_catalog.?) r.value
    order by r.priority, r.claim, r.value
    limit 1
$$;

comment on function security.role_by_claims(text, jsonb) is
'Group role by the first matching row of security.claim_role; null when none matches. For owners.';

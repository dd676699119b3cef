-- Divides an amount to the cent so that nobody drifts from one time to the next: exact shares are
-- added up over all times, and what is rounded are the running totals. Each cent goes to whoever is
-- then furthest behind, among equals to the lowest key; who is ahead gets nothing and gives nothing
-- back. Of one time alone this is the largest remainder.
--
-- Cents are not dealt out one by one: the level down to which all who are behind are served is
-- found from running sums, and less than a cent for each is left to deal out by remainder.
create or replace function fund.allocate(
    p_amount numeric,
    p_keys text[],
    p_weights numeric[],
    p_exact numeric[] default null,
    p_allocated numeric[] default null,
    p_excused boolean[] default null,
    p_most numeric[] default null
)
returns table (
    key text,
    exact numeric,
    amount numeric,
    cents_behind numeric,
    whole_cents numeric,
    place bigint,
    cents_left numeric
)
language plpgsql
immutable
-- Definer: it reads nothing but its arguments, and a reader's explanation needs its helper.
security definer
set search_path = ''
as $$
declare
    -- A negative amount is divided like its opposite, and the sign put back.
    v_sign integer := case when p_amount < 0 then -1 else 1 end;
    v_cents numeric := 100 * abs(p_amount);
    v_weight numeric;
begin
    v_weight := fund._weight_of_shares(
        p_amount, p_keys, p_weights, p_exact, p_allocated, p_excused, p_most
    );

    return query
    with
    shares as materialized (
        select
            s.*,
            -- How many cents he is behind; what differs by less is equal.
            round(100 * (v_sign * (s.exact_before - s.allocated_before) + s.share), 10) as behind
        from (
            select
                u.key,
                u.number,
                u.weight > 0 and not coalesce(u.is_excused, false) as has_share,
                case when u.most < 0 then 0 else floor(100 * u.most) end as most,
                coalesce(u.exact_before, 0) as exact_before,
                coalesce(u.allocated_before, 0) as allocated_before,
                case
                    when u.weight = 0 or u.is_excused then 0
                    else round(round(v_cents * u.weight, 24) / v_weight / 100, 20)
                end as share
            from unnest(p_keys, p_weights, p_exact, p_allocated, p_excused, p_most) with ordinality
            as u (key, weight, exact_before, allocated_before, is_excused, most, number)
        ) as s
    ),

    -- The lower the level, the more is served: from where he is behind, one more is served with
    -- every cent that it falls, and where he has his most, one less.
    turns as (
        select
            t.at,
            sum(t.served) over falling as served,
            sum(t.served * t.at) over falling as served_at
        from (
            select s.behind as at, 1 as served from shares as s where s.has_share
            union all
            select s.behind - s.most, -1 from shares as s where s.has_share and s.most is not null
        ) as t
        window falling as (order by t.at desc)
    ),

    -- The level at which all cents are served lies below the lowest turn at which they are not.
    -- Rounded, so that what the tenth decimals of shares leave is no level; so little cannot make
    -- whole cents too many.
    final_level as (
        select round((t.served_at - v_cents) / nullif(t.served, 0), 9) as level
        from turns as t
        where t.served_at - t.served * t.at < v_cents
        order by t.at
        limit 1
    ),

    whole_cents as (
        select
            s.*,
            s.has_share and s.behind > l.level as is_served,
            case
                when s.has_share and s.behind > l.level
                    then least(floor(s.behind - l.level), s.most)
                else 0
            end as cents
        from shares as s
        left join final_level as l on true
    ),

    -- What whole cents leave: to the most behind first.
    ranks as (
        select
            w.*,
            row_number() over (
                order by
                    w.is_served and w.cents < coalesce(w.most, 'infinity') desc,
                    w.behind - w.cents desc,
                    w.key collate "C"
            ) as place,
            trim_scale(v_cents - sum(w.cents) over ()) as left_over
        from whole_cents as w
    )

    select
        r.key,
        v_sign * r.share,
        round(v_sign * (r.cents + case when r.place <= r.left_over then 1 else 0 end) / 100, 2),
        r.behind,
        r.cents,
        case when r.is_served and r.cents < coalesce(r.most, 'infinity') then r.place end,
        r.left_over
    from ranks as r
    order by r.number;
end
$$;

comment on function fund.allocate(
    numeric, text[], numeric[], numeric[], numeric[], boolean[], numeric[]
) is
'Divides p_amount (to the cent, of either sign) in proportion to p_weights: one row per key of '
'p_keys, in their order, with its exact share of this amount (20 decimals) and its amount, to the '
'cent; the amounts add up to p_amount. p_exact and p_allocated are the sums of both so far (null: '
'nothing so far): a key''s running amount stays within a cent of its running exact share wherever '
'what went before allows it, and no amount has the other sign of p_amount. Who is excused '
'(p_excused) or has no weight gets 0, and nobody more than p_most (null: any). The result does not '
'depend on the order of the keys. How it came about, in cents, as if p_amount were positive: '
'cents_behind, what the key''s running exact share is above its running amount before this; '
'whole_cents, what it gets at first; cents_left, what that leaves of p_amount; place, who gets one '
'of those before whom (null: nobody who can get one). Raises QB400 amount_to_the_cent, '
'allocation_is_complete, allocation_keys_are_unique, allocation_in_range, QB409 '
'allocation_has_a_share, allocation_within_limits.';
grant execute on function fund.allocate(
    numeric, text[], numeric[], numeric[], numeric[], boolean[], numeric[]
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;

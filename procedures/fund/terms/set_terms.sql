-- POST /v1/funds/{fund_id}/terms: a version of the fund's terms, from a day on. An amendment says
-- what it changes: what it does not name stays as it was in the version before it, which ends on
-- that day when it had no end; the first version has the usual defaults. What was agreed before
-- can still be read.
create or replace function fund.set_terms(
    p_fund_id uuid,
    p_terms jsonb
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_before fund.terms;
    v_new fund.terms;
    v_columns text;
begin
    perform fund.lock_fund(p_fund_id);
    perform fund.check_terms_payload(p_terms);

    select t.*
    into v_before
    from fund.terms as t
    where t.fund_id = p_fund_id and t.valid_from < (p_terms ->> 'valid_from')::date
    order by t.valid_from desc
    limit 1;
    if jsonb_typeof(p_terms -> 'fee_schedule') = 'null' then
        p_terms := p_terms || '{"fee_schedule": []}';
    end if;
    -- Null or absent in the end: the column's default.
    p_terms := jsonb_strip_nulls(
        to_jsonb(v_before) - array[
            'valid_to', 'created_date', 'created_by', 'last_update_date', 'last_updated_by',
            'row_version'
        ]
        || p_terms
        || jsonb_build_object('fund_id', p_fund_id)
    );
    update fund.terms as t
    set valid_to = (p_terms ->> 'valid_from')::date
    where t.fund_id = p_fund_id and t.valid_from = v_before.valid_from and t.valid_to is null;

    select string_agg(format('%I', k.field), ', ')
    into v_columns
    from jsonb_object_keys(p_terms - 'fee_schedule') as k (field);
    execute format(
        'insert into fund.terms (%1$s) select %1$s from jsonb_populate_record(null::fund.terms, $1)'
        ' returning *', v_columns
    )
    into v_new
    using p_terms - 'fee_schedule';
    perform fund.write_fee_schedule(v_new, v_before, p_terms -> 'fee_schedule');

    return query
    select a.status, a.etag, a.body
    from fund.terms_answer(p_fund_id, v_new.valid_from, 201, 'Terms set.') as a;
end
$$;

comment on function fund.set_terms(uuid, jsonb) is
'Sets terms of a fund (201) from valid_from on: the columns of fund.terms and fee_schedule '
'[{investor_class (default *), from_on (a day or investment_period_end; default valid_from), '
'fee_rate, fee_base}]. What is absent is as in the version before, else the default; null is the '
'default. Raises QB404 fund_not_found, QB400 required, unknown_field, request_is_an_object, '
'value_is_readable, fee_schedule_is_a_list, fee_step_given_twice, investment_period_is_dated, '
'fee_schedule_follows_the_period, QB409 terms_do_not_overlap, terms_in_use_stay (something was '
'recorded on a day that the version before would lose); the constraints of fund.terms and '
'fund.fee_step.';
grant execute on function fund.set_terms(uuid, jsonb) to
qb_admin, qb_editor, qb_editor_scoped;

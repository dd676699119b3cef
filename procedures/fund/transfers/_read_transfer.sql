-- What a transfer is about, read from its request and looked at before anything is written.
create or replace function fund._read_transfer(
    p_event fund.event
)
returns fund.transfer
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_transfer fund.transfer;
    v_commitment numeric;
    v_text text := p_event.request ->> 'fraction';
    v_class text;
    v_in_default uuid;
begin
    perform fund.check_fields(
        p_event.request,
        array[
            'seller', 'buyer', 'transferred_on', 'fraction', 'commitment_amount',
            'investor_class', 'memo'
        ]
    );
    v_transfer.fund_id := p_event.fund_id;
    v_transfer.event_id := p_event.event_id;
    v_transfer.seller_id := fund._read_partner(p_event.fund_id, p_event.request, 'seller');
    v_transfer.buyer_id := fund._read_investor(p_event.fund_id, p_event.request, 'buyer');
    v_transfer.transferred_on := p_event.event_on;
    v_transfer.memo := p_event.request ->> 'memo';

    if v_transfer.seller_id = v_transfer.buyer_id then
        raise exception using
            errcode = 'QB400',
            constraint = 'transfer_to_another',
            column = 'buyer',
            message = 'Seller and buyer are the same.',
            hint = 'Name the investor who takes the interest over.';
    end if;
    select c.investor_class
    into v_class
    from fund.commitment as c
    where c.fund_id = p_event.fund_id and c.investor_id = v_transfer.buyer_id;
    if p_event.request ->> 'investor_class' <> v_class then
        raise exception using
            errcode = 'QB409',
            constraint = 'investor_class_stands',
            column = 'investor_class',
            message = 'The partner is of another class already.',
            detail = v_class,
            hint = 'Leave investor_class out: a partner keeps its class.';
    end if;
    select d.investor_id
    into v_in_default
    from fund._partners_in_default(p_event.fund_id) as d
    where d.investor_id in (v_transfer.seller_id, v_transfer.buyer_id)
    limit 1;
    if found then
        raise exception using
            errcode = 'QB409',
            constraint = 'partner_in_default',
            column = case when v_in_default = v_transfer.seller_id then 'seller' else 'buyer' end,
            message = 'The partner is in default.',
            hint = 'Reverse its default first.';
    end if;

    select coalesce(sum(l.amount), 0)
    into v_commitment
    from fund.commitment_line as l
    where l.fund_id = p_event.fund_id and l.investor_id = v_transfer.seller_id;
    if num_nonnulls(v_text, p_event.request ->> 'commitment_amount') = 2 then
        raise exception using
            errcode = 'QB400',
            constraint = 'fraction_or_amount',
            column = 'fraction',
            message = 'A transfer has a fraction or an amount of the commitment.',
            hint = 'Send one of fraction and commitment_amount, or neither for all of it.';
    elsif
        v_text is not null
        and (v_text !~ '^[01]?(\.\d{1,30})?$' or v_text = '' or v_text::numeric not between 0 and 1)
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'transfer_fraction_in_range',
            column = 'fraction',
            message = 'The fraction is not a number from 0 to 1.',
            detail = left(v_text, 40),
            hint = 'Send a part of the interest such as 0.25.';
    end if;

    if p_event.request ->> 'commitment_amount' is null then
        v_transfer.fraction := coalesce(v_text::numeric, 1);
        v_transfer.commitment_amount := fund._part(v_commitment, v_transfer.fraction);
    else
        v_transfer.commitment_amount := fund._read_amount(p_event.request, 'commitment_amount');
        v_transfer.fraction := trim_scale(
            v_transfer.commitment_amount::numeric(60, 40) / nullif(v_commitment, 0)
        );
    end if;
    if v_transfer.commitment_amount not between 0.01 and v_commitment then
        raise exception using
            errcode = 'QB409',
            constraint = 'transfer_within_commitment',
            column = 'commitment_amount',
            message = 'The seller has not committed that much, or nothing would pass.',
            detail = format(
                '%s of %s', v_transfer.commitment_amount, v_commitment
            ),
            hint = 'Send a part of the commitment, at least a cent.';
    end if;
    return v_transfer;
end
$$;

comment on function fund._read_transfer(fund.event) is
'The row of fund.transfer that an event asks for. Raises QB400 transfer_to_another, '
'fraction_or_amount, transfer_fraction_in_range, QB409 investor_class_stands, partner_in_default, '
'transfer_within_commitment, and what fund.check_fields, fund._read_partner, '
'fund._read_investor and fund._read_amount raise.';

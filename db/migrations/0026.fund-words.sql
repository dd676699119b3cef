-- Words for rules of the fund's events that a request can break.
comment on constraint event_key_is_short on fund.event is
'A key is 1 to 255 visible ASCII characters. Hint: Send a new UUID with each write.';
comment on constraint event_kind_known on fund.event is
'The kind of event is not known. Hint: fund.run_event names the kinds.';
comment on constraint event_reversed_once on fund.event is
'The event was taken back already. Hint: Record again, as a new event, what it took back.';
comment on constraint investor_class_is_a_word on fund.commitment is
'An investor class is a word of small letters, digits and underscores. Hint: Use one such as lp.';
comment on constraint commitment_to_the_cent on fund.commitment_line is
'A commitment is an amount to the cent. Hint: Send an amount below 10^15, such as 5000000.';
comment on constraint call_due_after_notice on fund.capital_call is
'A call is not due before its notice. Hint: Send due_on on or after notice_on.';
comment on constraint call_to_the_cent on fund.capital_call is
'A call asks for capital, a fee or both, to the cent. Hint: Send capital_amount or fee_amount.';
comment on constraint called_amount_not_negative on fund.capital_call_line is
'A partner is not called for less than nothing. Hint: Reverse the call instead.';
comment on constraint payment_to_the_cent on fund.payment is
'A payment is more than 0, to the cent. Hint: Reverse a payment to take it back.';
comment on constraint transfer_fraction_in_range on fund.transfer is
'A fraction is more than 0 and at most 1. Hint: Send 0.5 for a half.';
comment on constraint distribution_paid_after_declared on fund.distribution is
'A distribution is not paid before it is declared. Hint: Send paid_on on or after declared_on.';
comment on constraint distribution_to_the_cent on fund.distribution is
'A distribution is more than 0, to the cent, and no more of it can be called again. Hint: Send '
'amount, and recallable_amount up to it.';
comment on constraint distributed_amount_not_negative on fund.distribution_line is
'A partner is not distributed less than nothing. Hint: Reverse the distribution instead.';
comment on constraint fee_run_ends_after_it_begins on fund.fee_run is
'An accrual ends after it begins. Hint: Send to_on, the first day after it, later than from_on.';
comment on constraint fee_payment_to_the_cent on fund.fee_payment is
'A payment of the fee is more than 0, to the cent. Hint: Send the amount that was paid.';
comment on constraint nav_to_the_cent on fund.nav is
'A fair value is 0 or more, to the cent. Hint: Send an amount below 10^15.';

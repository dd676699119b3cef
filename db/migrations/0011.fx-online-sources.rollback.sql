alter table ops.setting drop constraint setting_fx_limit_allowed;
delete from ops.setting where setting in ('fx_max_jump', 'fx_max_age_days');
drop index fx.quarantine_source_id_currency_rate_on_idx;
alter table fx.quarantine
drop constraint quarantine_status_known,
drop column row_version,
drop column last_updated_by,
drop column last_update_date,
drop column rate,
drop column currency,
drop column rate_on,
drop column status;
alter table fx.rate drop column is_corrected;
drop table fx.source_state;
-- What they published stays, as rates that nobody asks for: a rate needs its source.
delete from fx.source as s
where
    s.kind in ('ecb', 'exchangerates', 'frankfurter')
    and not exists (select from fx.rate as r where r.source_id = s.source_id)
    and not exists (select from fx.quarantine as q where q.source_id = s.source_id);
alter table fx.source
drop constraint source_key_header_is_a_name,
drop constraint source_key_name_is_a_name,
drop constraint source_has_url_when_online,
drop constraint source_url_is_https,
drop constraint source_kind_known,
drop column validates_jumps,
drop column key_header,
drop column key_name,
drop column url,
drop column kind;

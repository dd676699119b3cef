-- finds: company_id, company: text [key; attribute], planted: integer
-- finds: burn_sign, company: text [text; attribute], planted: text [key;
create view bi.planted as select 1 as company_id, 'x'::text as burn_sign;
comment on column bi.planted.burn_sign is 'Sign. [key; attribute]';

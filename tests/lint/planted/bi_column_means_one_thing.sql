-- finds: company_id, company: text [key; attribute], planted: integer
-- finds: fund, company: text [text; attribute], fund: text [text; attribute], planted: text [key;
create view bi.planted as select 1 as company_id, 'x'::text as fund;
comment on column bi.planted.fund is 'Fund. [key; attribute]';

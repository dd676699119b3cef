-- finds: company.fund, Deprecated.
-- finds: company.company_name, Deprecated: use nothing.
comment on column bi.company.fund is 'Deprecated. [text; attribute]';
comment on column bi.company.company_name is 'Deprecated: use nothing. Name. [text; attribute]';
comment on column bi.company.country_code is
'Deprecated: use location_country. Country. [text; attribute]';

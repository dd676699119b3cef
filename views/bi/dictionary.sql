-- What is published: every column of every view in this schema, from the catalog itself.
create or replace view bi.dictionary
with (security_invoker = true)
as
select
    format('%s.%s', c.relname, a.attname) as dictionary_key,
    c.relname::text as view_name,
    a.attname::text as column_name,
    a.attnum::integer as column_position,
    format_type(a.atttypid, a.atttypmod) as data_type,
    substring(col_description(c.oid, a.attnum) from '\[([^;]+); [^\]]+\]$') as unit,
    substring(col_description(c.oid, a.attnum) from '\[[^;]+; ([^\]]+)\]$') as additivity,
    regexp_replace(col_description(c.oid, a.attnum), ' \[[^\]]+\]$', '') as description,
    substring(obj_description(c.oid, 'pg_class') from '^One row per [^:.]+') as grain,
    obj_description(c.oid, 'pg_class') as view_description,
    substring(obj_description(c.oid, 'pg_class') from '^One row per [^:.]+: ([a-z0-9_, ]+)')
        as grain_columns,
    a.attnum = 1 as is_row_key
from pg_catalog.pg_class as c
inner join pg_catalog.pg_attribute as a on c.oid = a.attrelid
where
    c.relnamespace = 'bi'::regnamespace
    and c.relkind = 'v'
    and a.attnum > 0
    and not a.attisdropped;

comment on view bi.dictionary is
'One row per column of a published view: view_name, column_name.';
comment on column bi.dictionary.dictionary_key is 'Key of the row. [key; attribute]';
comment on column bi.dictionary.view_name is 'Name of the view in schema bi. [text; attribute]';
comment on column bi.dictionary.column_name is 'Name of the column. [text; attribute]';
comment on column bi.dictionary.column_position is
'Position of the column in its view, from 1. [number; attribute]';
comment on column bi.dictionary.data_type is 'Type of the column. [text; attribute]';
comment on column bi.dictionary.unit is
'money, ratio (a fraction), multiple, months, count, rate, date, time, text, key, flag or '
'number. [text; attribute]';
comment on column bi.dictionary.additivity is
'additive, semi-additive (not over time), non-additive, or attribute: something to filter and '
'group by. [text; attribute]';
comment on column bi.dictionary.description is
'What the column means, with sign, currency and the meaning of null. [text; attribute]';
comment on column bi.dictionary.grain is 'What one row of the view is. [text; attribute]';
comment on column bi.dictionary.view_description is 'What the view holds. [text; attribute]';
comment on column bi.dictionary.grain_columns is
'Columns that name one row of the view together, separated by commas. [text; attribute]';
comment on column bi.dictionary.is_row_key is
'True for the column, the first of its view, that names a row by itself. [flag; attribute]';
grant select on bi.dictionary to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;

-- What is published to BI tools: views only, no table.

create schema bi;
comment on schema bi is
'Published views for BI tools: stable names and types, one comment a column (see bi.dictionary).';

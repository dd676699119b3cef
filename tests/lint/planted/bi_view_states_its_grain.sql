-- finds: bi.company
comment on view bi.company is 'The companies.';

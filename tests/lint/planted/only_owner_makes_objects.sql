-- finds: company, qb_editor: CREATE
-- finds: the database, qb_viewer: TEMPORARY
grant create on schema company to qb_editor;
reset role;
do $$ begin
    execute format('grant temporary on database %I to qb_viewer', current_database());
end $$;

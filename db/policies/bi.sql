-- Who may open the published views. What they show is decided by the row security of what they
-- read.

grant usage on schema bi to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;

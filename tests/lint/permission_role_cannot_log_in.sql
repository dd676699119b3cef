-- Roles that carry permissions, and the owner, cannot log in: a person has a login of their own,
-- which says who it was.
select r.rolname as offender
from pg_roles as r
where
    r.rolcanlogin
    and r.rolname in (
        'qb_owner', 'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_submitter',
        'qb_investor', 'qb_editor_scoped', 'qb_viewer_scoped'
    )

/** Row-level security of a table with rows of one branch each: the server sees its branches, reporting reads all. */
export const branchScope = (table: string): string => `
alter table operational.${table} enable row level security;
create policy branch_scope on operational.${table} to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.${table} for select to pharmacy_reporting using (true);
grant select on operational.${table} to pharmacy_reporting;`;

/** Nothing of the table is changed or taken away, not by its owner either. */
export const appendOnly = (table: string): string => `
create trigger ${table}_append_only before update or delete on operational.${table}
  for each row execute function operational.refuse_change();
create trigger ${table}_no_truncate before truncate on operational.${table}
  for each statement execute function operational.refuse_change();`;

/** A right that comes with an update: where roles exist it is given to those that hold one of `like`. */
export const newRight = (name: string, description: string, like: readonly string[]): string => `
insert into operational.permissions (name, description)
select '${name}', '${description}' where exists (select from operational.role_permissions)
on conflict (name) do nothing;
insert into operational.role_permissions (role_id, permission_id)
select distinct rp.role_id, v.permission_id
from operational.role_permissions rp join operational.permissions p using (permission_id)
join operational.permissions v on v.name = '${name}' and p.name in (${like.map((one) => `'${one}'`).join(', ')})
on conflict do nothing;`;

/** Takes such a right away again. */
export const dropRight = (name: string): string => `
delete from operational.role_permissions where permission_id in (select permission_id from operational.permissions where name = '${name}');
delete from operational.permissions where name = '${name}';`;

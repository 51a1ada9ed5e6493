/**
 * For migrations from `1799000000290-forced-row-security` on (docs/security/database.md): what they make or replace must stand under the
 * same rules as what was there.
 */

const MINE = '(branch_id = any ((select operational.current_branches())::integer[]))';

/** The policies beside the table's own: what the owner's hand may see, the functions that see all branches, and reporting. */
const furtherPolicies = (table: string): string => `
create policy maintenance on operational.${table} to meditory_owner
  using ((select operational.is_maintenance())) with check ((select operational.is_maintenance()));
create policy all_branches on operational.${table} to meditory_definer using (true) with check (true);`;

/**
 * Row-level security of a new table with rows of one branch each, the owner's hand included. Who else may see what of it is granted by the
 * migration that makes it.
 */
export const protectBranchTable = (table: string): string => `
alter table operational.${table} enable row level security, force row level security;
create policy branch_scope on operational.${table} to pharmacy_app, meditory_owner using ${MINE} with check ${MINE};
create policy reporting_reads on operational.${table} for select to pharmacy_reporting using (true);
grant select on operational.${table} to pharmacy_reporting;${furtherPolicies(table)}`;

/**
 * Runs SQL as the login that migrates, which is a member of both roles that own functions: only it may hand a function from one to the
 * other, or replace one that is meditory_definer's.
 */
export const asLogin = (sql: string): string => `
set local role none;
${sql}
set local role meditory_owner;`;

/** A function sees the rows of all branches from now on: a trigger, or one of the list in docs/security/database.md. */
export const seesAllBranches = (signature: string): string =>
  asLogin(`grant create on schema operational to meditory_definer;
alter function operational.${signature} owner to meditory_definer;
grant execute on function operational.${signature} to meditory_owner;
revoke create on schema operational from meditory_definer;`);

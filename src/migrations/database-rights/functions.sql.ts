import { asLogin } from '../support/forced-row-security.js';

const quoted = (signatures: readonly string[]): string =>
  signatures.map((signature) => `'${signature}'`).join(', ');

/** Functions that have no need of rights of their own: who calls them may read what they read. */
const INVOKER = [
  'operational.controlled_given(integer, integer, text, date)',
  'operational.is_set_aside(integer)',
  'operational.lock_person(integer)',
  'operational.lock_purchaser(integer, bytea)',
];

/**
 * Nobody calls what he was not given. PostgreSQL gives every new function to everybody unless the maker of functions says otherwise;
 * saying it for a schema, as was done, changes nothing. What runs with the rights of its caller is no door and stays open to the
 * roles of the program.
 */
const CLOSE = `
revoke execute on all routines in schema operational, reference from public;
alter default privileges for role meditory_owner revoke execute on routines from public;
grant execute on all routines in schema operational, reference to meditory_definer;
alter default privileges for role meditory_owner in schema operational, reference grant execute on routines to meditory_definer;
do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace in ('operational'::regnamespace, 'reference'::regnamespace) and p.prokind = 'f' and not p.prosecdef and p.prorettype <> 'trigger'::regtype
  loop
    execute format('grant execute on function %s to pharmacy_app, pharmacy_admin, pharmacy_reporting', f.name);
  end loop;
end $$;
`;

/** What only other functions call reaches what these reach. */
const LEND_NOTHING = `
do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace in ('operational'::regnamespace, 'reference'::regnamespace) and p.prosecdef and p.prorettype <> 'trigger'::regtype
      and (p.oid = any (array[${quoted(INVOKER)}]::regprocedure[]) or not exists (select from aclexplode(p.proacl) a
        where a.grantee in ('pharmacy_app'::regrole, 'pharmacy_admin'::regrole, 'pharmacy_reporting'::regrole)))
  loop
    execute format('alter function %s security invoker', f.name);
  end loop;
end $$;
`;

/** `listed`: signatures of the functions that may be called and see all branches. */
export const HAND_OVER = (listed: readonly string[]): string => `${LEND_NOTHING}${CLOSE}${asLogin(`
grant create on schema operational, reference to meditory_definer;
do $$
declare
  f record;
begin
  -- Taking a release back switches off the checks of foreign keys where the owner may, and checks them set by set.
  if has_parameter_privilege('meditory_owner', 'session_replication_role', 'set') and not has_parameter_privilege('meditory_definer', 'session_replication_role', 'set') then
    raise exception 'meditory_owner may set session_replication_role and meditory_definer may not' using errcode = 'insufficient_privilege',
      hint = 'As a superuser: grant set on parameter session_replication_role to meditory_definer';
  end if;
  for f in select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace in ('operational'::regnamespace, 'reference'::regnamespace) and p.prosecdef
      and ((p.pronamespace = 'operational'::regnamespace and p.prorettype = 'trigger'::regtype) or p.oid = any (array[${quoted(listed)}]::regprocedure[]))
  loop
    execute format('alter function %s owner to meditory_definer', f.name);
    -- Who makes a trigger, as with each new part of the ledger, must be allowed its function.
    execute format('grant execute on function %s to meditory_owner', f.name);
  end loop;
end $$;
-- Sums of all branches, refreshed with the rights of its owner.
alter materialized view operational.stock_month_figures owner to meditory_definer;
grant select on operational.stock_month_figures to meditory_owner;
revoke create on schema operational, reference from meditory_definer;`)}
`;

/** What was made to reach what its callers reach stays so: they are the owner's again, who sees all then. */
export const HAND_BACK = `${asLogin(`
do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace in ('operational'::regnamespace, 'reference'::regnamespace) and p.proowner = 'meditory_definer'::regrole
  loop
    execute format('alter function %s owner to meditory_owner', f.name);
  end loop;
end $$;
alter materialized view operational.stock_month_figures owner to meditory_owner;`)}
alter function operational.controlled_given(integer, integer, text, date) security definer;
alter function operational.is_set_aside(integer) security definer;
alter function operational.lock_person(integer) security definer;
alter function operational.lock_purchaser(integer, bytea) security definer;
alter default privileges for role meditory_owner in schema operational, reference revoke execute on routines from meditory_definer;
revoke execute on all routines in schema operational, reference from meditory_definer;
alter default privileges for role meditory_owner grant execute on routines to public;
grant execute on all routines in schema operational, reference to public;
`;

// How functions of the database are kept: what they may find, who may call them, what they may put together (docs/security/database.md).
import { describe, expect, it } from 'vitest';

import { connectAs, useTestDatabase } from '../support/db.js';

/**
 * Functions without a search path of their own, and why. They hold no name that a search path decides: bodies of SQL in the standard's
 * form were bound to their objects when they were made, and become part of the statement that calls them; procedures belong to
 * migrations, and say every schema.
 */
const NO_PATH: Readonly<Record<string, string>> = {
  'operational.attach_row_audit(text,text,text)': 'of migrations, run by the owner',
  'operational.attach_statement_audit(text,text)': 'of migrations, run by the owner',
  'operational.current_branches()': 'bound when made; part of every policy',
  'operational.current_tx_id()': 'bound when made; part of every row of the trail',
  'operational.current_user_id()': 'bound when made; part of every policy',
  'operational.instant_text(timestamp with time zone)': 'bound when made',
  'operational.is_counted_tender(text)': 'bound when made',
  'operational.is_maintenance()': 'bound when made; part of every policy',
  'operational.money_text(numeric)': 'bound when made',
  'operational.movement_account(text)': 'bound when made',
  'reference.attach_release_images(text,text,text,text)': 'of migrations, run by the owner',
  'reference.attach_search_feed(text,text,text)': 'of migrations, run by the owner',
};

interface Routine {
  name: string;
  owner: string;
  isDefiner: boolean;
  isTrigger: boolean;
  isBound: boolean;
  language: string;
  path: string | null;
  body: string;
  callers: string[];
}

const ROUTINES = `
select p.oid::regprocedure::text as name, pg_get_userbyid(p.proowner)::text as owner, p.prosecdef as "isDefiner", p.prorettype = 'trigger'::regtype as "isTrigger",
  p.prosqlbody is not null as "isBound", l.lanname as language, p.prosrc as body,
  (select substr(c, length('search_path=') + 1) from unnest(p.proconfig) c where c like 'search_path=%') as path,
  array(select case a.grantee when 0 then 'PUBLIC' else pg_get_userbyid(a.grantee)::text end
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner order by 1) as callers
from pg_proc p join pg_language l on l.oid = p.prolang
where p.pronamespace in ('operational'::regnamespace, 'reference'::regnamespace) order by 1`;

/** Functions of definer rights that put a statement together, and what goes into its text. Values go by USING; a new one is read first. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'operational.audit_statement()': 'the key column its trigger names, %I',
  'operational.close_movement_months()': 'names of parts of the ledger out of the catalogue, %I',
  'operational.ensure_month_parts(integer)':
    'tables of its own as regclass, which quotes itself; their column out of the catalogue, %I',
  'operational.patients_named(integer,text[],integer,integer)': 'words of names found in a table, %L',
  'reference.broken_references()':
    'tables as regclass, which quotes itself; their columns out of the catalogue, %I',
  'reference.clear_staging()': 'tables of staging as regclass, which quotes itself',
  'reference.keep_release_image()': 'the key column its trigger names, %I; words of its own',
  'reference.record_catalogue_change()': 'columns and tables its trigger names, %I; a number of its own',
  'reference.record_price_changes()': 'nothing: a constant text, planned anew each time',
  'reference.revert_release(integer,boolean)': 'conditions made of the catalogue, each name quoted there',
};

describe('functions of the database', () => {
  const db = useTestDatabase();
  const routines = async (): Promise<Routine[]> => (await db.owner.query<Routine>(ROUTINES)).rows;

  it('may be called by nobody who was not given them', async () => {
    const open = (await routines()).filter(({ callers }) => callers.includes('PUBLIC'));
    expect(open.map(({ name }) => name)).toEqual([]);
    // The next one that is made is not everybody's either.
    const client = await connectAs(db, 'meditory_owner');
    await client.query(
      'begin; create function operational.made_later() returns integer language sql return 1',
    );
    const { rows } = await client.query(
      "select has_function_privilege('pharmacy_reporting', 'operational.made_later()', 'execute') as open",
    );
    await client.query('rollback');
    await client.end();
    expect(rows).toEqual([{ open: false }]);
  });

  it('of definer rights search pg_catalog first and temporary objects last, and nothing of others between', async () => {
    const definers = (await routines()).filter(({ isDefiner }) => isDefiner);
    expect(definers.length).toBeGreaterThan(150);
    for (const { name, path } of definers)
      expect(path, name).toMatch(/^pg_catalog, (?:(?:operational|reference|public), )*pg_temp$/);
  });

  it('have a search path of their own, or hold no name that one decides', async () => {
    const without = (await routines()).filter(({ path }) => path === null);
    expect(without.map(({ name }) => name)).toEqual(Object.keys(NO_PATH).sort());
    for (const { name, isBound, isDefiner, owner, callers } of without) {
      expect(isDefiner, name).toBe(false);
      // Nobody but the owner runs a procedure of migrations.
      if (!isBound)
        expect(
          [owner, ...callers].filter((role) => role.startsWith('pharmacy')),
          name,
        ).toEqual([]);
    }
  });

  it('of definer rights are there to be called or are triggers; what only others call has no rights of its own', async () => {
    const idle = (await routines()).filter(
      ({ isDefiner, isTrigger, callers }) =>
        isDefiner && !isTrigger && !callers.some((role) => role.startsWith('pharmacy_')),
    );
    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('of definer rights put no statement together but those that were read for it', async () => {
    const dynamic = (await routines()).filter(
      ({ isDefiner, body }) => isDefiner && /\bexecute\b/i.test(body),
    );
    expect(dynamic.map(({ name }) => name)).toEqual(Object.keys(PUT_TOGETHER).sort());
  });

  it('belong to the two roles that own them, which nobody logs in as', async () => {
    const owners = new Set((await routines()).map(({ owner }) => owner));
    expect([...owners].sort()).toEqual(['meditory_definer', 'meditory_owner']);
    const { rows } = await db.owner.query(
      `select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname in ('meditory_owner', 'meditory_definer') order by 1`,
    );
    const harmless = {
      rolcanlogin: false,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(rows).toEqual([
      { rolname: 'meditory_definer', ...harmless },
      { rolname: 'meditory_owner', ...harmless },
    ]);
  });
});

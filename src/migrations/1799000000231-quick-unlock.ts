import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/** A till is locked and unlocked, and handed to another user, by PIN or badge within the time its first password allows. */
export class QuickUnlock1799000000231 implements MigrationInterface {
  name = 'QuickUnlock1799000000231';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.sessions
  add column locked_at timestamptz,
  add column opened_by text not null default 'password' check (opened_by in ('password', 'pin', 'badge'));
comment on column operational.sessions.locked_at is 'When its screen was locked: it does nothing more, a PIN, badge or password opens another in its place.';
comment on column operational.sessions.opened_by is 'How its user proved who he is; only a password counts where one is asked for again.';
grant update (locked_at) on operational.sessions to pharmacy_app;

create table operational.quick_unlocks ( -- PIN and badge of a user; they open a session only in place of one that a password began.
  user_id integer primary key references operational.users (user_id), -- The user.
  pin_hash text, -- argon2id hash of the PIN; null: none. Never leaves the server, never in the audit trail.
  pin_failures smallint not null default 0 check (pin_failures between 0 and 5), -- Wrong PINs since the last right one; with 5 the PIN is dead until it is set again.
  badge_hash bytea constraint quick_unlocks_badge_key unique, -- SHA-256 of the code on the badge; null: none.
  updated_at timestamptz not null default now(), -- When PIN or badge was set.
  constraint quick_unlocks_any_check check (num_nonnulls(pin_hash, badge_hash) > 0)
);
call operational.attach_row_audit('quick_unlocks', 'user_id', 'pin_hash,badge_hash');
grant select, insert, delete, update on operational.quick_unlocks to pharmacy_app;

create function operational.forget_quick_unlock() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  delete from operational.quick_unlocks where user_id = new.user_id;
  return null;
end $$;
comment on function operational.forget_quick_unlock() is 'Who is disabled or gets another password has no PIN and no badge any more.';
create trigger users_forget_quick_unlock after update of password_hash, status on operational.users
  for each row when (new.password_hash <> old.password_hash or new.status <> 'active') execute function operational.forget_quick_unlock();

alter table operational.branches
  add column idle_lock_minutes smallint not null default 15 constraint branches_idle_lock_check check (idle_lock_minutes between 0 and 60);
comment on column operational.branches.idle_lock_minutes is 'Minutes without a key or touch after which a screen locks itself; 0: never.';
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.branches drop column idle_lock_minutes;
drop trigger users_forget_quick_unlock on operational.users;
drop function operational.forget_quick_unlock();
drop table operational.quick_unlocks;
update operational.sessions set revoked_at = now() where revoked_at is null and (locked_at is not null or opened_by <> 'password');
alter table operational.sessions drop column opened_by, drop column locked_at;
`);
  }
}

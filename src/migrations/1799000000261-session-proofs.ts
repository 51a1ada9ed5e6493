import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How and when the user of a session proved who he is: what counts as proven just now, and what a second factor asks of a session. */
export class SessionProofs1799000000261 implements MigrationInterface {
  name = 'SessionProofs1799000000261';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.sessions
  add column confirmed_until timestamptz not null default '-infinity',
  add column quick_until timestamptz not null default '-infinity',
  add column second_factor text check (second_factor in ('totp', 'webauthn', 'recovery')),
  add column in_place_of bigint references operational.sessions (session_id),
  drop constraint sessions_opened_by_check,
  add constraint sessions_opened_by_check check (opened_by in ('password', 'pin', 'badge', 'passkey')),
  add constraint sessions_quick_check check (opened_by in ('password', 'passkey') or in_place_of is not null) not valid,
  add constraint sessions_passkey_check check (opened_by <> 'passkey' or second_factor = 'webauthn');
-- Who signed in just now needs no second proof for what follows.
alter table operational.sessions alter column confirmed_until set default now() + interval '15 minutes';
comment on column operational.sessions.confirmed_until is 'Until when its user counts as having proven himself just now by password or factor; a confirmation moves it.';
comment on column operational.sessions.quick_until is 'The same by PIN or badge, which counts at the counter alone.';
comment on column operational.sessions.second_factor is 'Second factor it was opened with; null: none.';
comment on column operational.sessions.in_place_of is 'The session it took the place of, where a locked screen was opened.';
create index sessions_in_place_of_idx on operational.sessions (in_place_of) where in_place_of is not null;
grant update (token_hash) on operational.sessions to pharmacy_app;

alter table operational.step_ups add column proof text not null default 'password'
  check (proof in ('password', 'totp', 'webauthn', 'recovery', 'pin', 'badge'));
comment on column operational.step_ups.proof is 'What was given; a PIN or badge confirms no grave command.';

create function operational.confirm_session() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  update operational.sessions set
    confirmed_until = case when new.proof in ('pin', 'badge') then confirmed_until else greatest(confirmed_until, new.expires_at) end,
    quick_until = case when new.proof in ('pin', 'badge') then greatest(quick_until, new.expires_at) else quick_until end
  where session_id = new.session_id and user_id = new.user_id;
  return null;
end $$;
comment on function operational.confirm_session() is 'A confirmation counts for its session while it is good; nothing else makes a session confirmed.';
create trigger step_ups_confirm after insert on operational.step_ups
  for each row execute function operational.confirm_session();

create function operational.guard_session() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if new.opened_by in ('pin', 'badge') then
    new.confirmed_until := '-infinity';
    new.quick_until := now() + interval '5 minutes';
  end if;
  -- A PIN, a badge or the password alone only opens again what a second factor opened within the time of one sign-in.
  if new.second_factor is null and operational.has_mfa(new.user_id)
    and (new.in_place_of is null or not exists (
      select from operational.sessions s where s.user_id = new.user_id and s.second_factor is not null and s.created_at > now() - interval '12 hours')) then
    raise exception 'user % signs in with his second factor', new.user_id using errcode = 'MD422';
  end if;
  return new;
end $$;
comment on function operational.guard_session() is 'Who has a second factor has given it within the last 12 hours, by whatever he opens a session.';
create trigger sessions_guard before insert on operational.sessions
  for each row execute function operational.guard_session();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger sessions_guard on operational.sessions;
drop function operational.guard_session();
drop trigger step_ups_confirm on operational.step_ups;
drop function operational.confirm_session();
alter table operational.step_ups drop column proof;
revoke update (token_hash) on operational.sessions from pharmacy_app;
update operational.sessions set revoked_at = coalesce(revoked_at, now()), opened_by = 'password' where opened_by = 'passkey';
alter table operational.sessions
  drop constraint sessions_passkey_check, drop constraint sessions_quick_check, drop constraint sessions_opened_by_check,
  add constraint sessions_opened_by_check check (opened_by in ('password', 'pin', 'badge')),
  drop column in_place_of, drop column second_factor, drop column quick_until, drop column confirmed_until;
`);
  }
}

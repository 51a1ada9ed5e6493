import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles ask for a second factor unless somebody decides otherwise; accounts that are there have the same time for it as new ones. */
export class SecondFactorAsked1799000000320 implements MigrationInterface {
  name = 'SecondFactorAsked1799000000320';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
set local app.maintenance = 'on';
alter table operational.roles alter column requires_mfa set default true;
update operational.roles set requires_mfa = true, version = version + 1 where not requires_mfa;
comment on column operational.roles.requires_mfa is 'True: who has the role and no second factor can, once his time for it is over, do nothing but set one up.';

alter table operational.users
  add column mfa_asked_since timestamptz not null default now(),
  add column password_grace_until timestamptz;
comment on column operational.users.mfa_asked_since is 'When his time to set up a second factor began: with the account, or with the release that asked everybody.';
comment on column operational.users.password_grace_until is 'Of a password that must be changed: until when he may still work with it; null: nothing else is open before.';
update operational.users set password_grace_until = now() + interval '14 days' where must_change_password and one_time_password_until is null;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.users drop column password_grace_until, drop column mfa_asked_since;
comment on column operational.roles.requires_mfa is 'True: who has the role and no second factor can do nothing but set one up.';
alter table operational.roles alter column requires_mfa set default false;
`);
  }
}

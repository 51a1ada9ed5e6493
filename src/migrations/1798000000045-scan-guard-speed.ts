import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asks the policy of the branch before it looks for scans: most branches ask for none, and every fill pays for the question. */
export class ScanGuardSpeed1798000000045 implements MigrationInterface {
  name = 'ScanGuardSpeed1798000000045';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create or replace function operational.guard_scans() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select b.scan_policy from operational.branches b where b.branch_id = new.branch_id) = 'off' then
    return new;
  end if;
  if exists (select from operational.unscanned_lots(new.fill_id, 'fill', null)) or exists (select from operational.unscanned_lots(new.fill_id, 'verify', new.verified_by)) then
    raise exception 'fill % has packs that were not scanned', new.fill_id using errcode = 'MD024';
  end if;
  return new;
end $$;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create or replace function operational.guard_scans() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from operational.unscanned_lots(new.fill_id, 'fill', null)) or exists (select from operational.unscanned_lots(new.fill_id, 'verify', new.verified_by)) then
    raise exception 'fill % has packs that were not scanned', new.fill_id using errcode = 'MD024';
  end if;
  return new;
end $$;
`);
  }
}

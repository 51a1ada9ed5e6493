import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';

import type { LateTx, Tx } from '../../../platform/database/tx.js';
import { Branch } from './branch.entity.js';
import type { BranchSettings } from './branches.types.js';

const SETTINGS = `
select /* branches.settings */ branch_id as "branchId", code, name, name_ar as "nameAr", address, phone,
  time_zone as "timeZone", (now() at time zone time_zone)::date as today, currency,
  currency_decimals as "currencyDecimals", cash_rounding as "cashRounding", dispensing_policy as "dispensingPolicy",
  two_person_rule as "twoPersonRule", clinical_review as "clinicalReview", scan_policy as "scanPolicy", near_miss_names as "nearMissNames",
  pick_up_identifiers as "pickUpIdentifiers", counselling_policy as "counsellingPolicy", early_refill_share::float8 as "earlyRefillShare",
  promise_minutes as "promiseMinutes", waiting_by_default as "waitingByDefault",
  service_level::float8 as "serviceLevel", prescription_valid_months as "prescriptionValidMonths", jurisdiction, active
from operational.branches where branch_id = $1`;

const KNOWS_TIME_ZONE = `
select /* branches.knowsTimeZone */ exists (select from pg_timezone_names where name = $1) as known`;

/** Whoever runs the installation keeps sight of every branch, so that none can be cut off from administration. */
const GIVE_ACCESS = `
insert /* branches.giveAccess */ into operational.user_branches (user_id, branch_id)
select u.user_id, $1 from operational.users u
where u.user_id = $2 or exists (select from operational.user_roles ur join operational.roles r using (role_id)
  where ur.user_id = u.user_id and r.is_system and r.name = 'administrator')
on conflict do nothing`;

@Injectable()
export class BranchesRepository {
  async settings(tx: LateTx, branchId: number): Promise<BranchSettings | undefined> {
    return tx.maybeOne<BranchSettings>(SETTINGS, [branchId]);
  }

  /** A page of the branches given, by code. */
  async findPage(
    tx: Tx,
    branchIds: readonly number[],
    page: number,
    limit: number,
  ): Promise<[Branch[], number]> {
    return tx.manager.findAndCount(Branch, {
      where: { branchId: In([...branchIds]) },
      order: { code: 'ASC' },
      skip: (page - 1) * limit,
      take: limit,
    });
  }

  async find(tx: Tx, branchId: number): Promise<Branch | null> {
    return tx.manager.findOneBy(Branch, { branchId });
  }

  async insert(tx: Tx, values: Partial<Branch>): Promise<Branch> {
    const { identifiers } = await tx.manager.insert(Branch, values);
    return tx.manager.findOneByOrFail(Branch, { branchId: Number(identifiers[0]?.branchId) });
  }

  /** Changes the row when it still has the version; undefined when it does not. */
  async update(
    tx: Tx,
    branchId: number,
    version: number,
    values: Partial<Branch>,
  ): Promise<Branch | undefined> {
    const { affected } = await tx.manager.update(
      Branch,
      { branchId, version },
      { ...values, version: version + 1 },
    );
    return affected === 1 ? tx.manager.findOneByOrFail(Branch, { branchId }) : undefined;
  }

  /** True when PostgreSQL, which judges dates in it, knows the zone. */
  async knowsTimeZone(tx: Tx, timeZone: string): Promise<boolean> {
    return (await tx.one<{ known: boolean }>(KNOWS_TIME_ZONE, [timeZone])).known;
  }

  /** Puts a user, and all who hold the seeded administrator role, at a branch. */
  async giveAccess(tx: Tx, branchId: number, userId: number): Promise<void> {
    await tx.execute(GIVE_ACCESS, [branchId, userId]);
  }
}

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** An emergency access as the API shows it. */
export interface EmergencyAccess {
  readonly emergencyAccessId: number;
  readonly patientId: number;
  readonly branchId: number;
  readonly fromBranchId: number | null;
  readonly userId: number;
  readonly username: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
  readonly isOpen: boolean;
  readonly outcome: 'justified' | 'not_justified' | null;
  readonly reviewNote: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
}

const FIND_PATIENTS = `
select /* emergencyAccess.findPatients */ f as "patientId" from operational.find_in_emergency(lower($1), $2::date) f`;

const OPEN = `
select /* emergencyAccess.open */ operational.open_emergency_access($1, $2) as "emergencyAccessId"`;

/** Row-level security: one's own, and those of the branches one works at. */
const FIND = `
select /* emergencyAccess.find */ e.emergency_access_id as "emergencyAccessId", e.patient_id as "patientId", e.branch_id as "branchId",
  e.from_branch_id as "fromBranchId", e.user_id as "userId", u.username, e.reason, e.opened_at as "openedAt", e.expires_at as "expiresAt",
  e.expires_at > now() and e.outcome is null as "isOpen", e.outcome, e.review_note as "reviewNote", r.username as "reviewedBy", e.reviewed_at as "reviewedAt"
from operational.emergency_accesses e join operational.users u using (user_id) left join operational.users r on r.user_id = e.reviewed_by
where ($1::integer is null or e.emergency_access_id = $1) and (not $2::boolean or e.outcome is null)
order by e.emergency_access_id desc limit $3 offset $4`;

const COUNT = `
select /* emergencyAccess.count */ count(*) as total from operational.emergency_accesses e where not $1::boolean or e.outcome is null`;

const REVIEW = `
update /* emergencyAccess.review */ operational.emergency_accesses
set outcome = $2, review_note = $3, reviewed_by = $4, reviewed_at = now() where emergency_access_id = $1`;

const LOG_READ = `
select /* emergencyAccess.logRead */ operational.log_read('emergency_accesses', $1::text, $2)`;

@Injectable()
export class EmergencyAccessRepository {
  /** Numbers of the patients of this family name and birth date; two at the most. */
  async findPatients(tx: Tx, lastName: string, birthDate: string): Promise<number[]> {
    const rows = await tx.query<{ patientId: number }>(FIND_PATIENTS, [lastName, birthDate]);
    return rows.map(({ patientId }) => patientId);
  }

  /** Its number; undefined: there is no such patient. */
  async open(tx: Tx, patientId: number, reason: string): Promise<number | undefined> {
    const row = await tx.one<{ emergencyAccessId: number | null }>(OPEN, [patientId, reason]);
    return row.emergencyAccessId ?? undefined;
  }

  find(tx: Tx, emergencyAccessId: number): Promise<EmergencyAccess | undefined> {
    return tx.maybeOne<EmergencyAccess>(FIND, [emergencyAccessId, false, 1, 0]);
  }

  async findPage(
    tx: Tx,
    filter: { unreviewed: boolean; page: number; limit: number },
  ): Promise<[EmergencyAccess[], number]> {
    const { unreviewed, page, limit } = filter;
    const { total } = await tx.one<{ total: number }>(COUNT, [unreviewed]);
    return [await tx.query<EmergencyAccess>(FIND, [null, unreviewed, limit, (page - 1) * limit]), total];
  }

  async review(
    tx: Tx,
    review: { emergencyAccessId: number; outcome: string; note: string | null; userId: number },
  ): Promise<void> {
    await tx.execute(REVIEW, [review.emergencyAccessId, review.outcome, review.note, review.userId]);
  }

  /** Records in the audit trail that a record was read by emergency access. */
  async logRead(tx: Tx, emergencyAccessId: number, branchId: number): Promise<void> {
    await tx.query(LOG_READ, [emergencyAccessId, branchId]);
  }
}

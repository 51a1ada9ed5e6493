import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { ConsentView, RecordConsent } from './patient-consents.schemas.js';

export type ConsentRow = z.output<typeof ConsentView>;

/** Decisions of a person under every number ($1), before one ($2), at most $3. Rests on patient_consents_patient_idx. */
const FIND_PAGE = `
select /* patientConsents.findPage */ c.consent_id as "consentId", c.kind, c.decision, c.method, c.decided_by as "decidedBy",
  c.decider_name as "deciderName", c.note, u.full_name as "recordedBy", c.recorded_at as "recordedAt", c.holds
from (
  select x.*, x.consent_id = max(x.consent_id) over (partition by x.kind) as holds
  from operational.patient_consents x where x.patient_id in (select operational.patient_family($1))) c
join operational.users u on u.user_id = c.recorded_by
where $2::integer is null or c.consent_id < $2
order by c.consent_id desc limit $3`;

const INSERT = `
insert /* patientConsents.insert */ into operational.patient_consents
  (branch_id, patient_id, kind, decision, method, decided_by, decider_name, note, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

@Injectable()
export class PatientConsentsRepository {
  findPage(tx: Tx, patientId: number, cursor: number | undefined, limit: number): Promise<ConsentRow[]> {
    return tx.query<ConsentRow>(FIND_PAGE, [patientId, cursor ?? null, limit]);
  }

  async insert(
    tx: Tx,
    whose: { branchId: number; patientId: number; userId: number },
    input: z.output<typeof RecordConsent>,
  ): Promise<void> {
    const { kind, decision, method, decidedBy, deciderName, note } = input;
    const { branchId, patientId, userId } = whose;
    await tx.execute(INSERT, [
      branchId,
      patientId,
      kind,
      decision,
      method,
      decidedBy,
      deciderName,
      note,
      userId,
    ]);
  }
}

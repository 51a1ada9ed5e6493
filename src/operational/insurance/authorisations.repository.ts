import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type {
  AuthorisationView,
  CreateAuthorisation,
  UpdateAuthorisation,
} from './authorisations.schemas.js';

const SHOWN = `
select /* authorisations.shown */ a.authorisation_id as "authorisationId", a.insurance_id as "insuranceId", y.name as "payerName", a.number,
  a.drug_id as "drugId", a.ingredient_id as "ingredientId", a.atc_prefix as "atcPrefix", coalesce(d.name, g.name, a.atc_prefix) as subject,
  trim_scale(a.quantity)::text as quantity, a.valid_from as "validFrom", a.valid_to as "validTo", a.withdrawn, a.recorded_at as "recordedAt", a.version,
  coalesce((select trim_scale(sum(f.quantity)) from operational.claims c join operational.fills f using (fill_id)
    where c.authorisation_id = a.authorisation_id and c.status in ('adjudicated', 'paid')), 0)::text as used
from operational.prior_authorisations a
join operational.patient_insurance i using (insurance_id)
join operational.payers y using (payer_id)
left join reference.drugs d on d.drug_id = a.drug_id
left join reference.ingredients g on g.ingredient_id = a.ingredient_id`;

/** What payers allowed a patient, the latest first. A few rows, by prior_authorisations_number_key. */
const OF_PATIENT = `${SHOWN} where i.patient_id = $1 and a.branch_id = $2 order by a.valid_to desc, a.authorisation_id desc limit 200`;
const FIND_ONE = `${SHOWN} where a.authorisation_id = $1 and a.branch_id = $2`;

const COVER_EXISTS = `
select /* authorisations.coverExists */ 1 as found from operational.patient_insurance where insurance_id = $1 and branch_id = $2`;

const INSERT = `
insert /* authorisations.insert */ into operational.prior_authorisations
  (branch_id, insurance_id, number, drug_id, ingredient_id, atc_prefix, quantity, valid_from, valid_to, recorded_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning authorisation_id as "authorisationId"`;

const UPDATE = `
update /* authorisations.update */ operational.prior_authorisations set withdrawn = coalesce($3, withdrawn), valid_to = coalesce($4, valid_to),
  quantity = case when $6 then $5 else quantity end, version = version + 1
where authorisation_id = $1 and version = $2`;

type View = z.output<typeof AuthorisationView>;

/** Prior authorisations of patients' covers. */
@Injectable()
export class AuthorisationsRepository {
  ofPatient(tx: Tx, branchId: number, patientId: number): Promise<View[]> {
    return tx.query<View>(OF_PATIENT, [patientId, branchId]);
  }

  find(tx: Tx, branchId: number, authorisationId: number): Promise<View | undefined> {
    return tx.maybeOne<View>(FIND_ONE, [authorisationId, branchId]);
  }

  async coverExists(tx: Tx, branchId: number, insuranceId: number): Promise<boolean> {
    return (await tx.maybeOne(COVER_EXISTS, [insuranceId, branchId])) !== undefined;
  }

  /** Throws Duplicate where the cover has one of this number. */
  async insert(
    tx: Tx,
    { branchId, actor }: RequestContext,
    insuranceId: number,
    input: z.output<typeof CreateAuthorisation>,
  ): Promise<number> {
    const { number, drugId, ingredientId, atcPrefix, quantity, validFrom, validTo } = input;
    const subject = [drugId ?? null, ingredientId ?? null, atcPrefix ?? null];
    const values = [
      branchId,
      insuranceId,
      number,
      ...subject,
      quantity ?? null,
      validFrom,
      validTo,
      actor.userId,
    ];
    return (await tx.one<{ authorisationId: number }>(INSERT, values)).authorisationId;
  }

  /** False: it has another version. */
  async update(
    tx: Tx,
    authorisationId: number,
    { version, withdrawn, validTo, quantity }: z.output<typeof UpdateAuthorisation>,
  ): Promise<boolean> {
    const values = [withdrawn ?? null, validTo ?? null, quantity ?? null, quantity !== undefined];
    return (await tx.execute(UPDATE, [authorisationId, version, ...values])) === 1;
  }
}

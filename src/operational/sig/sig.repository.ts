import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** What a product's strength tells: its base unit and form, and its composition where it has one ingredient alone. */
export interface MedicineRow {
  readonly baseUnit: string;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

/** By primary key; the composition by drug_ingredients_position_key. One row. */
const MEDICINE = `
select /* sig.medicine */ d.base_unit as "baseUnit", d.dosage_form as "dosageForm", d.route, trim_scale(i.amount)::text as amount, i.unit,
  trim_scale(i.per_amount)::text as "perAmount", i.per_unit as "perUnit"
from reference.drugs d
left join lateral (
  select l.amount, l.unit, l.per_amount, l.per_unit from reference.drug_ingredients l
  where l.drug_id = d.drug_id and not exists (
    select from reference.drug_ingredients o where o.drug_id = d.drug_id and o.position <> l.position)
  limit 1) i on true
where d.drug_id = $1`;

@Injectable()
export class SigRepository {
  medicine(tx: Tx, drugId: number): Promise<MedicineRow | undefined> {
    return tx.maybeOne<MedicineRow>(MEDICINE, [drugId]);
  }
}

import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { addDays } from '../../platform/time/local-date.js';
import type { Supply } from './adherence.domain.js';
import type { RefillsDuePage, RefillsDueQuery } from './refills.schemas.js';
import { DUE, SUPPLIES } from './refills.sql.js';

type Due = z.output<typeof RefillsDuePage>['data'][number];

/** A product and what was handed over of it. */
export interface Supplied {
  readonly drugId: number;
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly strength: string | null;
  readonly supplies: readonly Supply[];
}

@Injectable()
export class RefillsRepository {
  due(tx: Tx, branchId: number, today: string, query: z.output<typeof RefillsDueQuery>): Promise<Due[]> {
    const { withinDays, overdueDays, cursor, limit } = query;
    const days = [today, addDays(today, -overdueDays), addDays(today, withinDays)];
    const after = [cursor?.dueOn ?? null, cursor?.prescriptionId ?? null];
    return tx.query<Due>(DUE, [branchId, ...days, ...after, limit]);
  }

  /** What was handed over to the person since a day. */
  supplies(tx: Tx, patientId: number, since: string): Promise<Supplied[]> {
    return tx.query<Supplied>(SUPPLIES, [patientId, since]);
  }
}

import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ControlledRegisterRepository } from './controlled-register.repository.js';
import type { RegisterQuery } from './controlled-register.schemas.js';
import type { RegisterRow } from './controlled-register.types.js';
import { printRegister } from './register-print.domain.js';

type Query = z.output<typeof RegisterQuery>;

/** Entries a file or a printed page holds at most. */
const PRINTED_ENTRIES = 5000;

const COLUMNS = [
  'drugId',
  'drugName',
  'schedule',
  'entryNo',
  'recordedAt',
  'day',
  'kind',
  'quantityIn',
  'quantityOut',
  'balanceAfter',
  'lotNumber',
  'expiryDate',
  'reason',
  'rxNumber',
  'patientName',
  'collectorName',
  'collectorDocument',
  'prescriberName',
  'prescriberLicence',
  'supplierName',
  'supplierDocument',
  'userName',
  'witnessName',
  'correctsEntryNo',
];

/** Reads the register of controlled products; the ledger of stock writes it. */
@Injectable()
export class ControlledRegisterService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: ControlledRegisterRepository,
  ) {}

  /** A page by product and number. Patients are named for who may read patients. */
  async findPage(
    ctx: RequestContext,
    query: Query,
  ): Promise<{ data: RegisterRow[]; nextCursor: string | null }> {
    const data = await this.find(ctx, query, query.limit);
    const last = data.length === query.limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? `${last.drugId}-${last.entryNo}` : null };
  }

  /** The whole selection as CSV. Throws RuleViolation for more than PRINTED_ENTRIES. */
  async csv(ctx: RequestContext, query: Query): Promise<string> {
    const rows = await this.whole(ctx, query);
    return stringify(
      rows.map(({ quantity, recordedAt, ...row }) => ({
        ...row,
        recordedAt: recordedAt.toISOString(),
        ...(quantity.startsWith('-') ? { quantityOut: quantity.slice(1) } : { quantityIn: quantity }),
      })),
      // A name that begins like a formula must stay a name where the file is opened as a table. No number has a sign.
      { header: true, bom: true, columns: COLUMNS, escape_formulas: true },
    );
  }

  /** The whole selection as a page to print. Throws RuleViolation for more than PRINTED_ENTRIES. */
  async html(ctx: RequestContext, query: Query): Promise<string> {
    const rows = await this.whole(ctx, query);
    return printRegister(
      rows,
      `${query.from ?? 'from the first entry'} – ${query.to ?? 'to the last entry'}`,
      query.kind === undefined,
    );
  }

  private async whole(ctx: RequestContext, query: Query): Promise<RegisterRow[]> {
    const rows = await this.find(ctx, { ...query, cursor: undefined }, PRINTED_ENTRIES + 1);
    if (rows.length <= PRINTED_ENTRIES) return rows;
    const detail = `More than ${PRINTED_ENTRIES} entries: ask for one product, or for fewer days.`;
    throw new RuleViolation(detail, {}, [{ pointer: '/from', detail }]);
  }

  private find(ctx: RequestContext, query: Query, limit: number): Promise<RegisterRow[]> {
    const { drugId, kind, from, to, cursor } = query;
    const [afterDrug, afterNo] = (cursor ?? '').split('-').map(Number);
    const after = afterDrug && afterNo ? ([afterDrug, afterNo] as const) : undefined;
    const isNamed = ctx.actor.permissions.has('ReadPatient');
    const asked = { drugId, kind, from, to, after, isNamed, limit };
    return this.uow.read(ctx, (tx) => this.register.findEntries(tx, ctx.branchId, asked));
  }
}

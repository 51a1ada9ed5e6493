import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  InvalidTransition,
  NotFound,
  RuleViolation,
  StaleVersion,
} from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { ChangeLotStatus, LotQuery, MovementQuery } from './inventory.schemas.js';
import { LotsRepository } from './lots.repository.js';
import type { ExpiryBand, ExpiryBandName, Lot, LotStatus, Movement } from './lots.types.js';
import { ShelvesRepository } from './shelves.repository.js';

/** Most rows of a file: more is a report of its own. */
const MOST_ROWS = 10_000;
const COLUMNS = [
  'bin',
  'drugId',
  'drugName',
  'lotId',
  'lotNumber',
  'expiryDate',
  'quantity',
  'quantityReserved',
  'unitCost',
  'status',
  'statusReason',
] as const;

const BANDS: readonly ExpiryBandName[] = ['expired', '30', '60', '90'];

/** From which status a lot may go where by hand. */
const CHANGES = {
  quarantined: ['available', 'on_hold'],
  on_hold: ['available', 'quarantined'],
  available: ['quarantined', 'on_hold'],
} as const satisfies Partial<Record<LotStatus, readonly LotStatus[]>>;

/** Lots as the stockroom sees them: lists, quarantine, ledger, expiry alerts. */
@Injectable()
export class LotsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lots: LotsRepository,
    private readonly shelves: ShelvesRepository,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof LotQuery>): Promise<Page<Lot>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.lots.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** All lots that fit as CSV, in the order one walks along the shelves. Throws RuleViolation for more than MOST_ROWS. */
  file(ctx: RequestContext, query: z.output<typeof LotQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const filter = { ...query, page: 1, limit: MOST_ROWS + 1 };
      const [lots] = await this.lots.findPage(tx, ctx.branchId, filter);
      if (lots.length > MOST_ROWS) throw new RuleViolation(`More than ${MOST_ROWS} lots: ask for fewer.`);
      const rows = lots.toSorted((a, b) => (a.bin ?? '').localeCompare(b.bin ?? ''));
      // A name that begins like a formula must stay a name where the file is opened as a table.
      return stringify(rows, { header: true, bom: true, columns: [...COLUMNS], escape_formulas: true });
    });
  }

  /** Ledger rows, newest first; `nextCursor` is null on the last page. */
  findMovements(
    ctx: RequestContext,
    query: z.output<typeof MovementQuery>,
  ): Promise<{ data: Movement[]; nextCursor: string | null }> {
    return this.uow.read(ctx, async (tx) => {
      const data = await this.lots.findMovements(tx, ctx.branchId, query);
      const last = data.length === query.limit ? data.at(-1) : undefined;
      return { data, nextCursor: last ? String(last.movementId) : null };
    });
  }

  /** What is expired or will be within 30, 60, 90 days, with its value at cost, and the hundred most pressing lots. */
  alerts(
    ctx: RequestContext,
  ): Promise<{ bands: ExpiryBand[]; lots: (Lot & { band: ExpiryBandName; value: string })[] }> {
    return this.uow.read(ctx, async (tx) => {
      const found = await this.lots.findExpiryBands(tx, ctx.branchId);
      const bands = BANDS.map(
        (band) => found.find((one) => one.band === band) ?? { band, lots: 0, value: '0.00' },
      );
      return { bands, lots: await this.lots.findExpiringLots(tx, ctx.branchId) };
    });
  }

  /**
   * Sets a lot aside (`quarantined` until it is judged, `on_hold` until a question is settled) or gives it free (`available`). A lot given free joins the available lot of the same
   * number, expiry and cost where there is one: two rows in the ledger, which carry the reason. Otherwise no stock
   * moves. Answers the lot the stock is in now.
   */
  changeStatus(
    ctx: RequestContext,
    input: z.output<typeof ChangeLotStatus>,
    to: 'quarantined' | 'on_hold' | 'available',
  ): Promise<Lot> {
    return this.uow.run(ctx, async (tx) => {
      const locked = await this.lots.lockWithTwin(tx, ctx.branchId, input.lotId);
      const lot = locked.find((one) => one.lotId === input.lotId);
      if (!lot) throw new NotFound('lot');
      if (lot.version !== input.version) throw new StaleVersion('lot');
      const from: readonly LotStatus[] = CHANGES[to];
      if (!from.includes(lot.status)) throw new InvalidTransition('lot', lot.status, to, nextOf(lot.status));
      const twin = locked.find((one) => one.lotId !== input.lotId);
      const home = to === 'available' && twin ? twin.lotId : lot.lotId;
      if (home === lot.lotId) {
        await this.lots.updateStatus(tx, lot.lotId, lot.version, to, input.reason);
      } else if (Quantity.of(lot.quantity).isPositive()) {
        const reason = `joined from lot row ${lot.lotId} to ${home}: ${input.reason}`;
        await this.shelves.repack(tx, ctx.branchId, lot.lotId, home, lot.quantity, reason);
      }
      const changed = await this.lots.find(tx, ctx.branchId, home);
      if (!changed) throw new NotFound('lot');
      return changed;
    });
  }
}

/** Where a lot of this status may go by hand. */
const nextOf = (status: LotStatus): LotStatus[] =>
  (Object.entries(CHANGES) as [LotStatus, readonly LotStatus[]][])
    .filter(([, from]) => from.includes(status))
    .map(([to]) => to);

import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { HealthNotes } from '../../platform/health/health-notes.js';
import { RecurringJob } from '../../platform/jobs/recurring-job.js';
import { Metrics, type Figure } from '../../platform/metrics/metrics.js';
import { IntegrityService } from '../integrity/integrity.service.js';
import { OfflineSalesService } from '../offline-sales/offline-sales.service.js';
import { OperationsRepository } from './operations.repository.js';

/** How often it is looked, ms: a quarter of a second at ten million movements, by the sums of closed months. */
const EVERY_MS = 5 * 60_000;
const INVARIANT = 'lot-equals-ledger';

/**
 * Compares stock with its ledger and counts what offline tills left to decide, and keeps the numbers for metrics and the health
 * check. The whole check is `doctor`.
 */
@Injectable()
export class StockCheckJobService extends RecurringJob {
  private discrepancies: number | undefined;
  private conflicts: number | undefined;

  constructor(
    private readonly integrity: IntegrityService,
    private readonly offline: OfflineSalesService,
    private readonly repository: OperationsRepository,
    metrics: Metrics,
    notes: HealthNotes,
    http: HttpAdapterHost,
  ) {
    super(http, 'stock-check', EVERY_MS);
    metrics.add('stock', () => this.ofStock());
    metrics.add('activity', () => this.ofActivity());
    notes.add('stock', () =>
      this.discrepancies
        ? {
            state: 'degraded',
            words: `${this.discrepancies} lots differ from their ledger: run the integrity check (doctor).`,
          }
        : 'agrees with its ledger',
    );
  }

  protected async look(): Promise<string | undefined> {
    const branchIds = await this.integrity.branchIds();
    this.discrepancies = await this.integrity.countBroken(INVARIANT, branchIds);
    this.conflicts = await this.offline.countConflicts(branchIds);
    return this.discrepancies > 0 ? `${this.discrepancies} lots differ from their ledger` : undefined;
  }

  private ofStock(): Figure[] {
    return [
      ...(this.discrepancies === undefined
        ? []
        : [
            {
              name: 'meditory_stock_discrepancies',
              help: 'Lots that differ from their ledger, at the last look.',
              value: this.discrepancies,
            },
          ]),
      ...(this.conflicts === undefined
        ? []
        : [
            {
              name: 'meditory_offline_sale_conflicts',
              help: 'Offline sales that wait for a decision, at the last look.',
              value: this.conflicts,
            },
          ]),
    ];
  }

  private async ofActivity(): Promise<Figure[]> {
    const { movements, sales, databaseBytes } = await this.repository.activity();
    const walBytes = await this.repository.walBytes();
    const counted = (name: string, help: string, value: number): Figure => ({
      name,
      help,
      value,
      isCounter: true,
    });
    return [
      counted('meditory_stock_movements_total', 'Rows added to the ledger of stock.', movements),
      counted('meditory_sales_total', 'Sales posted, returns among them.', sales),
      { name: 'meditory_database_size_bytes', help: 'Size of the database.', value: databaseBytes },
      ...(walBytes === undefined
        ? []
        : [{ name: 'meditory_wal_size_bytes', help: 'Size of the write-ahead log.', value: walBytes }]),
    ];
  }
}

import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { LateTx, Tx } from '../../platform/database/tx.js';
import * as sql from './alerts.sql.js';
import type { IdentifiedAlert } from './judged-content.domain.js';
import type { Override } from './override.types.js';
import type { UserOverrides, RuleOverrides } from './overrides-report.schemas.js';
import type {
  ClearedScreening,
  Judged,
  RememberedOverride,
  ScreenedSubject,
  ScreeningTarget,
  StoredAlert,
} from './screening.types.js';

/** Rows of the rules a verdict rests on, by table. */
export interface RuleIdsByTable {
  readonly interactions: readonly number[];
  readonly allergyRules: readonly number[];
  readonly contraindications: readonly number[];
  readonly doseRules: readonly number[];
}

/** A screening as it is kept. */
export interface StoredScreening {
  readonly screeningId: number;
  readonly patientId: number;
  readonly purpose: 'entry' | 'fill' | 'verify' | 'dispense' | 'sale';
  readonly prescriptionId: number | null;
  readonly facts: Judged['facts'];
  readonly knowledge: Omit<
    Judged['knowledge'],
    'interactions' | 'allergyRules' | 'contraindications' | 'doseRules'
  >;
  readonly ruleIds: RuleIdsByTable;
  readonly verdict: Judged['verdict'];
  readonly contentSha256: string;
  readonly verdictSha256: string;
  readonly engine: number;
  readonly releaseId: number | null;
  readonly screenedBy: string | null;
  readonly screenedAt: string;
}

/** What of a screening is judged again by other rules. */
type RecentScreening = Pick<StoredScreening, 'screeningId' | 'patientId' | 'facts' | 'knowledge'>;

export interface OverrideOfFill {
  readonly identity: string;
  readonly reason: Override['reason'];
  readonly note: string;
  readonly overriddenBy: string | null;
  readonly overriddenAt: string;
  readonly isRemembered: boolean;
}

/** Alerts, what was done about them, and the screenings kept. */
@Injectable()
export class AlertsRepository {
  /** Keeps the alerts of a screening; a finding kept before is left as it was first shown. */
  async insert(
    tx: Tx,
    branchId: number,
    { patientId, prescriptionId }: ScreenedSubject,
    alerts: readonly IdentifiedAlert[],
  ): Promise<void> {
    if (alerts.length === 0) return;
    await tx.execute(sql.INSERT_ALERTS, [branchId, patientId, prescriptionId, JSON.stringify(alerts)]);
  }

  /** Every alert ever raised about the prescription, or about what he bought over the counter; gravest first. */
  ofSubject(
    tx: Tx,
    { patientId, prescriptionId }: Omit<ScreenedSubject, 'proposed'>,
  ): Promise<StoredAlert[]> {
    return tx.query<StoredAlert>(sql.ALERTS, [patientId, prescriptionId]);
  }

  /** Decisions remembered about these findings, by identity. */
  async remembered(
    tx: Tx,
    branchId: number,
    patientId: number,
    identities: readonly string[],
  ): Promise<ReadonlyMap<string, Omit<RememberedOverride, 'alertId'>>> {
    if (identities.length === 0) return new Map();
    const rows = await tx.query<Omit<RememberedOverride, 'alertId'> & { identity: string }>(sql.REMEMBERED, [
      patientId,
      identities,
      branchId,
    ]);
    return new Map(rows.map(({ identity, ...row }) => [identity, row]));
  }

  /** Alerts overridden for the fill. */
  async overridden(tx: Tx, fillId: number): Promise<number[]> {
    return (await tx.query<{ alertId: number }>(sql.OVERRIDDEN, [fillId])).map((row) => row.alertId);
  }

  /** Keeps what answered the alerts: decisions made now, and those remembered. */
  async insertOverrides(
    tx: Tx,
    branchId: number,
    target: { readonly fillId: number } | { readonly saleId: number },
    { overrides, remembered }: Pick<ClearedScreening, 'overrides' | 'remembered'>,
    userId: number,
  ): Promise<void> {
    const rows = [
      ...overrides.map((override) => ({ ...override, overrideId: null })),
      ...remembered.map(({ alertId, reason, note, overrideId }) => ({ alertId, reason, note, overrideId })),
    ];
    if (rows.length === 0) return;
    await tx.execute(sql.INSERT_OVERRIDES, [
      branchId,
      'fillId' in target ? target.fillId : null,
      'saleId' in target ? target.saleId : null,
      rows.map((row) => row.alertId),
      rows.map((row) => row.reason),
      rows.map((row) => row.note.trim()),
      rows.map((row) => row.overrideId),
      userId,
    ]);
  }

  async insertScreening(
    tx: Tx,
    branchId: number,
    userId: number,
    target: ScreeningTarget,
    kept: Omit<
      StoredScreening,
      'screeningId' | 'purpose' | 'prescriptionId' | 'releaseId' | 'screenedBy' | 'screenedAt'
    >,
  ): Promise<void> {
    const isSale = target.purpose === 'sale';
    await tx.execute(sql.INSERT_SCREENING, [
      branchId,
      kept.patientId,
      target.purpose,
      isSale ? null : target.prescriptionId,
      'fillId' in target ? target.fillId : null,
      isSale ? target.saleId : null,
      isSale ? null : target.drugId,
      JSON.stringify(kept.facts),
      JSON.stringify(kept.knowledge),
      JSON.stringify(kept.ruleIds),
      JSON.stringify(kept.verdict),
      kept.contentSha256,
      kept.verdictSha256,
      kept.engine,
      userId > 0 ? userId : null,
    ]);
  }

  screeningsOfFill(tx: Tx, branchId: number, fillId: number): Promise<StoredScreening[]> {
    return tx.query<StoredScreening>(sql.OF_FILL, [fillId, branchId]);
  }

  screeningsOfEntry(tx: Tx, branchId: number, prescriptionId: number): Promise<StoredScreening[]> {
    return tx.query<StoredScreening>(sql.OF_ENTRY, [prescriptionId, branchId]);
  }

  overridesOfFill(tx: Tx, fillId: number): Promise<OverrideOfFill[]> {
    return tx.query<OverrideOfFill>(sql.OVERRIDES_OF_FILL, [fillId]);
  }

  /** Screenings kept in the last months, older than one of them, the latest first. */
  recentScreenings(
    tx: Tx,
    branchId: number,
    months: number,
    before: number,
    limit: number,
  ): Promise<RecentScreening[]> {
    return tx.query<RecentScreening>(sql.RECENT, [branchId, months, before, limit]);
  }

  ratesByRule(
    tx: LateTx,
    branchId: number,
    from: string,
    to: string,
  ): Promise<z.output<typeof RuleOverrides>[]> {
    return tx.query(sql.RATES_BY_RULE, [branchId, from, to]);
  }

  ratesByUser(
    tx: LateTx,
    branchId: number,
    from: string,
    to: string,
  ): Promise<z.output<typeof UserOverrides>[]> {
    return tx.query(sql.RATES_BY_USER, [branchId, from, to]);
  }
}

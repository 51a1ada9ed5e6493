import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { CoverFacts, PlanTerms } from './adjudication.domain.js';
import { periodOf, type Authorisation, type CoverageRule, type Medicine } from './coverage.domain.js';
import * as sql from './coverage.sql.js';

/** A cover in the order covers are asked. */
export interface CoverInLine {
  readonly insuranceId: number;
  readonly payerId: number;
  readonly payerName: string;
  readonly payerNameAr: string | null;
}

/** What a claim is of, as far as earlier claims matter. */
export interface SupplyOf {
  readonly drugId: number;
  readonly serviceDate: string;
  /** The fill number it belongs to; null before there is one. */
  readonly prescriptionId: number | null;
  readonly fillNumber: number | null;
}

interface CoverRow {
  readonly memberNumber: string;
  readonly memberFormat: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly coveragePercent: string | null;
  readonly payerActive: boolean;
  readonly planId: number | null;
  readonly planFrom: string | null;
  readonly planTo: string | null;
  readonly period: 'year' | 'month' | null;
  readonly deductible: string | null;
  readonly periodCap: string | null;
  readonly claimCap: string | null;
  readonly planActive: boolean | null;
}

/** Where no plan is on record, the cover's own percentage is the plan: of everything, without limit. */
function ownPercentage(percent: string | null): CoverageRule[] {
  if (percent === null) return [];
  return [
    {
      ruleId: null,
      drugId: null,
      ingredientId: null,
      atcPrefix: null,
      covered: true,
      payerPercent: percent,
      copay: null,
      claimCap: null,
      maxUnitPrice: null,
      maxQuantity: null,
      maxDaysSupply: null,
      refillAfterShare: null,
      needsAuthorisation: false,
    },
  ];
}

const termsOf = (cover: CoverRow): PlanTerms => ({
  validFrom: cover.planFrom ?? '1000-01-01',
  validTo: cover.planTo,
  period: cover.period ?? 'year',
  deductible: cover.deductible ?? '0',
  periodCap: cover.periodCap,
  claimCap: cover.claimCap,
  active: cover.payerActive && (cover.planActive ?? true),
});

/** What the rules of a cover must know. */
@Injectable()
export class CoverageRepository {
  coversOf(tx: Tx, patientId: number, day: string): Promise<CoverInLine[]> {
    return tx.query<CoverInLine>(sql.COVERS_OF_PATIENT, [patientId, day]);
  }

  medicine(tx: Tx, drugId: number): Promise<Medicine | undefined> {
    return tx.maybeOne<Medicine>(sql.MEDICINE, [drugId]);
  }

  async coverFacts(tx: Tx, insuranceId: number, supply: SupplyOf): Promise<CoverFacts> {
    const cover = await tx.one<CoverRow>(sql.COVER, [insuranceId]);
    const plan = termsOf(cover);
    const [rules, authorisations, used, lastSupply] = await Promise.all([
      cover.planId === null
        ? ownPercentage(cover.coveragePercent)
        : tx.query<CoverageRule>(sql.RULES_APPLIED, [cover.planId]),
      tx.query<Authorisation>(sql.AUTHORISATIONS_ON, [insuranceId, supply.serviceDate]),
      tx.one<CoverFacts['used']>(sql.USED, [insuranceId, periodOf(supply.serviceDate, plan.period)]),
      tx.maybeOne<NonNullable<CoverFacts['lastSupply']>>(sql.LAST_SUPPLY, [
        insuranceId,
        supply.drugId,
        supply.prescriptionId,
        supply.fillNumber,
      ]),
    ]);
    const { memberNumber, memberFormat, validFrom, validTo } = cover;
    return {
      memberNumber,
      memberFormat,
      validFrom,
      validTo,
      plan,
      rules,
      authorisations,
      used,
      lastSupply: lastSupply ?? null,
    };
  }
}

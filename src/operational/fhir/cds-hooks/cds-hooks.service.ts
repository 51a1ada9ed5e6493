import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { InvalidRequest, NotFound } from '../../../platform/errors/domain-error.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Screening } from '../../../reference/clinical/clinical.types.js';
import { CodingService } from '../../../reference/coding/coding.service.js';
import type { KnownMedicine } from '../../../reference/coding/coding.types.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { OVERRIDE_REASONS } from '../../screening/override.types.js';
import { ScreeningService } from '../../screening/screening.service.js';
import { alertCards, coverageCard, type Card, type MadeCard } from './cards.domain.js';
import { FhirDataMissing } from './cds-hooks.errors.js';
import { CdsHooksRepository } from './cds-hooks.repository.js';
import { HOOKS, type CdsRequest } from './cds-hooks.schemas.js';
import type { CheckedPerson, Gap, NamedMedicine } from '../reading/reading.types.js';
import type { CheckedMedicine } from './cds-hooks.types.js';
import { SERVICE_ID } from './cds-services.js';
import {
  allergyEntries,
  conditionEntries,
  medicineEntries,
  understand,
  type CheckedAllergy,
  type UnderstoodMedicine,
} from './check-input.domain.js';
import { readAllergies } from '../reading/fhir-allergies.domain.js';
import { isTakenNow, medicationsByReference, nameMedicine } from '../reading/fhir-medicine.domain.js';
import { readPerson } from '../reading/fhir-person.domain.js';
import type { FhirMedication, FhirMedicationUse } from '../reading/fhir.types.js';
import { isWithinOne, repeatedIngredients } from './repeated-ingredients.domain.js';
import { readRequest, type CdsFacts } from './request-reader.js';

/** A call as screening can take it, with what is to be said beside its verdict. */
interface Understood {
  readonly orders: readonly UnderstoodMedicine[];
  readonly current: readonly UnderstoodMedicine[];
  readonly proposedEntries: readonly CheckedMedicine[];
  readonly currentEntries: readonly CheckedMedicine[];
  readonly person: CheckedPerson;
  readonly allergies: readonly CheckedAllergy[] | undefined;
  readonly conditions: readonly { readonly icd10: string | null; readonly name: string }[];
  readonly gaps: readonly Gap[];
}

/**
 * Answers CDS Hooks calls by the same screening as the counter. All facts come in the call: no patient of ours is looked
 * up, and nothing is fetched from the client's server.
 */
@Injectable()
export class CdsHooksService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly coding: CodingService,
    private readonly branches: BranchesService,
    private readonly screening: ScreeningService,
    private readonly records: CdsHooksRepository,
  ) {}

  /**
   * Judges the orders of a call and answers its cards; none when all was checked and nothing found. Throws NotFound for
   * another service, InvalidRequest (400) for another hook and for orders of another patient, FhirDataMissing (412) when
   * no order says which medicine it is of.
   */
  async check(ctx: RequestContext, serviceId: string, request: CdsRequest): Promise<{ cards: Card[] }> {
    requireService(serviceId);
    requireHook(request);
    const facts = readRequest(request);
    const understood = await this.uow.read(ctx, (tx) => this.understand(tx, ctx, facts));
    const made = await this.judge(ctx, understood);
    if (made.length > 0)
      await this.uow.run(ctx, (tx) => this.records.insertCards(tx, ctx, serviceId, request, made));
    return { cards: made.map(({ card }) => card) };
  }

  private async judge(ctx: RequestContext, understood: Understood): Promise<MadeCard[]> {
    const { orders, current, gaps } = understood;
    const verdict = await this.verdict(ctx, understood);
    const alerts = [
      ...verdict.alerts.filter((alert) => !isWithinOne(alert, [...orders, ...current])),
      ...repeatedIngredients(orders, current),
    ].sort((a, b) => Number(b.stops) - Number(a.stops));
    const coverage = coverageCard(verdict.notChecked, gaps, randomUUID);
    return [...alertCards(alerts, orders, OVERRIDE_REASONS, randomUUID), ...(coverage ? [coverage] : [])];
  }

  /** The verdict of screening; empty where no medicine is ordered. */
  private async verdict(ctx: RequestContext, understood: Understood): Promise<Screening> {
    const { proposedEntries, currentEntries, person, allergies, conditions } = understood;
    if (proposedEntries.length === 0) return { alerts: [], notChecked: [] };
    return this.screening.check(ctx, {
      drugs: [...proposedEntries],
      current: [...currentEntries],
      patient: {
        ...person,
        ...(allergies ? { allergies: [...allergies] } : {}),
        conditions: [...conditions],
      },
    });
  }

  private async understand(tx: Tx, ctx: RequestContext, facts: CdsFacts): Promise<Understood> {
    const { today } = await this.branches.settings(tx, ctx.branchId);
    const read = readPerson(facts.patient, facts.observations, today);
    const { person, entries: conditions, gaps: tooMany } = conditionEntries(facts.conditions, read.person);
    const sent = medicationsByReference(facts.medications);
    const orders = named(facts.orders, sent, person.weightKg);
    if (orders.found.length === 0 && orders.notSent.length > 0) throw new FhirDataMissing(orders.notSent);
    const taken = facts.records.filter((record) => isTakenNow(record, today));
    const current = named([...facts.otherDrafts, ...taken], sent, person.weightKg);
    const known = await this.identify(tx, [...orders.found, ...current.found]);
    const proposed = known.slice(0, orders.found.length);
    const other = known.slice(orders.found.length);
    const allergies = readAllergies(facts.allergies);
    const allergens = await this.coding.identifyAllergens(
      tx,
      (allergies ?? []).map(({ words }) => words),
    );
    const proposedEntries = medicineEntries(proposed.map(({ medicine }) => medicine));
    const currentEntries = medicineEntries(other.map(({ medicine }) => medicine));
    const allergyList = allergyEntries(allergies, allergens);
    return {
      orders: proposed.map(({ medicine }) => medicine),
      current: other.map(({ medicine }) => medicine),
      proposedEntries: proposedEntries.entries,
      currentEntries: currentEntries.entries,
      person,
      allergies: allergyList.entries,
      conditions,
      gaps: [
        ...facts.gaps,
        ...read.gaps,
        ...tooMany,
        ...[...orders.missing, ...current.missing].map((about) => ({
          reason: 'the medicine is not named, or its Medication was not sent',
          about: [about],
        })),
        ...known.flatMap(({ gaps }) => gaps),
        ...proposedEntries.gaps,
        ...currentEntries.gaps,
        ...allergyList.gaps,
      ],
    };
  }

  /** What the catalogue takes each medicine for, with the ingredients its Medication lists, in one question. */
  private async identify(
    tx: Tx,
    medicines: readonly NamedMedicine[],
  ): Promise<{ medicine: UnderstoodMedicine; gaps: Gap[] }[]> {
    const asked = medicines.flatMap(({ words, ingredients }) => [
      words,
      ...ingredients.map((ingredient) => ingredient.words),
    ]);
    const answers: readonly KnownMedicine[] = asked.length === 0 ? [] : await this.coding.identify(tx, asked);
    let at = 0;
    return medicines.map((medicine) => {
      const own = answers[at];
      const listed = answers.slice(at + 1, at + 1 + medicine.ingredients.length);
      at += 1 + medicine.ingredients.length;
      return understand(medicine, own, listed);
    });
  }
}

/** Throws NotFound for a service there is not. */
export function requireService(serviceId: string): void {
  if (serviceId !== SERVICE_ID) throw new NotFound('CDS service');
}

function requireHook({ hook, context }: CdsRequest): void {
  if (!HOOKS.some((known) => known === hook))
    throw new InvalidRequest(`This service answers ${HOOKS.join(' and ')}.`, {}, [
      { pointer: '/hook', detail: `must be one of ${HOOKS.join(', ')}` },
    ]);
  if (hook === 'order-select' && (context.selections ?? []).length === 0)
    throw new InvalidRequest('order-select names the orders selected.', {}, [
      { pointer: '/context/selections', detail: 'is required' },
    ]);
}

/** Medicines by their names; the orders or records that name none, and those of them whose Medication was not sent. */
function named(
  uses: readonly FhirMedicationUse[],
  sent: ReadonlyMap<string, FhirMedication>,
  weightKg: string | null | undefined,
): { found: NamedMedicine[]; missing: string[]; notSent: string[] } {
  const found: NamedMedicine[] = [];
  const missing: string[] = [];
  const notSent: string[] = [];
  for (const use of uses) {
    const medicine = nameMedicine(use, sent, weightKg);
    const reference = `${use.resourceType}/${use.id ?? '?'}`;
    if (medicine) found.push(medicine);
    else missing.push(reference);
    if (!medicine && use.medicationReference?.reference !== undefined) notSent.push(reference);
  }
  return { found, missing, notSent };
}

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { ChangedProduct, NamedClinicalSubject, ScreeningFacts } from './clinical.types.js';
import type { ClinicalKnowledge, KnownDrug } from './screening-knowledge.domain.js';
import {
  FIND_COMPOSITIONS,
  FIND_GROUPS,
  FIND_KNOWLEDGE,
  FIND_STAND_INS,
  HOLD_RULES,
  RESOLVE_NAMES,
} from './screening.sql.js';

/** Reads what screening must know: two statements, however many medicines and rules there are. */
@Injectable()
export class ScreeningRepository {
  /** Compositions, group hierarchy and the current rules that can concern these facts. */
  async findKnowledge(tx: Tx, facts: ScreeningFacts): Promise<ClinicalKnowledge> {
    const medicines = [...facts.proposed, ...facts.current];
    const drugIds = distinct(medicines.map(({ drugId }) => drugId));
    const drugs = drugIds.length === 0 ? [] : await tx.query<KnownDrug>(FIND_COMPOSITIONS, [drugIds]);
    const contained = drugs.flatMap((drug) => drug.composition.map(({ ingredientId }) => ingredientId));
    const bare = medicines.map(({ drugId, ingredientId }) => (drugId === undefined ? ingredientId : null));
    const { allergies } = facts.patient;
    const rest = await tx.one<Omit<ClinicalKnowledge, 'drugs'>>(FIND_KNOWLEDGE, [
      distinct([...contained, ...bare]),
      drugIds,
      distinct(allergies.map(({ ingredientId }) => ingredientId)),
      distinct(allergies.map(({ groupId }) => groupId)),
    ]);
    return { ...rest, drugs };
  }

  /** The same for many people at once, and for ingredients that some products would have. */
  findKnowledgeOfAll(
    tx: Tx,
    facts: readonly ScreeningFacts[],
    changed: readonly ChangedProduct[],
  ): Promise<ClinicalKnowledge> {
    const wouldContain = changed.flatMap(({ composition }) =>
      composition.flatMap(({ ingredientId }) => (ingredientId === null ? [] : [{ ingredientId }])),
    );
    const [first] = facts;
    if (first === undefined) throw new Error('there is nobody to be judged');
    const allergies = facts.flatMap(({ patient }) => patient.allergies);
    const medicines = facts.flatMap(({ proposed, current }) => [...proposed, ...current]);
    return this.findKnowledge(tx, {
      ...first,
      patient: { ...first.patient, allergies },
      proposed: [...medicines, ...wouldContain],
      current: [],
    });
  }

  /** The facts with every salt and merged ingredient they name replaced by the ingredient that stands for it. */
  async withStandIns(tx: Tx, facts: ScreeningFacts): Promise<ScreeningFacts> {
    const { patient, proposed, current } = facts;
    const named = [...patient.allergies, ...proposed, ...current].map(({ ingredientId }) => ingredientId);
    const ids = distinct(named);
    if (ids.length === 0) return facts;
    const rows = await tx.query<{ ingredientId: number; standInId: number }>(FIND_STAND_INS, [ids]);
    if (rows.length === 0) return facts;
    const standIns = new Map(rows.map(({ ingredientId, standInId }) => [ingredientId, standInId]));
    const replace = <Subject extends { readonly ingredientId?: number | null }>(
      subject: Subject,
    ): Subject => ({
      ...subject,
      ingredientId: standIns.get(subject.ingredientId ?? 0) ?? subject.ingredientId,
    });
    return {
      ...facts,
      patient: { ...patient, allergies: patient.allergies.map(replace) },
      proposed: proposed.map(replace),
      current: current.map(replace),
    };
  }

  /** Ingredient (by name or synonym) or group (by code or name) for each name; a name nobody knows is absent. */
  async resolveNames(tx: Tx, names: readonly string[]): Promise<ReadonlyMap<string, NamedClinicalSubject>> {
    if (names.length === 0) return new Map();
    const asked = [...new Set(names)];
    const rows = await tx.query<NamedClinicalSubject & { name: string }>(RESOLVE_NAMES, [
      asked,
      asked.map(foldText),
    ]);
    return new Map(
      rows
        .filter(({ ingredientId, groupId }) => ingredientId !== null || groupId !== null)
        .map(({ name, ingredientId, groupId }) => [name, { ingredientId, groupId }]),
    );
  }

  /** Shares the lock that publishing rules takes alone. */
  async holdRules(tx: Tx): Promise<void> {
    await tx.query(HOLD_RULES);
  }

  async findGroupIds(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (codes.length === 0) return new Map();
    const rows = await tx.query<{ groupId: number; code: string }>(FIND_GROUPS, [codes]);
    return new Map(rows.map(({ code, groupId }) => [code, groupId]));
  }
}

const distinct = (ids: readonly (number | null | undefined)[]): number[] => [
  ...new Set(ids.filter((id) => id !== null && id !== undefined)),
];

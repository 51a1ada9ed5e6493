import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { ClinicalService } from '../../../reference/clinical/clinical.service.js';
import { CodingService } from '../../../reference/coding/coding.service.js';
import type { KnownMedicine } from '../../../reference/coding/coding.types.js';
import type { Substance } from './bundle-import.repository.js';
import type { AllergyFacts, MedicineFacts } from './clinical.domain.js';

/** A medicine as the record keeps it: a product, or each ingredient, or words where nothing is known. */
export interface KnownSubstances {
  readonly substances: readonly Substance[];
  readonly notes: readonly string[];
}

/** What allergens and medicines of a bundle are in the catalogue. Nothing is guessed from likeness. */
@Injectable()
export class Substances {
  constructor(
    private readonly coding: CodingService,
    private readonly clinical: ClinicalService,
  ) {}

  /** What each allergy is to, in the order asked. */
  async ofAllergies(tx: Tx, facts: readonly AllergyFacts[]): Promise<KnownSubstances[]> {
    if (facts.length === 0) return [];
    const known = await this.coding.identifyAllergens(
      tx,
      facts.map(({ words }) => words),
    );
    const names = known.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
    const named = await this.clinical.resolveNames(tx, names);
    return facts.map(({ label }, index): KnownSubstances => {
      const one = known[index];
      if (one?.kind === 'ingredient') return { substances: [{ ingredientId: one.ingredientId }], notes: [] };
      const subject = one?.kind === 'name' ? named.get(one.name) : undefined;
      if (subject && subject.ingredientId !== null)
        return { substances: [{ ingredientId: subject.ingredientId }], notes: [] };
      if (subject && subject.groupId !== null)
        return { substances: [{ groupId: subject.groupId }], notes: [] };
      return {
        substances: [{ text: label }],
        notes: ['the allergen is not in the catalogue: kept in words, and not screened'],
      };
    });
  }

  /** What each medicine is, in the order asked. */
  async ofMedicines(tx: Tx, facts: readonly MedicineFacts[]): Promise<KnownSubstances[]> {
    if (facts.length === 0) return [];
    const answers = await this.coding.identify(
      tx,
      facts.flatMap(({ words, ingredients }) => [words, ...ingredients]),
    );
    let at = 0;
    return facts.map((one) => {
      const own = answers[at];
      const listed = answers.slice(at + 1, at + 1 + one.ingredients.length);
      at += 1 + one.ingredients.length;
      return substancesOf(one, own, listed);
    });
  }
}

const IN_WORDS = 'the medicine is not in the catalogue: kept in words, and not screened';
const IN_PART = 'a part of the medicine is not in the catalogue: kept in words too';

function substancesOf(
  { label }: MedicineFacts,
  own: KnownMedicine | undefined,
  listed: readonly KnownMedicine[],
): KnownSubstances {
  if (own?.kind === 'product') return { substances: [{ drugId: own.drugId }], notes: [] };
  const parts = [...listed, ...(own ? [own] : [])].flatMap((one) =>
    one.kind === 'ingredients' ? one.parts : [],
  );
  const ids = [...new Set(parts.map(({ ingredientId }) => ingredientId))];
  if (ids.length === 0) return { substances: [{ text: label }], notes: [IN_WORDS] };
  const isUnknown = (one: KnownMedicine): boolean =>
    one.kind === 'unknown' || (one.kind === 'ingredients' && one.unknown.length > 0);
  const isPart = listed.length > 0 ? listed.some(isUnknown) : own !== undefined && isUnknown(own);
  return {
    substances: [...ids.map((ingredientId) => ({ ingredientId })), ...(isPart ? [{ text: label }] : [])],
    notes: [
      ...(isPart ? [IN_PART] : []),
      ...(own?.kind === 'ingredients' && own.isContradictory
        ? ['code and name of the medicine mean different ingredients: both are kept']
        : []),
    ],
  };
}

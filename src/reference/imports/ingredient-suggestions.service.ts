import { Injectable } from '@nestjs/common';

import { withoutStrengths } from './amount.domain.js';
import { buildIngredientIndex, type IngredientIndex, type KnownName } from './ingredient-index.domain.js';
import { suggestIngredients, type IngredientSuggestion } from './ingredient-suggest.domain.js';

/** What unknown ingredient texts may mean, for the worklist. The import links by the same names. */
@Injectable()
export class IngredientSuggestionsService {
  private built: { readonly fingerprint: string; readonly index: IngredientIndex<number> } | undefined;

  /** Forgets the names when `fingerprint` is not the one they were read under, and reads them anew. */
  async prepare(fingerprint: string, readNames: () => Promise<Iterable<KnownName<number>>>): Promise<void> {
    if (this.built?.fingerprint === fingerprint) return;
    this.built = { fingerprint, index: buildIngredientIndex(await readNames()) };
  }

  /** Up to `limit` ingredients (by identity) a text may mean, best first; [] where nothing comes near. Some 1 to 5 ms. */
  suggest(text: string, limit: number): IngredientSuggestion<number>[] {
    return this.built ? suggestIngredients(text, this.built.index, limit) : [];
  }

  /** The name in a composition text: "PARACETAMOL 500 MG" names paracetamol. */
  nameIn(text: string): string {
    return withoutStrengths(text).replaceAll(/\s+/g, ' ').trim();
  }
}

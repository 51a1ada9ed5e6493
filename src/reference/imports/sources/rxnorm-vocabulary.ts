import type { RowRef, SourceIngredient, SubstanceCodes } from '../source.types.js';
import type { RxNormName } from './rxnorm-name.domain.js';
import type { SideTable } from './side-table.js';

/** A concept of RxNorm. */
export interface Concept {
  ref: RowRef;
  rxcui: string;
  tty: string;
  name: string;
}

/** Brands of several words are often descriptions ("Pain Relief"), and so are short ones. */
const BRAND_WORD = /^[A-Z][A-Za-z]{4,}$/;

/**
 * Names FDA gave a prefix to keep them apart from the substance they are made of: fam-trastuzumab deruxtecan-nxki is no
 * salt of trastuzumab, whatever the links say.
 */
const OTHER_SUBSTANCE = /^[a-z]{2,4}-/;

/** Ingredients, salts and mixtures of RxNorm, found by their number and by their name. */
export class RxNormVocabulary {
  private readonly byId = new Map<string, Concept & { unii: string }>();
  private readonly byName = new Map<string, Concept & { unii: string }>();
  private readonly bases = new Map<string, Map<string, number>>();
  private readonly brands = new Map<string, Set<string>>();

  add(ingredient: Concept & { unii: string }): void {
    this.byId.set(ingredient.rxcui, ingredient);
    if (ingredient.tty !== 'MIN') this.byName.set(ingredient.name.toLowerCase(), ingredient);
  }

  get(rxcui: string): Concept | undefined {
    return this.byId.get(rxcui);
  }

  all(): Iterable<Concept & { unii: string }> {
    return this.byId.values();
  }

  /** Codes of the ingredient a name is. */
  codesOf(name: string): SubstanceCodes | undefined {
    const found = this.byName.get(name.toLowerCase());
    return found === undefined ? undefined : codes(found);
  }

  /** Learns from a product what its salts are salts of: one salt beside one substance. */
  learnBases(ingredients: readonly string[]): void {
    const found = ingredients.flatMap((rxcui) => this.byId.get(rxcui) ?? []);
    const [salt, ...otherSalts] = found.filter(({ tty }) => tty === 'PIN');
    const [base, ...otherBases] = found.filter(({ tty }) => tty === 'IN');
    if (salt === undefined || base === undefined || otherSalts.length > 0 || otherBases.length > 0) return;
    if (OTHER_SUBSTANCE.test(salt.name)) return;
    const votes = this.bases.get(salt.rxcui) ?? new Map<string, number>();
    votes.set(base.rxcui, (votes.get(base.rxcui) ?? 0) + 1);
    this.bases.set(salt.rxcui, votes);
  }

  /** Learns from a branded product which substance its brand stands for; "" where it is no single one. */
  learnBrand(brand: string, { parts }: RxNormName): void {
    const substances = this.brands.get(brand) ?? new Set<string>();
    const [only, ...others] = parts;
    const found =
      only === undefined || others.length > 0 ? undefined : this.byName.get(only.text.toLowerCase());
    substances.add(found === undefined ? '' : (this.baseOf(found.rxcui) ?? found.rxcui));
    this.brands.set(brand, substances);
  }

  /** The substance a salt belongs to, where its products agree or its name begins with that of one. */
  baseOf(salt: string): string | undefined {
    const votes = this.bases.get(salt);
    if (votes === undefined || this.byId.get(salt)?.tty !== 'PIN') return undefined;
    const [only, ...others] = votes.keys();
    if (others.length === 0) return only;
    const name = this.byId.get(salt)?.name ?? '';
    return [...votes.keys()].find((base) => name.startsWith(`${this.byId.get(base)?.name ?? ' '} `));
  }

  /** Brands that stand for one substance in all their products, by the substance. */
  brandsOf(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const [brand, substances] of this.brands) {
      const [substance = '', ...others] = substances;
      if (substance === '' || others.length > 0 || !BRAND_WORD.test(brand)) continue;
      if (this.byName.has(brand.toLowerCase())) continue;
      found.set(substance, [...(found.get(substance) ?? []), brand]);
    }
    return found;
  }

  /** The ingredient as the pipeline takes it. `rows` are its rows in other files. */
  record(
    ingredient: Concept & { unii: string },
    rows: readonly RowRef[],
    brands: readonly string[],
  ): SourceIngredient {
    const { ref, rxcui, tty, name } = ingredient;
    const base = this.baseOf(rxcui);
    return {
      kind: 'ingredient',
      ...ref,
      rows,
      sourceId: rxcui,
      name,
      role: tty === 'IN' ? 'substance' : tty === 'PIN' ? 'salt' : 'group',
      ...(base === undefined ? {} : { baseId: base }),
      codes: codes(ingredient),
      ...(brands.length === 0
        ? {}
        : { synonyms: brands.map((text) => ({ text, kind: 'brand_generic' as const })) }),
    };
  }
}

function codes({ rxcui, unii }: { rxcui: string; unii: string }): SubstanceCodes {
  return { rxcui, own: rxcui, ...(/^[A-Z0-9]{10}$/.test(unii) ? { unii } : {}) };
}

/** The ingredients a concept is said to have. */
export function ingredientsOf(table: SideTable, rxcui: string): string[] {
  return table.peek(rxcui).map(({ fields: [, ingredient = ''] }) => ingredient);
}

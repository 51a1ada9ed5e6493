import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import { Barcodes } from '../barcodes/barcodes.service.js';
import { ClinicalService } from '../clinical/clinical.service.js';
import { CodingRepository, type FoundBarcode, type FoundIngredient } from './coding.repository.js';
import type { KnownAllergen, KnownMedicine, KnownPart, MedicineWords } from './coding.types.js';
import { readAllergenName, readMedicineName, type NameComponent } from './medicine-name.domain.js';

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** Everything the catalogue said about the words of one request. */
interface Found {
  readonly byCode: ReadonlyMap<string, FoundIngredient[]>;
  readonly byName: ReadonlyMap<string, FoundIngredient>;
  readonly byRxcui: ReadonlyMap<string, { drugId: number; name: string }>;
  readonly byProductName: ReadonlyMap<string, { drugId: number; name: string }>;
  readonly barcodes: readonly FoundBarcode[];
}

/** What codes (RxNorm, NDC, ATC, UNII, SNOMED CT, CAS) and names of other programs mean in this catalogue. */
@Injectable()
export class CodingService {
  constructor(
    private readonly codes: CodingRepository,
    private readonly clinical: ClinicalService,
  ) {}

  /**
   * What each medicine is here, in the order asked: a product where a code or its exact name means one, else its
   * ingredients by code or by the components of its name. Nothing is guessed from likeness.
   */
  async identify(tx: Tx, asked: readonly MedicineWords[]): Promise<KnownMedicine[]> {
    const codes = asked.flatMap((words) => words.codes);
    const names = distinct(asked.flatMap((words) => words.names));
    const components = new Map(names.map((name) => [name, readMedicineName(name)]));
    const codesOf = (system: string): string[] =>
      distinct(codes.filter((code) => code.system === system).map(({ code }) => code));
    const [byCode, byName, byRxcui, byProductName, barcodes] = await Promise.all([
      this.codes.findIngredientsByCode(
        tx,
        codes.filter(({ system }) => system !== 'ndc'),
      ),
      this.codes.findIngredientsByName(
        tx,
        distinct([...components.values()].flatMap((parts) => parts.flatMap((part) => part.names))),
      ),
      this.codes.findProductsByRxcui(tx, codesOf('rxcui')),
      this.codes.findProductsByName(tx, distinct(names.map(foldText).filter((name) => name !== ''))),
      this.codes.findBarcodes(
        tx,
        distinct(codesOf('ndc').flatMap((ndc) => Barcodes.lookupKeys(Barcodes.read(ndc)))),
      ),
    ]);
    const found = { byCode, byName, byRxcui, byProductName, barcodes };
    return asked.map((words) => identifyOne(words, found, components));
  }

  /** What each allergen is here, in the order asked: an ingredient by code, else a name of an ingredient or group. */
  async identifyAllergens(tx: Tx, asked: readonly MedicineWords[]): Promise<KnownAllergen[]> {
    const codes = asked.flatMap((words) => words.codes.filter(({ system }) => system !== 'ndc'));
    const names = asked.map((words) => words.names.flatMap(readAllergenName));
    const [byCode, known] = await Promise.all([
      this.codes.findIngredientsByCode(tx, codes),
      this.clinical.resolveNames(tx, distinct(names.flat())),
    ]);
    return asked.map((words, index): KnownAllergen => {
      const coded = soleIngredient(words, byCode);
      if (coded) return { kind: 'ingredient', ingredientId: coded.ingredientId };
      const name = names[index]?.find((candidate) => known.has(candidate));
      return name === undefined ? { kind: 'unknown' } : { kind: 'name', name };
    });
  }
}

/** The one ingredient the codes mean; a code that several ingredients bear, and codes that disagree, mean nothing alone. */
function soleIngredient(words: MedicineWords, byCode: Found['byCode']): FoundIngredient | undefined {
  const found = new Map<number, FoundIngredient>();
  for (const { system, code } of words.codes) {
    const ingredients = byCode.get(`${system}|${code}`) ?? [];
    const [only] = ingredients;
    if (only && ingredients.length === 1) found.set(only.ingredientId, only);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function identifyOne(
  words: MedicineWords,
  found: Found,
  components: ReadonlyMap<string, NameComponent[]>,
): KnownMedicine {
  const product = words.isIngredient ? undefined : productOf(words, found);
  if (product) return { kind: 'product', drugId: product.drugId, name: product.name };
  const coded = soleIngredient(words, found.byCode);
  const named = words.names.map((name) => partsOf(components.get(name) ?? [], found.byName));
  const whole = named.filter(({ parts, unknown }) => parts.length > 0 && unknown.length === 0);
  // Only where no name is understood in full is one understood in part better than nothing.
  const best = [...named].sort((a, b) => b.parts.length - a.parts.length)[0];
  const used = whole.length > 0 ? whole : best && best.parts.length > 0 ? [best] : [];
  const readings = [...used.map(({ parts }) => parts), ...(coded ? [[{ ...coded, strength: null }]] : [])];
  const parts = new Map<number, KnownPart>();
  for (const part of readings.flat()) if (!parts.has(part.ingredientId)) parts.set(part.ingredientId, part);
  if (parts.size === 0) return { kind: 'unknown' };
  return {
    kind: 'ingredients',
    parts: [...parts.values()],
    unknown: whole.length > 0 ? [] : used.flatMap(({ unknown }) => unknown),
    isContradictory: !readings.some((reading) => reading.length === parts.size),
  };
}

function productOf(words: MedicineWords, found: Found): { drugId: number; name: string } | undefined {
  for (const { system, code } of words.codes) {
    if (system === 'ndc') {
      const choice = Barcodes.choose(Barcodes.read(code), found.barcodes);
      if (choice && 'found' in choice && !choice.isShapeAssumed) return choice.found;
    }
    const product = system === 'rxcui' ? found.byRxcui.get(code) : undefined;
    if (product) return product;
  }
  for (const name of words.names) {
    // "warfarin" is the ingredient, whatever else is sold under that name alone.
    const product = found.byName.has(foldText(name)) ? undefined : found.byProductName.get(foldText(name));
    if (product) return product;
  }
  return undefined;
}

function partsOf(
  components: readonly NameComponent[],
  byName: Found['byName'],
): { parts: KnownPart[]; unknown: string[] } {
  const parts = new Map<number, KnownPart>();
  const unknown: string[] = [];
  for (const { text, names, strength } of components) {
    const name = names.find((candidate) => byName.has(candidate));
    const ingredient = name === undefined ? undefined : byName.get(name);
    if (!ingredient) unknown.push(text);
    // The same ingredient twice (two layers of a tablet): neither strength is that of the whole.
    else if (parts.has(ingredient.ingredientId))
      parts.set(ingredient.ingredientId, { ...ingredient, strength: null });
    else parts.set(ingredient.ingredientId, { ...ingredient, strength });
  }
  return { parts: [...parts.values()], unknown };
}

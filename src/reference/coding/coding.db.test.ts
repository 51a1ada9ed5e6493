import { beforeAll, describe, expect, it } from 'vitest';

import { aClinicalService } from '../../../test/builders/clinical.js';
import { aDrug, anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { systemContext } from '../../platform/security/request-context.js';
import { CodingRepository } from './coding.repository.js';
import { CodingService } from './coding.service.js';
import type { KnownMedicine, MedicineCode, MedicineWords } from './coding.types.js';

describe('what other programs call a medicine', () => {
  const db = useTestDatabase();
  let coding: CodingService;
  const ids: Record<string, number> = {};

  const words = (names: string[], ...codes: [MedicineCode['system'], string][]): MedicineWords => ({
    names,
    codes: codes.map(([system, code]) => ({ system, code })),
  });
  const identify = async (asked: MedicineWords): Promise<KnownMedicine | undefined> =>
    (await db.uow.read(systemContext(), (tx) => coding.identify(tx, [asked])))[0];
  const allergen = (asked: MedicineWords) =>
    db.uow.read(systemContext(), (tx) => coding.identifyAllergens(tx, [asked]));
  /** Kind and ingredient names, in short. */
  const brief = (known: KnownMedicine | undefined): string =>
    known?.kind === 'ingredients'
      ? `${known.parts.map(({ name }) => name).join('+')}${known.unknown.map((name) => `?${name}`).join('')}${known.isContradictory ? '!' : ''}`
      : known?.kind === 'product'
        ? known.name
        : 'unknown';

  beforeAll(async () => {
    coding = new CodingService(new CodingRepository(), aClinicalService(db));
    await anIngredientGroup(db, 'penicillins');
    ids.warfarin = await anIngredient(db, 'warfarin', { synonyms: ['coumadin'], atcCode: 'B01AA03' });
    ids.amoxicillin = await anIngredient(db, 'amoxicillin', { groups: ['penicillins'] });
    ids.clavulanic = await anIngredient(db, 'clavulanic acid', { synonyms: ['clavulanate potassium'] });
    ids.sodium = await anIngredient(db, 'warfarin sodium');
    ids.vitamins = await anIngredient(db, 'multivitamins');
    await db.owner.query(
      `update reference.ingredients set kind = 'salt', base_ingredient_id = $1 where ingredient_id = $2`,
      [ids.warfarin, ids.sodium],
    );
    await db.owner.query(`update reference.ingredients set kind = 'mixture' where ingredient_id = $1`, [
      ids.vitamins,
    ]);
    for (const [system, code, id] of [
      ['rxcui', '11289', ids.warfarin],
      ['unii', '5Q7ZVV76EI', ids.sodium],
      ['snomed', '27658006', ids.amoxicillin],
    ] as const)
      await db.owner.query(
        `insert into reference.ingredient_codes (system, code, ingredient_id, source) values ($1, $2, $3, 'test')`,
        [system, code, id],
      );
    const augmentin = await aDrug(db, {
      name: 'Augmentin 1 g',
      ingredients: ['amoxicillin', 'clavulanic acid'],
      barcode: '6221025000019',
    });
    await db.owner.query(
      `update reference.drugs set source = 'rxnorm-prescribable', source_id = '562508' where drug_id = $1`,
      [augmentin.drugId],
    );
    await db.owner.query(
      `insert into reference.drug_barcodes (drug_id, code, gtin, kind) values ($1, '00029608612', '00000029608612', 'ndc')`,
      [augmentin.drugId],
    );
    await aDrug(db, { name: 'Warfarin', ingredients: ['warfarin'] });
    await aDrug(db, { name: 'Twice 5', ingredients: ['warfarin'] });
    await aDrug(db, { name: 'Twice 5', ingredients: ['amoxicillin'] });
    await aDrug(db, { name: 'Nothing known 5' });
  });

  it.each<[string, MedicineWords, string]>([
    ['an RxNorm code of an ingredient', words([], ['rxcui', '11289']), 'warfarin'],
    ['an RxNorm code of a product', words(['x'], ['rxcui', '562508']), 'Augmentin 1 g'],
    ['an NDC with hyphens', words([], ['ndc', '0029-6086-12']), 'Augmentin 1 g'],
    ['an NDC of eleven digits', words([], ['ndc', '00029608612']), 'Augmentin 1 g'],
    ['an NDC nobody has', words([], ['ndc', '99999-9999-99']), 'unknown'],
    ['a code of a salt: its base', words([], ['unii', '5Q7ZVV76EI']), 'warfarin'],
    ['an ATC code', words([], ['atc', 'B01AA03']), 'warfarin'],
    ['a SNOMED CT code', words([], ['snomed', '27658006']), 'amoxicillin'],
    ['a code of another system', words([], ['cas', '11289']), 'unknown'],
    ['a synonym', words(['Coumadin 5 MG Oral Tablet']), 'warfarin'],
    ['a salt by name', words(['warfarin sodium']), 'warfarin'],
    [
      'a name with two components',
      words(['Amoxicillin 120 MG/ML / clavulanate potassium 8.58 MG/ML Oral Suspension']),
      'amoxicillin+clavulanic acid',
    ],
    ['a name half known', words(['amoxicillin 5 MG / nosuchium 5 MG']), 'amoxicillin?nosuchium'],
    ['the second name, where the first means nothing', words(['my pill', 'amoxicillin']), 'amoxicillin'],
    ['the name of a product', words(['AUGMENTIN 1 G']), 'Augmentin 1 g'],
    ['an ingredient, though a product bears its name', words(['Warfarin']), 'warfarin'],
    ['no product, where two bear the name', words(['Twice 5']), 'unknown'],
    ['no product whose ingredients nobody knows', words(['Nothing known 5']), 'unknown'],
    ['no mixture: it cannot be checked', words(['multivitamins']), 'unknown'],
    [
      'both, where code and name disagree',
      words(['amoxicillin 5 MG'], ['rxcui', '11289']),
      'amoxicillin+warfarin!',
    ],
    [
      'the wider, where a code names a part of the name',
      words(['amoxicillin / clavulanate potassium'], ['snomed', '27658006']),
      'amoxicillin+clavulanic acid',
    ],
    ['nothing by nothing', words([]), 'unknown'],
    ['nothing by likeness', words(['warfarim']), 'unknown'],
    ['an ingredient where one is asked for', { ...words(['Augmentin 1 g']), isIngredient: true }, 'unknown'],
  ])('is known by %s', async (_, asked, expected) => {
    expect(brief(await identify(asked))).toBe(expected);
  });

  it('is answered in the order asked', async () => {
    const answers = await db.uow.read(systemContext(), (tx) =>
      coding.identify(tx, [words(['amoxicillin']), words(['?']), words(['coumadin'])]),
    );
    expect(answers.map(brief)).toEqual(['amoxicillin', 'unknown', 'warfarin']);
    expect(await db.uow.read(systemContext(), (tx) => coding.identify(tx, []))).toEqual([]);
  });

  it('is an allergen by code, by the name of an ingredient, or of a group', async () => {
    expect(await allergen(words([], ['snomed', '27658006']))).toEqual([
      { kind: 'ingredient', ingredientId: ids.amoxicillin },
    ]);
    expect(await allergen(words(['Allergy to penicillin (disorder)']))).toEqual([
      { kind: 'name', name: 'penicillin' },
    ]);
    expect(await allergen(words(['Cashew nuts']))).toEqual([{ kind: 'unknown' }]);
  });
});

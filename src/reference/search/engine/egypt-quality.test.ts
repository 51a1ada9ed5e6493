// How well the engine finds what was meant, on the real Egyptian price list (25,070 products), which lies beside the
// repository, not in it. Samples and errors come from a fixed seed; thresholds are a little below what is reached.
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldText } from '../../../platform/text/fold.js';
import { type Catalogue, egyptCatalogue } from './egypt-catalogue.fixture.js';
import { find, viewOf } from './catalogue.fixture.js';
import type { SearchView } from './search-engine.domain.js';
import type { SearchDocument } from './search.types.js';

const ROOT = new URL('../../../../', import.meta.url);
const FILE = new URL('../shared/data/egypt/egyptian-drugs.csv', ROOT);
const isFileMissing = !existsSync(FILE);
if (isFileMissing)
  console.warn('SKIPPED: no ../shared/data/egypt/egyptian-drugs.csv; search quality is not measured');

const LATIN = [...'abcdefghijklmnopqrstuvwxyz'];
const SAMPLES = 1000;

interface Case {
  readonly query: string;
  readonly isMet: (found: readonly SearchDocument[]) => boolean;
}

describe.skipIf(isFileMissing)('search on the Egyptian price list', () => {
  let catalogue: Catalogue;
  let view: SearchView;
  let byId: Map<number, SearchDocument>;
  let state = 20_261_122;

  beforeAll(() => {
    catalogue = egyptCatalogue(FILE, new URL('db/seed/clinical/', ROOT));
    view = viewOf([catalogue.documents], catalogue.dictionary);
    byId = new Map(catalogue.documents.map((each) => [each.drugId, each]));
  });

  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const topTen = (query: string): SearchDocument[] =>
    find(view, query, { limit: 10 }).hits.flatMap(({ drugId }) => byId.get(drugId) ?? []);

  /** One letter left out, put in, replaced, or two neighbours swapped; never the word itself. */
  const mistype = (word: string): string => {
    const at = Math.floor(random() * word.length);
    const typed = pick([
      () => word.slice(0, at) + word.slice(at + 1),
      () => word.slice(0, at) + pick(LATIN) + word.slice(at),
      () => word.slice(0, at) + pick(LATIN) + word.slice(at + 1),
      () => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ])();
    return typed === word ? mistype(word) : typed;
  };

  /** Share of cases that are met; null cases do not count. */
  const share = (makeCase: () => Case | null, samples = SAMPLES): number => {
    let made = 0;
    let met = 0;
    while (made < samples) {
      const one = makeCase();
      if (one === null) continue;
      made++;
      if (one.isMet(topTen(one.query))) met++;
    }
    return met / samples;
  };

  const wordsOf = (document: SearchDocument): string[] => foldText(document.name).split(' ');
  const brandOf = (document: SearchDocument, length: number): string | undefined =>
    wordsOf(document).find((word) => word.length >= length && /^[a-z]+$/.test(word));
  const mistypedBrand = (length: number, errors: number) => (): Case | null => {
    const brand = brandOf(pick(catalogue.documents), length);
    if (brand === undefined) return null;
    let query = brand;
    for (let n = 0; n < errors; n++) query = mistype(query);
    return { query, isMet: (found) => found.some((document) => wordsOf(document).includes(brand)) };
  };
  const mistypedIngredient = (length: number, errors: number) => (): Case | null => {
    const document = pick(catalogue.documents);
    const ingredient = catalogue.dictionary.ingredients.find(
      ({ ingredientId }) => ingredientId === document.ingredientIds[0],
    );
    const words = foldText(ingredient?.name ?? '').split(' ');
    const at = words.findIndex((word) => word.length >= length && /^[a-z]+$/.test(word));
    if (at < 0 || ingredient === undefined) return null;
    for (let n = 0; n < errors; n++) words[at] = mistype(words[at] ?? '');
    return {
      query: words.join(' '),
      isMet: (found) => found.some(({ ingredientIds }) => ingredientIds.includes(ingredient.ingredientId)),
    };
  };

  it('finds every product by its exact name, first', () => {
    const isSameName = (a: SearchDocument | undefined, b: SearchDocument): boolean =>
      a !== undefined && foldText(a.name) === foldText(b.name);
    const exact = share(() => {
      const document = pick(catalogue.documents);
      return { query: document.name, isMet: ([first]) => isSameName(first, document) };
    }, 2000);
    expect(exact).toBe(1);
  });

  it('finds a brand with one error, and with two in seven letters or more', () => {
    expect(share(mistypedBrand(4, 1))).toBeGreaterThan(0.975);
    expect(share(mistypedBrand(7, 2))).toBeGreaterThan(0.94);
  });

  it('finds a brand whose first letter is wrong, and many short ones', () => {
    const brands = [...new Set(catalogue.documents.flatMap((document) => wordsOf(document)[0] ?? []))];
    const mistyped = (words: readonly string[], change: (word: string) => string) => (): Case => {
      const brand = pick(words);
      return {
        query: change(brand),
        isMet: (found) => found.some((document) => wordsOf(document).includes(brand)),
      };
    };
    const atFirst = (word: string): string => {
      const typed = pick([
        word.slice(1),
        pick(LATIN) + word,
        pick(LATIN) + word.slice(1),
        (word[1] ?? '') + (word[0] ?? '') + word.slice(2),
      ]);
      return typed === word ? atFirst(word) : typed;
    };
    const plain = brands.filter((word) => /^[a-z]{4,}$/.test(word));
    expect(share(mistyped(plain, atFirst))).toBeGreaterThan(0.97);
    // Of four or five letters with one wrong, a hundred other words are as near.
    expect(
      share(
        mistyped(
          plain.filter((word) => word.length <= 5),
          mistype,
        ),
      ),
    ).toBeGreaterThan(0.87);
  });

  it('finds an ingredient with one error, and with two in seven letters or more', () => {
    expect(share(mistypedIngredient(4, 1))).toBeGreaterThan(0.97);
    expect(share(mistypedIngredient(7, 2))).toBeGreaterThan(0.92);
  });

  it('finds the very product when one word of its name has an error', () => {
    const whole = share(() => {
      const document = pick(catalogue.documents);
      const words = wordsOf(document);
      const at = words.findIndex((word) => /^[a-z]{4,}$/.test(word));
      if (at < 0) return null;
      words[at] = mistype(words[at] ?? '');
      return { query: words.join(' '), isMet: (found) => found.includes(document) };
    });
    expect(whole).toBeGreaterThan(0.985);
  });

  it('finds an Arabic name by its spelling variants', () => {
    const spelling = share(() => {
      const document = pick(catalogue.documents);
      const { nameAr } = document;
      if (nameAr === null || !/[ء-ي]{3}/.test(nameAr)) return null;
      const query = nameAr
        .replace(/[أإآا]/g, () => pick(['ا', 'أ', 'إ', 'آ']))
        .replace(/ي(?= |$)/g, () => pick(['ى', 'ي']))
        .replace(/ه(?= |$)/g, () => pick(['ة', 'ه']))
        .replace(/[ء-ي]/, (letter) => letter + pick(['', 'َ', 'ـ', 'ّ']));
      return {
        query,
        isMet: (found) => found.some((other) => foldText(other.nameAr ?? '') === foldText(nameAr)),
      };
    });
    expect(spelling).toBeGreaterThan(0.99);
  });

  it('finds an Arabic name written as people write it', () => {
    const groups = ['اأإآ', 'ةه', 'ىي', 'ؤئء', 'ظضز', 'ثست', 'قكجغ', 'طت', 'صس', 'ذدز'];
    const others = (letter: string): string[] =>
      groups.flatMap((group) => (group.includes(letter) ? [...group] : [])).filter((each) => each !== letter);
    const at = (letters: readonly string[], isMeant: (letter: string, place: number) => boolean): number => {
      const places = letters.flatMap((letter, place) => (isMeant(letter, place) ? [place] : []));
      return places.length === 0 ? -1 : pick(places);
    };
    const isConsonant = (letter: string | undefined): boolean =>
      /^[ء-ي]$/.test(letter ?? '') && !isLong(letter);
    const isLong = (letter: string | undefined): boolean => 'اوي'.includes(letter ?? ' ');
    const CHANGES: ReadonlyArray<(letters: string[]) => void> = [
      (letters) => {
        const place = at(letters, (letter) => others(letter).length > 0);
        if (place >= 0) letters[place] = pick(others(letters[place] ?? ''));
      },
      (letters) => {
        const place = at(letters, (letter, n) => n > 0 && isLong(letter));
        if (place >= 0) letters.splice(place, 1);
      },
      (letters) => {
        const place = at(letters, (letter, n) => isConsonant(letter) && isConsonant(letters[n + 1]));
        if (place >= 0) letters.splice(place + 1, 0, pick(['ا', 'و', 'ي']));
      },
      (letters) => {
        const place = at(letters, (letter) => /[ء-ي]/.test(letter));
        letters.splice(place, 0, pick([letters[place] ?? '', 'ـ', 'َ', 'ّ']));
      },
      (letters) => letters.splice(0, letters[0] === 'ا' && letters[1] === 'ل' ? 2 : 0, 'ا', 'ل'),
      (letters) => {
        for (const [n, letter] of letters.entries())
          if (/[0-9]/.test(letter)) letters[n] = '٠١٢٣٤٥٦٧٨٩'[Number(letter)] ?? letter;
      },
    ];
    const written = (changes: number) => (): Case | null => {
      const { nameAr } = pick(catalogue.documents);
      if (nameAr === null || !/[ء-ي]{3}/.test(nameAr)) return null;
      const letters = [...nameAr];
      for (let n = 0; n < changes; n++) pick(CHANGES)(letters);
      return {
        query: letters.join(''),
        isMet: (found) => found.some((other) => foldText(other.nameAr ?? '') === foldText(nameAr)),
      };
    };
    expect(share(written(1))).toBeGreaterThan(0.98);
    expect(share(written(2))).toBeGreaterThan(0.965);
  });

  it('finds an Arabic name in which a letter was written as it sounds', () => {
    const SOUNDS: Readonly<Record<string, string>> = {
      ج: 'غ',
      غ: 'ج',
      ت: 'ط',
      ث: 'ت',
      س: 'ص',
      ز: 'ظ',
      ك: 'ق',
      د: 'ض',
      ا: 'ع',
    };
    const byEar = share(() => {
      const document = pick(catalogue.documents);
      const { nameAr } = document;
      const folded = foldText(nameAr ?? '');
      const places = [...folded].flatMap((letter, at) =>
        at > 0 && SOUNDS[letter] !== undefined ? [at] : [],
      );
      if (places.length === 0 || folded.length < 5) return null;
      const at = pick(places);
      const query = folded.slice(0, at) + (SOUNDS[folded[at] ?? ''] ?? '') + folded.slice(at + 1);
      return { query, isMet: (found) => found.some((other) => foldText(other.nameAr ?? '') === folded) };
    });
    expect(byEar).toBeGreaterThan(0.96);
  });

  it.each([
    ['amoxycilin', 'AMOXICILLIN'],
    ['zitromax', 'ZITHROMAX'],
    ['panadole', 'PANADOL'],
    ['voltarin', 'VOLTAREN'],
    ['cataflm', 'CATAFLAM'],
    ['augmantin', 'AUGMENTIN'],
    ['congestel', 'CONGESTAL'],
    ['brofen', 'BRUFEN'],
    ['clarythromycin', 'CLARITHROMYCIN'],
    ['ibubrofen', 'IBUPROFEN'],
    ['omebrazole', 'OMEPRAZOLE'],
    ['ciprofloksacin', 'CIPROFLOXACIN'],
    ['paracitamol', 'PARACETAMOL'],
    ['azithromicin', 'AZITHROMYCIN'],
    ['kataflam', 'CATAFLAM'],
    ['fultaren', 'VOLTAREN'],
    ['بنادول', 'PANADOL'],
    ['اوجمنتين', 'AUGMENTIN'],
    ['كونجستال', 'CONGESTAL'],
    ['فلاجيل', 'FLAGYL'],
    ['بروفين', 'BRUFEN'],
    ['كتافلام', 'CATAFLAM'],
    ['زيثروماكس', 'ZITHROMAX'],
    ['panadolextra', 'PANADOL EXTRA'],
    ['aug mentin', 'AUGMENTIN'],
  ])('finds %s', (query, wanted) => {
    const found = topTen(query).slice(0, 5);
    expect(
      found.some(({ name, activeRaw }) => name.includes(wanted) || (activeRaw ?? '').includes(wanted)),
      found.map(({ name }) => name).join('; '),
    ).toBe(true);
  });
});

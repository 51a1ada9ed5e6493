import { withoutStrengths } from './amount.domain.js';
import { classOf } from './ingredient-class.domain.js';
import { foreignForms } from './ingredient-foreign.domain.js';
import type { IngredientLexicon } from './ingredient-index.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import { readings, reductions, type LinkedBy } from './ingredient-reading.domain.js';
import { hasStem } from './ingredient-spelling.domain.js';
import { ANION_WORDS, ELEMENT_SYMBOLS, GROUP_HEADS, NUTRIENT_CARRIERS } from './ingredient-words.domain.js';

/** The ingredient a text means, and by which reading. */
export interface Link<T> {
  ingredient: T;
  by: LinkedBy;
}

/** A link; `ambiguous` where two answers are possible; undefined where there is none. */
export type Verdict<T> = Link<T> | 'ambiguous' | undefined;

/** "zn gluconate": the symbol of an element in front of its salt. */
function withElementName(key: string): string {
  const [symbol = '', salt = '', ...more] = key.split(' ');
  const element = more.length === 0 ? ELEMENT_SYMBOLS.get(symbol) : undefined;
  return element !== undefined && (ANION_WORDS.has(salt) || NUTRIENT_CARRIERS.has(salt))
    ? `${element} ${salt}`
    : key;
}

function linkOne<T>(given: string, lexicon: IngredientLexicon<T>): Link<T> | undefined {
  const key = withElementName(given);
  const exact = lexicon.resolve(key);
  if (exact !== undefined) return { ingredient: exact, by: 'name' };
  for (const { name, by } of reductions(key)) {
    const ingredient = lexicon.resolve(name);
    // "olive leaf extract" is not olive oil although the oil may be known as "olive" too.
    const isOil =
      by === 'qualifier' && ingredient !== undefined && lexicon.resolve(`${name} oil`) === ingredient;
    if (ingredient !== undefined && !isOil) return { ingredient, by };
  }
  return undefined;
}

/** Of so few forms the shorter ones are looked up too. */
const FEW_FORMS = 8;

/** The name as another language writes it; all its known forms must mean the same. */
function linkForeign<T>(key: string, lexicon: IngredientLexicon<T>): Link<T> | undefined {
  const found = new Set<T>();
  const forms = foreignForms(key);
  for (const form of forms) {
    const ingredient = lexicon.resolve(form);
    if (ingredient !== undefined) found.add(ingredient);
  }
  // A salt in another language: its drug is known, the salt need not be.
  if (found.size === 0 && forms.length <= FEW_FORMS)
    for (const form of forms) {
      const link = linkOne(form, lexicon);
      if (link?.by === 'salt') found.add(link.ingredient);
    }
  const [ingredient, ...more] = found;
  if (ingredient === undefined || more.length > 0) return undefined;
  // "squalen" may be German for squalene, or squalane misspelt.
  const isDoubtful = lexicon.suggest?.(key).some((near) => near !== ingredient) ?? false;
  return isDoubtful ? undefined : { ingredient, by: 'foreign' };
}

/** The class a name belongs to, for names nobody lists one by one. */
function linkClass<T>(key: string, lexicon: IngredientLexicon<T>): Link<T> | undefined {
  const name = classOf(key);
  const ingredient = name === undefined ? undefined : lexicon.resolve(ingredientKey(name));
  return ingredient === undefined ? undefined : { ingredient, by: 'class' };
}

/** All of several readings must mean the same ingredient, else nobody can tell. */
function agree<T>(links: ReadonlyArray<Link<T> | undefined>, by: LinkedBy): Verdict<T> {
  const found = links.filter((link) => link !== undefined);
  const first = found[0];
  if (first === undefined) return undefined;
  return found.every((link) => link.ingredient === first.ingredient)
    ? { ingredient: first.ingredient, by }
    : 'ambiguous';
}

/** "AMLODIPINE BESYLATE (VALSARTAN)": two drugs in one part, of which taking either would lose the other. */
function namesAnotherDrug<T>(
  outer: string,
  others: readonly string[],
  meant: T,
  lexicon: IngredientLexicon<T>,
): boolean {
  return others.some((key) => {
    const other = hasStem(key) && hasStem(outer) ? lexicon.resolve(key) : undefined;
    return other !== undefined && other !== meant;
  });
}

/** Outside a bracket stands one name, not a list: only then may the bracket speak for the whole. */
const MOST_OUTER_WORDS = 4;

/** What the text of one part means. Wrong is worse than none: whatever could be two ingredients is `ambiguous`. */
export function linkText<T>(text: string, lexicon: IngredientLexicon<T>): Verdict<T> {
  // The whole with its strength may be a name of its own: "alcohol 70%", "calcipotriol (calcipotriene)".
  const whole =
    lexicon.resolve(ingredientKey(text)) ??
    (/[()]/.test(text) ? lexicon.resolve(ingredientKey(withoutStrengths(text))) : undefined);
  if (whole !== undefined) return { ingredient: whole, by: 'name' };
  const { outer, others } = readings(text);
  const exact = outer === '' ? undefined : lexicon.resolve(outer);
  if (exact !== undefined)
    return namesAnotherDrug(outer, others, exact, lexicon) ? 'ambiguous' : { ingredient: exact, by: 'name' };
  const reduced =
    outer === ''
      ? undefined
      : (linkOne(outer, lexicon) ?? linkForeign(outer, lexicon) ?? linkClass(outer, lexicon));
  const mayUseOthers = outer.split(' ').length <= MOST_OUTER_WORDS && !/\S vitamin /.test(outer);
  const names = mayUseOthers ? others.filter((key) => !GROUP_HEADS.has(key)) : [];
  const inner = agree(
    names.map((key) => {
      const ingredient = lexicon.resolve(key);
      return ingredient === undefined ? undefined : { ingredient, by: 'bracket' };
    }),
    'bracket',
  );
  if (reduced !== undefined) {
    // "AMLODIPINE BESYLATE (VALSARTAN)": taking either would lose the other.
    return inner === undefined || (inner !== 'ambiguous' && inner.ingredient === reduced.ingredient)
      ? reduced
      : 'ambiguous';
  }
  const corrected = outer === '' ? undefined : correct(outer, lexicon);
  const bracket =
    inner ??
    agree(
      names.map((key) => linkOne(key, lexicon)),
      'bracket',
    );
  if (bracket === undefined || bracket === 'ambiguous') return bracket ?? corrected;
  const isContradicted = typeof corrected === 'object' && corrected.ingredient !== bracket.ingredient;
  return isContradicted ? 'ambiguous' : bracket;
}

function correct<T>(key: string, lexicon: IngredientLexicon<T>): Verdict<T> {
  if (lexicon.suggest === undefined) return undefined;
  const names = [
    key,
    ...reductions(key)
      .filter((shorter) => shorter.correctable)
      .map((shorter) => shorter.name),
  ];
  for (const name of names) {
    const near = lexicon.suggest(name);
    if (near.length > 1) return 'ambiguous';
    const only = near[0];
    if (only !== undefined) return { ingredient: only, by: 'spelling' };
  }
  return undefined;
}

import { foldText } from '../../platform/text/fold.js';
import type { FormFamily } from './dosage-form-words.domain.js';
import type { InjectionRoute } from './product-name.domain.js';

/** Routes the catalogue knows, the keys of reference.routes. */
export const ROUTES = [
  'oral',
  'sublingual',
  'oromucosal',
  'ophthalmic',
  'otic',
  'nasal',
  'inhalation',
  'topical',
  'transdermal',
  'vaginal',
  'rectal',
  'injection',
  'intravenous',
  'intramuscular',
  'subcutaneous',
  'intradermal',
  'intrathecal',
  'epidural',
  'intra-articular',
  'intravitreal',
  'intraperitoneal',
  'intravesical',
  'intrauterine',
  'urethral',
  'dental',
  'dialysis',
  'irrigation',
] as const;
export type RouteName = (typeof ROUTES)[number];

/** Route by form family, for rows whose source states none. Families that say nothing about the route are absent. */
const ROUTE_OF_FAMILY: Readonly<Partial<Record<FormFamily, RouteName>>> = {
  'solid-oral': 'oral',
  'solid-oral-modified': 'oral',
  'solid-oral-enteric': 'oral',
  'solid-oral-dispersible': 'oral',
  sublingual: 'sublingual',
  effervescent: 'oral',
  'oral-powder': 'oral',
  'liquid-oral': 'oral',
  injection: 'injection',
  'injection-device': 'injection',
  infusion: 'injection',
  eye: 'ophthalmic',
  ear: 'otic',
  nasal: 'nasal',
  inhalation: 'inhalation',
  mouth: 'oromucosal',
  'semi-solid': 'topical',
  'liquid-topical': 'topical',
  wash: 'topical',
  rectal: 'rectal',
  vaginal: 'vaginal',
  transdermal: 'transdermal',
};

/** Forms kept apart from their wide route: "ORAL.SOLID" of a sublingual tablet is still sublingual. */
const NARROWER: Readonly<Partial<Record<RouteName, readonly RouteName[]>>> = {
  oral: ['sublingual', 'oromucosal'],
  topical: ['transdermal'],
};

/**
 * The route of a product: what the source states (through its mapping), made narrower by the form where the form
 * is more exact (and by the way of injecting the name states); the form's own route where the source states none; undefined where neither says.
 */
export function chooseRoute(
  stated: RouteName | undefined,
  family: FormFamily | undefined,
  injectedBy: InjectionRoute | undefined,
): RouteName | undefined {
  const byForm = family === undefined ? undefined : ROUTE_OF_FAMILY[family];
  const route = stated ?? byForm;
  if (route === 'injection') return injectedBy ?? route;
  if (route === undefined || byForm === undefined) return route;
  return NARROWER[route]?.includes(byForm) === true ? byForm : route;
}

/** A therapeutic category with its narrower ones: "ANTIBIOTIC.CEPHALOSPORIN" → ANTIBIOTIC, CEPHALOSPORIN. */
export interface DrugClass {
  category: string;
  folded: string;
  /** The narrower classes behind the category, widest first; often empty. */
  narrower: string[];
}

/** Longer texts describe a product instead of classing it; the longest real category has 84 characters. */
const LONGEST_CATEGORY = 120;

/**
 * Reads a class text; undefined for "", "." and other texts without a letter, and for descriptions too long to be
 * a category. Spellings are not unified.
 */
export function readDrugClass(raw: string, separator: string): DrugClass | undefined {
  const names = raw
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .split(separator)
    .map((name) => name.trim().replace(/^[\s.,;:+&-]+|[\s.,;:+&-]+$/g, ''))
    .filter((name) => /\p{L}/u.test(name));
  const [category, ...narrower] = names;
  return category === undefined || category.length > LONGEST_CATEGORY
    ? undefined
    : { category, folded: foldText(category), narrower };
}

import type { Nearness } from './offered.types.js';

/** Codes that begin like this are as near as `nearness` says. */
export interface NearClass {
  readonly prefix: string;
  readonly nearness: Nearness;
}

/** Length of an ATC code of level 3 and 4. */
const GROUP = 4;
const CLASS = 5;

/**
 * Classes of which one member is often given instead of another's though the ATC tree keeps them apart. Pain and fever; raised
 * blood pressure; hay fever; and whole branches that serve one purpose: bacterial infections, acid, diabetes, lipids.
 */
const PURPOSES: readonly (readonly string[])[] = [
  // Of M01A what relieves pain; M01AX, glucosamine and the like, does not at once.
  ['M01AB', 'M01AC', 'M01AE', 'M01AG', 'M01AH', 'N02B'],
  ['C03A', 'C07A', 'C08C', 'C09A', 'C09C'],
  ['R01A', 'R06A'],
  ['J01'],
  ['A02'],
  ['A10B'],
  ['C10A'],
];

/**
 * Branches whose members are not for one another outside of their level 4 class: anticoagulants and antiplatelets, antivirals,
 * antiepileptics, cytotoxics and what acts on immunity, and the various.
 */
const ONLY_THEIR_CLASS: readonly string[] = ['B01A', 'J05A', 'N03A', 'L', 'V'];

/** The classes in which an alternative to something of these ATC codes is looked for, nearest first. None: no class is known. */
export function nearClasses(codes: readonly string[]): NearClass[] {
  const known = codes.filter((code) => code.length >= CLASS);
  const found = new Map<string, Nearness>();
  const add = (prefix: string, nearness: Nearness): void => {
    if (!found.has(prefix)) found.set(prefix, nearness);
  };
  for (const code of known) add(code.slice(0, CLASS), 'class');
  for (const code of known) {
    if (ONLY_THEIR_CLASS.some((branch) => code.startsWith(branch))) continue;
    add(code.slice(0, GROUP), 'group');
  }
  for (const code of known)
    for (const purpose of PURPOSES)
      if (purpose.some((branch) => code.startsWith(branch)))
        for (const branch of purpose) add(branch, 'purpose');
  return [...found].map(([prefix, nearness]) => ({ prefix, nearness }));
}

/**
 * The codes a product is known by: its own, else those of its ingredients, if these are all of one ATC level 2 group. The
 * ingredients of a cold remedy are for different things, and no other product is for all of them.
 */
export function codesOf(own: string | null, ofIngredients: readonly string[]): readonly string[] {
  if (own !== null && own.length >= CLASS) return [own];
  const groups = new Set(ofIngredients.map((code) => code.slice(0, 3)));
  return groups.size === 1 ? ofIngredients : [];
}

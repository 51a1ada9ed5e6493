import type { FoundSubject } from '../../clinical/rule-sets/rule-sets.types.js';
import { foldText } from '../../../platform/text/fold.js';
import { ingredientKey } from '../ingredient-index.domain.js';
import { reductions } from '../ingredient-reading.domain.js';

/** What a text of a file may be. `any`: a name, or a group by name or code; codes may carry their system ("rxcui:11289"). */
export const SUBJECT_KINDS = [
  'any',
  'ingredient',
  'group',
  'rxcui',
  'unii',
  'cas',
  'atc',
  'snomed',
  'id',
  'product',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** An ingredient as rules refer to it: a salt and a merged one are what stands for them. */
export interface RuleIngredient {
  readonly ingredientId: number;
  readonly name: string;
}

/** The names and codes there are. */
export interface KnownSubjects {
  /** Names, synonyms, salts; `isOwn`: it is the ingredient's own name, which goes before a synonym of another. */
  readonly names: Iterable<RuleIngredient & { readonly alias: string; readonly isOwn: boolean }>;
  readonly codes: Iterable<RuleIngredient & { readonly system: string; readonly code: string }>;
  readonly groups: Iterable<{ readonly groupId: number; readonly code: string; readonly name: string }>;
  /** Every id an ingredient was ever shown under, with what stands for it. */
  readonly ids: Iterable<RuleIngredient & { readonly id: number }>;
}

/** A subject, or why there is none: plain words that go on after the column. */
export type SubjectFinding = { readonly found: FoundSubject } | { readonly reason: string };

const PREFIXED = /^(rxcui|unii|cas|atc|snomed|group|id|product)\s*[:=]\s*(.+)$/i;

const isKind = (text: string): text is SubjectKind => SUBJECT_KINDS.some((kind) => kind === text);

/** Several owners of one key: it then means nothing for sure. */
const AMBIGUOUS = Symbol('ambiguous');
type Owner = RuleIngredient | typeof AMBIGUOUS;

function claim(map: Map<string, Owner>, key: string, owner: RuleIngredient): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, owner);
  else if (known === AMBIGUOUS || known.ingredientId !== owner.ingredientId) map.set(key, AMBIGUOUS);
}

const codeKey = (system: string, code: string): string => `${system} ${code.trim().toUpperCase()}`;

/**
 * Finds what rules are about in the catalogue. Names are taken exactly, as they stand in the catalogue or as a salt of one
 * that does; nothing is guessed from spelling, since a rule of the wrong medicine is worse than one that is refused.
 */
export class RuleSubjects {
  private readonly own = new Map<string, Owner>();
  private readonly synonyms = new Map<string, Owner>();
  private readonly codes = new Map<string, Owner>();
  private readonly ids = new Map<number, RuleIngredient>();
  private readonly groups = new Map<string, FoundSubject>();

  constructor(known: KnownSubjects) {
    for (const { alias, isOwn, ingredientId, name } of known.names) {
      const key = ingredientKey(alias);
      if (key !== '') claim(isOwn ? this.own : this.synonyms, key, { ingredientId, name });
    }
    for (const { system, code, ingredientId, name } of known.codes)
      claim(this.codes, codeKey(system, code), { ingredientId, name });
    for (const { id, ingredientId, name } of known.ids) this.ids.set(id, { ingredientId, name });
    for (const { groupId, code, name } of known.groups) {
      const found: FoundSubject = { ingredientId: null, groupId, groupCode: code, name };
      this.groups.set(code, found);
      const folded = foldText(name);
      if (!this.groups.has(folded)) this.groups.set(folded, found);
    }
  }

  /** Finds a subject. `products`: the only ingredient of products asked for, by their id. */
  find(text: string, kindText: string, products: ReadonlyMap<number, RuleIngredient | null>): SubjectFinding {
    const given = text.trim();
    if (given === '') return { reason: 'is missing' };
    const stated = kindText.trim().toLowerCase() || 'any';
    if (!isKind(stated)) return { reason: `is said to be "${kindText}", which is no sort of name` };
    const [, prefix, code] = PREFIXED.exec(given) ?? [];
    if (stated === 'any' && prefix !== undefined && code !== undefined)
      return this.findAs(prefix.toLowerCase() as SubjectKind, code.trim(), products);
    return this.findAs(stated, given, products);
  }

  private findAs(
    kind: SubjectKind,
    text: string,
    products: ReadonlyMap<number, RuleIngredient | null>,
  ): SubjectFinding {
    switch (kind) {
      case 'group':
        return this.group(text) ?? { reason: 'is no group of the catalogue' };
      case 'ingredient':
        return this.named(text) ?? { reason: 'is no ingredient of the catalogue, by name or synonym' };
      case 'any':
        return (
          this.named(text) ??
          this.group(text) ?? { reason: 'is neither an ingredient nor a group of the catalogue' }
        );
      case 'id':
        return this.owned(this.ids.get(numberOf(text)), 'is no ingredient id of the catalogue');
      case 'product': {
        const found = products.get(numberOf(text));
        return found === null
          ? { reason: 'is a product that has not just one known ingredient' }
          : this.owned(found, 'is no product id of the catalogue');
      }
      case 'atc':
        return text.length < 7
          ? { reason: 'is an ATC class, not one ingredient: name a group instead' }
          : this.coded('atc', text);
      case 'rxcui':
      case 'unii':
      case 'cas':
      case 'snomed':
        return this.coded(kind, text);
    }
  }

  private coded(system: string, code: string): SubjectFinding {
    const owner = this.codes.get(codeKey(system, code));
    if (owner === AMBIGUOUS) return { reason: `is the ${system.toUpperCase()} code of several ingredients` };
    return this.owned(owner, `is no ${system.toUpperCase()} code of the catalogue`);
  }

  private owned(owner: RuleIngredient | undefined, reason: string): SubjectFinding {
    if (owner === undefined) return { reason };
    return { found: { ...owner, groupId: null, groupCode: null } };
  }

  /** An ingredient by its own name, a synonym, or as a salt; undefined: it is none. */
  private named(text: string): SubjectFinding | undefined {
    const key = ingredientKey(text);
    const owner = this.own.get(key) ?? this.synonyms.get(key) ?? this.ofSalt(key);
    if (owner === undefined) return undefined;
    return owner === AMBIGUOUS
      ? { reason: 'may mean several ingredients of the catalogue' }
      : this.owned(owner, '');
  }

  private ofSalt(key: string): Owner | undefined {
    for (const { name, by } of reductions(key)) {
      const owner = by === 'salt' ? (this.own.get(name) ?? this.synonyms.get(name)) : undefined;
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  private group(text: string): SubjectFinding | undefined {
    const found = this.groups.get(text.toLowerCase()) ?? this.groups.get(foldText(text));
    return found && { found };
  }
}

/** A whole number, or one that is no id. */
const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1);

/** Ids of products a text asks for, so that they can be looked up before. */
export function productAsked(text: string, kindText: string): number | undefined {
  const given = text.trim();
  const kind = kindText.trim().toLowerCase();
  const [, code] = kind === '' || kind === 'any' ? (/^product\s*[:=]\s*(\d{1,9})$/i.exec(given) ?? []) : [];
  const id = numberOf(kind === 'product' ? given : (code ?? ''));
  return id < 1 ? undefined : id;
}

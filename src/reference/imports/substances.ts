import { foldText } from '../../platform/text/fold.js';
import {
  buildIngredientIndex,
  ingredientKey,
  type IngredientIndex,
  type KnownName,
} from './ingredient-index.domain.js';
import { IngredientParser, type ParsedPart } from './ingredient-text.domain.js';
import type { NameKeys } from './name-keys.js';
import { textProblem } from './product-check.domain.js';
import type { SourceIngredient, SourcePart, SubstanceCodes } from './source.types.js';
import { stageParsed, stageStated, type KnownIngredient, type StagedPart } from './staged-row.js';

/** Code systems of the catalogue; an ATC code may stand for several ingredients and names none. */
const SYSTEMS = ['unii', 'rxcui', 'cas'] as const;
const LONGEST_NAME = 300;

/** What the catalogue knows of ingredients when an import begins. */
export interface KnownSubstances {
  names: ReadonlyArray<KnownName<KnownIngredient>>;
  /** Ingredient key → folded name of an unverified ingredient. */
  unverified: ReadonlyMap<string, string>;
  /** "system code" → ingredient. */
  codes: ReadonlyMap<string, KnownIngredient & { id: number }>;
}

/** Links compositions to ingredients: those of the catalogue, and those this release brings. */
export class Substances {
  private readonly names: Array<KnownName<KnownIngredient>>;
  private readonly byId = new Map<number, KnownIngredient>();
  private readonly byCode = new Map<string, KnownIngredient>();
  private readonly own = new Map<string, KnownIngredient>();
  private salts: SourceIngredient[] = [];
  private hasNew = false;
  private index: IngredientIndex<KnownIngredient> | undefined;
  private parser: IngredientParser<KnownIngredient> | undefined;

  constructor(
    private readonly known: KnownSubstances,
    private readonly keys: NameKeys,
  ) {
    this.names = [...known.names];
    for (const { ingredient } of known.names)
      if (ingredient.id !== undefined) this.byId.set(ingredient.id, ingredient);
    for (const [code, found] of known.codes) {
      const ingredient = this.byId.get(found.id) ?? found;
      this.byId.set(found.id, ingredient);
      this.byCode.set(code, ingredient);
    }
  }

  /** Takes a substance the source brings; answers why not, where it is not taken. */
  add(record: SourceIngredient): string | undefined {
    if (record.role === 'group') return 'is a group of substances; the catalogue keeps its members';
    if (foldText(record.name) === '') return 'holds no letter or digit';
    const problem = textProblem(record.name, LONGEST_NAME);
    if (problem !== undefined) return problem;
    if (record.role === 'salt' && record.baseId !== undefined) this.salts.push(record);
    else this.addSubstance(record);
    return undefined;
  }

  /** The parts of a composition text. */
  parse(raw: string, strength: string | undefined): StagedPart[] {
    return stageParsed(this.read(raw), strength, this.nameOfNew);
  }

  /** The parts a source states one by one: by code, else by name. */
  stated(parts: readonly SourcePart[]): StagedPart[] {
    this.lexicon();
    return parts.map((part) => {
      const byCode = part.codes === undefined ? undefined : this.findByCodes(part.codes);
      if (byCode !== undefined) return stageStated(part, { ingredient: byCode });
      const [only, ...others] = this.read(part.text);
      if (only === undefined || others.length > 0) return stageStated(part, {});
      if (only.ingredient !== undefined) return stageStated(part, { ingredient: only.ingredient });
      return stageStated(part, only.status === 'new' ? { newName: this.nameOfNew(only.name) } : {});
    });
  }

  private readonly nameOfNew = (name: string): string => this.known.unverified.get(name) ?? name;

  private read(raw: string): ReadonlyArray<ParsedPart<KnownIngredient>> {
    this.parser ??= new IngredientParser(this.lexicon());
    return this.parser.parse(raw);
  }

  private lexicon(): IngredientIndex<KnownIngredient> {
    this.addSalts();
    if (this.index === undefined || this.hasNew) {
      this.index = buildIngredientIndex(this.names);
      this.parser = undefined;
      this.hasNew = false;
    }
    return this.index;
  }

  private findByCodes(codes: SubstanceCodes): KnownIngredient | undefined {
    if (codes.own !== undefined) {
      const own = this.own.get(codes.own);
      if (own !== undefined) return own;
    }
    for (const system of SYSTEMS) {
      const code = codes[system];
      const found = code === undefined ? undefined : this.byCode.get(`${system} ${code}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private addSubstance(record: SourceIngredient): void {
    this.index ??= buildIngredientIndex(this.names);
    const known = this.findByCodes(record.codes ?? {}) ?? this.index.resolve(ingredientKey(record.name));
    const ingredient = known ?? { atcCode: record.codes?.atc, name: foldText(record.name) };
    const key = this.stage(record, ingredient, { verified: true });
    if (ingredient.id === undefined) ingredient.key ??= key;
    this.remember(record, ingredient);
  }

  /** Salts come last, when the substances they belong to are known. */
  private addSalts(): void {
    const salts = this.salts;
    this.salts = [];
    for (const salt of salts) {
      const base = this.own.get(salt.baseId ?? '');
      if (base === undefined) {
        this.addSubstance(salt);
        continue;
      }
      this.stage(salt, base, { saltOf: base.key });
      this.remember(salt, base);
    }
  }

  private stage(
    record: SourceIngredient,
    ingredient: KnownIngredient,
    detail: Record<string, unknown>,
  ): number {
    const codes = SYSTEMS.flatMap((system) => {
      const code = record.codes?.[system];
      return code === undefined || code === '' || code.length > 40 ? [] : [[system, code]];
    });
    const synonyms = (record.synonyms ?? [])
      .filter(({ text }) => textProblem(text, LONGEST_NAME) === undefined)
      .map(({ text, kind }) => [text, foldText(text), kind])
      .filter(([, folded]) => folded !== '');
    const folded = foldText(record.name);
    if (detail.saltOf !== undefined || record.role === 'salt') synonyms.push([record.name, folded, 'salt']);
    return this.keys.add({
      kind: 'ingredient',
      name: record.name,
      folded,
      detail: { ...detail, codes, synonyms, atc: record.codes?.atc ?? null },
      ...(ingredient.id === undefined ? {} : { resolvedId: ingredient.id }),
    });
  }

  private remember(record: SourceIngredient, ingredient: KnownIngredient): void {
    this.own.set(record.sourceId, ingredient);
    for (const system of SYSTEMS) {
      const code = record.codes?.[system];
      if (code !== undefined) this.byCode.set(`${system} ${code}`, ingredient);
    }
    for (const name of [record.name, ...(record.synonyms ?? []).map(({ text }) => text)])
      this.names.push({ name, ingredient });
    this.hasNew = true;
  }
}

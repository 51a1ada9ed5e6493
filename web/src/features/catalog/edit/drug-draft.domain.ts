/* What the form of a product holds while it is edited, and what of it is sent. Amounts and prices stay decimal text. */

/** What stands behind a picker: an entry of a list by id. */
export interface DraftEntry {
  id: number;
  name: string;
}

export interface DraftIngredient {
  /** Tells the lines of the form apart; means nothing to the server. */
  key: number;
  ingredient: DraftEntry | null;
  /** What the source wrote; what is sent when no ingredient is linked. */
  rawText: string;
  amount: string;
  unit: string;
  perAmount: string;
  perUnit: string;
}

/** A pack beside the usual one, or the usual one where it needs words or a price of its own. */
export interface DraftPack {
  key: number;
  level: PackLevel;
  baseUnits: string;
  description: string;
  /** Empty: its share of the usual pack's price. */
  price: string;
}

export interface DraftBarcode {
  key: number;
  code: string;
  packLevel: PackLevel;
  /** Key of the pack it is printed on; null: the usual one of that level. */
  packKey: number | null;
  /** Base units of one scan, where neither level nor pack says it. */
  baseUnits: string;
}

export const PACK_LEVELS = ['unit', 'strip', 'pack', 'case'] as const;
export type PackLevel = (typeof PACK_LEVELS)[number];

export const STORAGES = ['room', 'refrigerate', 'freeze'] as const;
export const SCHEDULES = ['II', 'III', 'IV', 'V'] as const;
export const STATUSES = ['active', 'discontinued', 'recalled'] as const;

export interface DrugDraft {
  name: string;
  nameAr: string;
  activeRaw: string;
  strength: string;
  dosageForm: string | null;
  route: string | null;
  company: DraftEntry | null;
  marketer: DraftEntry | null;
  category: DraftEntry | null;
  atcCode: string;
  /** Empty: no price is known. */
  price: string;
  /** Day the price takes effect; empty: today. */
  priceFrom: string;
  priceCeiling: string;
  priceCeilingSource: string;
  baseUnit: string;
  unitsPerStrip: string;
  unitsPerPack: string;
  sourceUrl: string;
  rxOnly: boolean;
  controlledSchedule: (typeof SCHEDULES)[number] | '';
  storage: (typeof STORAGES)[number];
  handlingFlags: string[];
  status: (typeof STATUSES)[number];
  ingredients: DraftIngredient[];
  packs: DraftPack[];
  barcodes: DraftBarcode[];
}

/** A new product: nothing known but the usual. */
export const EMPTY_DRAFT: DrugDraft = {
  name: '',
  nameAr: '',
  activeRaw: '',
  strength: '',
  dosageForm: null,
  route: null,
  company: null,
  marketer: null,
  category: null,
  atcCode: '',
  price: '',
  priceFrom: '',
  priceCeiling: '',
  priceCeilingSource: '',
  baseUnit: '',
  unitsPerStrip: '',
  unitsPerPack: '1',
  sourceUrl: '',
  rxOnly: false,
  controlledSchedule: '',
  storage: 'room',
  handlingFlags: [],
  status: 'active',
  ingredients: [],
  packs: [],
  barcodes: [],
};

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

function orUndefined(text: string): string | undefined {
  return orNull(text) ?? undefined;
}

/** The body of a request: every field as the server takes it. */
function toBody(draft: DrugDraft) {
  return {
    name: draft.name.trim(),
    nameAr: orNull(draft.nameAr),
    activeRaw: orNull(draft.activeRaw),
    strength: orNull(draft.strength),
    dosageForm: draft.dosageForm,
    route: draft.route,
    companyId: draft.company?.id ?? null,
    marketerCompanyId: draft.marketer?.id ?? null,
    categoryId: draft.category?.id ?? null,
    atcCode: orNull(draft.atcCode.toUpperCase()),
    price: orNull(draft.price) ?? '0',
    priceEffectiveFrom: orUndefined(draft.priceFrom),
    priceCeiling: orNull(draft.priceCeiling),
    priceCeilingSource: orNull(draft.priceCeilingSource),
    baseUnit: orUndefined(draft.baseUnit),
    unitsPerStrip: orNull(draft.unitsPerStrip),
    unitsPerPack: orUndefined(draft.unitsPerPack),
    sourceUrl: orNull(draft.sourceUrl),
    rxOnly: draft.rxOnly,
    controlledSchedule: draft.controlledSchedule === '' ? null : draft.controlledSchedule,
    storage: draft.storage,
    handlingFlags: draft.handlingFlags,
    status: draft.status,
    ingredients: draft.ingredients
      .filter((line) => line.ingredient !== null || line.rawText.trim() !== '')
      .map((line) => ({
        ingredientId: line.ingredient?.id ?? null,
        rawText: orUndefined(line.rawText),
        amount: orNull(line.amount),
        unit: orNull(line.unit),
        perAmount: orNull(line.perAmount),
        perUnit: orNull(line.perUnit),
      })),
    packs: draft.packs
      .filter((pack) => pack.baseUnits !== '')
      .map((pack) => ({ ...keyOf(pack), price: orNull(pack.price) })),
    barcodes: draft.barcodes
      .filter((line) => line.code.trim() !== '')
      .map((line) => {
        const pack = draft.packs.find((one) => one.key === line.packKey);
        const code = line.code.trim();
        if (pack) return { code, packLevel: pack.level, pack: keyOf(pack) };
        return { code, packLevel: line.packLevel, baseUnits: orUndefined(line.baseUnits) };
      }),
  };
}

/** What tells one pack of a product from another. */
function keyOf(pack: DraftPack): { level: PackLevel; baseUnits: string; description: string } {
  return { level: pack.level, baseUnits: pack.baseUnits, description: pack.description.trim() };
}

export type DrugBody = ReturnType<typeof toBody>;

/** What POST /drugs takes. */
export function toCreate(draft: DrugDraft): DrugBody {
  return toBody(draft);
}

/** What PATCH /drugs/:id takes: only what differs from what was read, so that two people can change different things. */
export function toUpdate(before: DrugDraft, after: DrugDraft): Partial<DrugBody> {
  const old = toBody(before);
  const changed: Partial<DrugBody> = Object.fromEntries(
    Object.entries(toBody(after)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof DrugBody]),
    ),
  );
  // A day alone says nothing: it is the day of a new price.
  if (changed.price === undefined) delete changed.priceEffectiveFrom;
  // Barcodes name packs: both are replaced together.
  if (changed.packs !== undefined) changed.barcodes = toBody(after).barcodes;
  return changed;
}

/** Fields of the body that differ between two states of a product, to show what somebody else changed. */
export function changedFields(before: DrugDraft, after: DrugDraft): (keyof DrugBody)[] {
  return Object.keys(toUpdate(before, after)) as (keyof DrugBody)[];
}

/** Fields of the form that belong together: barcodes name packs by their key, the day and the source of a price its price. */
const TOGETHER: readonly (readonly (keyof DrugDraft)[])[] = [
  ['packs', 'barcodes'],
  ['price', 'priceFrom'],
  ['priceCeiling', 'priceCeilingSource'],
];

/**
 * What this user typed, put on top of what somebody else saved meanwhile: his changes stay, and whatever he did not touch is
 * what stands there now. Fields that belong together come from one side.
 */
export function rebase(before: DrugDraft, mine: DrugDraft, theirs: DrugDraft): DrugDraft {
  const names = Object.keys(mine) as (keyof DrugDraft)[];
  const touched = new Set(
    names.filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(before[name])),
  );
  for (const group of TOGETHER) {
    if (group.some((name) => touched.has(name))) group.forEach((name) => touched.add(name));
  }
  return {
    ...theirs,
    ...Object.fromEntries(names.filter((name) => touched.has(name)).map((name) => [name, mine[name]])),
  };
}

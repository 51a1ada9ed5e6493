import { foldText } from '../../platform/text/fold.js';
import { Barcodes, UnreadableBarcode } from '../barcodes/barcodes.service.js';
import type { ProductCode } from '../barcodes/barcodes.types.js';
import {
  CatalogueText,
  type ParsedPart,
  type PrescriptionOnlyList,
  type ProductName,
} from '../imports/catalogue-text.service.js';
import type { LegacyDrug, Note } from './legacy-drug.domain.js';
import { readRoute, saysNothing } from './legacy-route.domain.js';

/** Generic forms for compound routes ("oral.solid") whose product states no form. */
export const FAMILY_FORMS: Readonly<Record<string, string>> = {
  'solid-oral': 'oral solid form',
  'liquid-oral': 'oral liquid form',
};

/** An ingredient as compositions are linked to it. */
export interface LinkedIngredient {
  readonly id: number;
  readonly atcCode: string | undefined;
}

/** What a product is to be linked to, by name; the service finds or adds the entries. */
export interface ProductPlan {
  readonly drug: LegacyDrug;
  readonly product: ProductName;
  readonly form: string | null;
  readonly formFamily: string | null;
  readonly route: string | null;
  /** How the stated route and form fared. */
  readonly routeLink: LinkFate;
  readonly formLink: LinkFate;
}

export interface LinkFate {
  /** What the older catalogue says, but "unknown"; null: nothing. */
  readonly stated: string | null;
  readonly isLinked: boolean;
  /** True: not by what is stated but by the product's name. */
  readonly isByName: boolean;
}

/**
 * Decides form and route of a product: what the older catalogue states, made exact by the product's name. `listed`: folded
 * name → name of the entries of its lists.
 */
export function planProduct(
  drug: LegacyDrug,
  stated: { readonly route: string | null; readonly form: string | null },
  listed: { readonly routes: ReadonlyMap<string, string>; readonly forms: ReadonlyMap<string, string> },
): ProductPlan {
  const product = CatalogueText.productName(drug.name);
  const route = stated.route === null || saysNothing(stated.route) ? null : stated.route;
  const read = route === null ? undefined : readRoute(route);
  const form = stated.form === null || saysNothing(stated.form) ? null : stated.form;
  const known = form === null ? undefined : CatalogueText.dosageForm(form);
  const named = product.dosageForm ?? null;
  // "Tablet" beside "… XR 20 TABS" is a modified-release tablet, "spray" beside "NASAL SPRAY" a nasal spray: where the
  // name says the same more exactly, it decides.
  const isGeneral = known === undefined || named?.includes(known) === true;
  const own = form !== null && known === undefined ? (listed.forms.get(foldText(form)) ?? null) : null;
  const chosenForm = isGeneral ? (own ?? named ?? known ?? null) : known;
  const byFamily = chosenForm ?? (read?.family ? (FAMILY_FORMS[read.family] ?? null) : null);
  const formFamily = byFamily === null ? null : (familyOf(byFamily) ?? null);
  const chosenRoute = CatalogueText.route(read?.route ?? null, formFamily, product) ?? read?.route ?? null;
  // A word nobody understood stays as the entry it is in the list, unless it is the name of a form.
  const isFormWord = route !== null && CatalogueText.dosageForm(route) !== undefined;
  const ownRoute =
    route !== null && chosenRoute === null && !isFormWord
      ? (listed.routes.get(foldText(route)) ?? null)
      : null;
  return {
    drug,
    product,
    form: byFamily,
    formFamily,
    route: chosenRoute ?? ownRoute,
    routeLink: fate(route, read !== undefined || ownRoute !== null, (chosenRoute ?? ownRoute) !== null),
    formLink: fate(form, known !== undefined || own !== null, byFamily !== null),
  };
}

const FORM_OF_FAMILY = new Map(Object.entries(FAMILY_FORMS).map(([family, form]) => [form, family]));

/** Family of a form, the generic ones included; null where it is a form of the older catalogue's own. */
export function familyOf(form: string): string | null {
  return FORM_OF_FAMILY.get(form) ?? CatalogueText.formWord(form).family;
}

function fate(stated: string | null, isUnderstood: boolean, isLinked: boolean): LinkFate {
  return { stated, isLinked, isByName: isLinked && (stated === null || !isUnderstood) };
}

/** How the pack is counted: the name's count, else a plain number of units. */
export function packOf(
  drug: LegacyDrug,
  product: ProductName,
): { baseUnit: string; unitsPerPack: number; unitsPerStrip: number | null } {
  const { baseUnit, unitsPerPack, unitsPerStrip } = product;
  if (unitsPerPack > 1 || drug.units === null)
    return {
      baseUnit,
      unitsPerPack,
      unitsPerStrip: unitsPerStrip !== undefined && unitsPerStrip <= unitsPerPack ? unitsPerStrip : null,
    };
  const number = /^(\d{1,4})(?:\.0+)?$/.exec(drug.units)?.[1];
  if (number !== undefined && Number(number) > 1)
    return { baseUnit: 'piece', unitsPerPack: Number(number), unitsPerStrip: null };
  const worded = CatalogueText.productName(drug.units);
  return worded.unitsPerPack > 1
    ? {
        baseUnit: worded.baseUnit,
        unitsPerPack: worded.unitsPerPack,
        unitsPerStrip: worded.unitsPerStrip ?? null,
      }
    : { baseUnit, unitsPerPack: 1, unitsPerStrip: null };
}

export interface CompositionLine {
  readonly drug_id: number;
  readonly position: number;
  readonly ingredient_id: number | null;
  readonly raw_text: string;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly per_amount: string | null;
  readonly per_unit: string | null;
}

/** Amounts numeric(18, 6) holds and that are above zero; else none is claimed. */
const isAmount = (text: string | undefined): text is string =>
  text !== undefined && /^\d{1,12}(?:\.\d{1,6})?$/.test(text) && /[1-9]/.test(text);

/** The lines of a composition; `newId` gives an ingredient nobody knew yet its id. */
export function compositionLines(
  plan: ProductPlan,
  parts: readonly ParsedPart<LinkedIngredient>[],
  newId: (name: string) => number,
): CompositionLine[] {
  // One ingredient without an amount and one strength in the name belong together.
  const only =
    parts.length === 1 && plan.product.strengths.length === 1 ? plan.product.strengths[0] : undefined;
  return parts.slice(0, 200).map((part, index) => {
    const stated = part.amount !== undefined && part.unit !== undefined ? part : only;
    const holds =
      stated !== undefined &&
      isAmount(stated.amount) &&
      (stated.per === undefined || isAmount(stated.per.amount));
    return {
      drug_id: plan.drug.drugId,
      position: index + 1,
      ingredient_id: part.ingredient?.id ?? (part.status === 'new' ? newId(part.name) : null),
      raw_text: part.text,
      amount: holds ? (stated.amount ?? null) : null,
      unit: holds ? (stated.unit ?? null) : null,
      per_amount: holds ? (stated.per?.amount ?? null) : null,
      per_unit: holds ? (stated.per?.unit ?? null) : null,
    };
  });
}

export function ingredientStatus(
  parts: readonly ParsedPart<LinkedIngredient>[],
): 'linked' | 'partial' | 'unlinked' {
  const linked = parts.filter(({ status }) => status === 'linked').length;
  if (linked === 0) return 'unlinked';
  return linked === parts.length ? 'linked' : 'partial';
}

export function isPrescriptionOnly(
  plan: ProductPlan,
  parts: readonly ParsedPart<LinkedIngredient>[],
  rules: PrescriptionOnlyList | undefined,
): boolean {
  if (plan.drug.rxOnly !== null) return plan.drug.rxOnly;
  const codes = parts.map(({ ingredient }) => ingredient?.atcCode);
  return rules !== undefined && CatalogueText.isPrescriptionOnly(rules, plan.route ?? undefined, codes);
}

/** Codes of a product as they are stored; one another product has, or that is none, is noted. */
export function barcodesOf(drug: LegacyDrug, taken: Set<string>, note: (note: Note) => void): ProductCode[] {
  return drug.barcodes.flatMap((text) => {
    const code = storable(text);
    if (code === undefined) {
      note({ reason: 'barcode is no product code: left out', value: text });
      return [];
    }
    if (taken.has(code.gtin)) {
      note({ reason: 'barcode belongs to a product before it: left out', value: text });
      return [];
    }
    taken.add(code.gtin);
    if (code.kind === 'in_store' && /^(?:\d{8}|\d{12,14})$/.test(code.code))
      note({ reason: 'barcode has a wrong check digit: kept as a label of the shop', value: text });
    return [code];
  });
}

function storable(text: string): ProductCode | undefined {
  for (const kind of [undefined, 'in_store'] as const) {
    try {
      return Barcodes.toStore(text, kind);
    } catch (error) {
      if (!(error instanceof UnreadableBarcode)) throw error;
    }
  }
  return undefined;
}

/** The row of a product as the insert statement takes it. */
export function drugRow(
  plan: ProductPlan,
  links: { companyId: number | null; categoryId: number | null; ingredientStatus: string; rxOnly: boolean },
): object {
  const { drug, product } = plan;
  const pack = packOf(drug, product);
  return {
    drug_id: drug.drugId,
    name: drug.name,
    name_folded: foldText(drug.name),
    name_ar: drug.nameAr,
    active_raw: drug.activeRaw,
    strength: CatalogueText.strengthText(product) ?? null,
    dosage_form: plan.form,
    route: plan.route,
    company_id: links.companyId,
    category_id: links.categoryId,
    price: drug.price,
    old_price: drug.oldPrice,
    updated_on: drug.updatedOn,
    base_unit: pack.baseUnit,
    units_per_strip: pack.unitsPerStrip,
    units_per_pack: pack.unitsPerPack,
    rx_only: links.rxOnly,
    ingredient_status: links.ingredientStatus,
  };
}

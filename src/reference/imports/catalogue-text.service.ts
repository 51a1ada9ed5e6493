import { FORM_RULES } from './dosage-form-words.domain.js';
import { buildIngredientIndex, type KnownName } from './ingredient-index.domain.js';
import { IngredientParser, type ParsedPart } from './ingredient-text.domain.js';
import { formWord, routeWord, type ListWord } from './list-words.domain.js';
import { readMapping } from './mapping.domain.js';
import { isPrescriptionOnly, type PrescriptionOnlyList } from './prescription-only.domain.js';
import { parseProductName, showStrengths, type ProductName } from './product-name.domain.js';
import { chooseRoute, ROUTES } from './route-class.domain.js';

export type { ListWord, ParsedPart, PrescriptionOnlyList, ProductName };

/** A route or form family by its text, where it is one the catalogue knows. */
const knownRoute = (name: string | null) => ROUTES.find((route) => route === name);
const knownFamily = (name: string | null) => FORM_RULES.find(({ family }) => family === name)?.family;

/**
 * What imports know about the texts of a catalogue, for other slices that take one over: names of products, forms,
 * routes and compositions. Pure; nothing is written.
 */
export const CatalogueText = {
  /** Strength, form, pack and flags a product name states. */
  productName: (name: string): ProductName => parseProductName(name),
  /** Strengths as shown to people; undefined: none. */
  strengthText: (product: ProductName): string | undefined => showStrengths(product.strengths),
  /** The catalogue's form for a stated one ("TABS" → tablet); undefined: not understood. */
  dosageForm: (stated: string): string | undefined => parseProductName(stated).dosageForm,
  /** A form as the list keeps it, with its Arabic name and family. */
  formWord: (form: string): ListWord => formWord(form),
  routeWord: (route: string): ListWord => routeWord(route),
  /** The route of a product: the stated one made narrower by the form, or the form's own; undefined: neither says. */
  route: (stated: string | null, family: string | null, product: ProductName): string | undefined =>
    chooseRoute(knownRoute(stated), knownFamily(family) ?? product.formFamily, product.injectedBy),
  /** A reader of composition texts over these names; equal texts give the same parts: do not change them. */
  compositions: <T>(names: Iterable<KnownName<T>>): ((text: string) => ReadonlyArray<ParsedPart<T>>) => {
    const parser = new IngredientParser(buildIngredientIndex(names));
    return (text) => parser.parse(text);
  },
  /** The prescription rules of a shipped mapping (its JSON); undefined: it is not a mapping. */
  prescriptionRules: (mapping: unknown): PrescriptionOnlyList | undefined => {
    const read = readMapping(mapping);
    return 'ok' in read ? read.ok.prescriptionOnly : undefined;
  },
  isPrescriptionOnly,
} as const;

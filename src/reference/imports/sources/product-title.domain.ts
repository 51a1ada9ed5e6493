import { parseProductName } from '../product-name.domain.js';

/** Longest product name of the catalogue, and longest strength put into one. */
const LONGEST_NAME = 500;
const LONGEST_STRENGTH = 80;

/** What a product name is made of where the source has none of its own. */
export interface TitleParts {
  /** Brand, or the generic name where there is no brand. */
  brand: string;
  strength?: string;
  form?: string;
}

/** Cuts at a blank, with an ellipsis. */
export function shorten(text: string, longest = LONGEST_NAME): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > longest / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;/]+$/, '')}…`;
}

/**
 * A name by which a product is told from its sisters: brand, strength and form ("ZESTRIL 10 MG TABLET"), in capitals where
 * the brand is. What the brand already says is not said twice.
 */
export function productTitle({ brand, strength, form }: TitleParts): string {
  const name = brand.replace(/\s+/g, ' ').trim();
  // Strength and form alone name nothing: the row is refused for want of a name.
  if (name === '') return '';
  const said = parseProductName(name);
  const isUpper = name === name.toUpperCase();
  const parts = [name];
  if (strength !== undefined && strength.length <= LONGEST_STRENGTH && said.strengths.length === 0)
    parts.push(isUpper ? strength.toUpperCase() : strength);
  if (form !== undefined && said.dosageForm === undefined) parts.push(isUpper ? form.toUpperCase() : form);
  return shorten(parts.join(' '));
}

import { foldText } from '../../platform/text/fold.js';

/** A company as shown and as compared. */
export interface CompanyName {
  /** Blanks and trailing punctuation tidied; letters and case as the source has them. */
  name: string;
  /** `foldText` of the name: two spellings that fold alike are one company. Nothing else is unified. */
  folded: string;
}

/** Who makes a product and, where it is another company, who markets it. */
export interface Companies {
  maker?: CompanyName;
  marketer?: CompanyName;
}

const NO_COMPANY: ReadonlySet<string> = new Set(['', 'n a', 'na', 'none', 'unknown', 'null']);

/** One company name tidied, or undefined for "", "-", "." and the like. */
export function readCompanyName(raw: string): CompanyName | undefined {
  const name = raw
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .replace(/^[\s.,;:/\\_-]+|[\s.,;:/\\_-]+$/g, '');
  const folded = foldText(name);
  return NO_COMPANY.has(folded) ? undefined : { name, folded };
}

/**
 * Reads "MAKER > GROUP". Either side may be missing ("> GROUP"). With more than two names the first makes and
 * the last markets: "A > B --> C" says that B handed the product over to C. A group that is the maker itself
 * is left out. `readName` reads one of them, where the caller remembers names it has read.
 */
export function readCompanies(
  raw: string,
  separator: string,
  readName: (side: string) => CompanyName | undefined = readCompanyName,
): Companies {
  const [first = '', ...others] = raw.split(separator).map((side) => side.replace(/-+\s*$/, ''));
  const maker = readName(first);
  const marketer = readName(others.at(-1) ?? '');
  return {
    ...(maker === undefined ? {} : { maker }),
    ...(marketer === undefined || marketer.folded === maker?.folded ? {} : { marketer }),
  };
}

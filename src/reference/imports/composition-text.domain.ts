/** Tidying of a composition text before it is split: one dash, one case, and vitamin lists written out. */

const CODE = String.raw`(?:B\s?\d{1,2}|D\s?[23]|K\s?[12]|[ACDEK])`;
/** What must not follow a code: a letter or digit, or a hyphen that begins a word ("E-CAROTENE"). */
const ENDS = String.raw`(?![\p{L}\d]|-\p{L}{2})`;
/** A bare number in a list of B vitamins ("B1 2 6 12"), not an amount. */
const B_NUMBER = String.raw`(?:12|[1235679])(?!\d|[.,]\d|\s*(?:\p{L}|%))`;
const LIST_SEPARATOR = String.raw`(?:\s*(?:[+&/,.\-]|\bAND\b)\s*|\s+)`;
const VITAMIN_HEAD = String.raw`\bVIT(?:A(?:MINE?)?)?S?(?![\p{L}])\s*[.:\-]*\s*`;
/** "VITAMINS(A+C+E)", "VITAMIN B6 & B 12", "VIT B1.B6.B12", "VITAMIN B1  2  6": one word for several vitamins. */
const VITAMIN_LIST = new RegExp(
  String.raw`${VITAMIN_HEAD}\(?\s*(${CODE}${ENDS}(?:${LIST_SEPARATOR}(?:${CODE}${ENDS}|${B_NUMBER}))+)\s*\)?(?![\p{L}\d]|-\p{L}{2})`,
  'gu',
);
const SINGLE_VITAMIN = new RegExp(String.raw`${VITAMIN_HEAD}(?=${CODE}(?![\p{L}\d]))`, 'gu');
/** "OMEGA 3-6-9", "OMEGA 3+6". */
const OMEGA_LIST = /\bOMEGAS?[\s-]*3(?:(?:\s*[+&,\-/]\s*|\s+|\s+AND\s+)[69](?![\d.%]))+/g;
const LEAD_IN =
  /^(?:ACTIVE\s+)?INGREDIENTS?\s*:?\s+|^\(?\d+\s+(?:ACTIVE\s+)?INGREDIENTS\)?\s*|^EACH\s+(?:\w+\s+){1,3}CONTAINS?(?:ING)?\s*:?\s+|^CONTAINS?\s*:?\s+/;
/** A strength glued to its name: "ZINC15MG", "VITAMIN C100MG". */
const GLUED_STRENGTH =
  /(\p{L}{2}|\bVIT(?:AMIN)?\W*[ACE])(\d+(?:\.\d+)?\s?(?:MG|MCG|GM?|IU|I\.U|ML|%))(?!\p{L})/gu;

/** Units in Arabic, behind a number: milligram, gram, microgram, millilitre, unit. */
const ARABIC_UNITS: ReadonlyArray<readonly [RegExp, string]> = [
  [/(\d)\s*(?:ملليجرام|مليجرام|ملجم|مجم|ملغم|ملغ|مج)(?!\p{L})/gu, '$1 MG'],
  [/(\d)\s*(?:ميكروجرام|ميكروغرام|مكجم|مكغ)(?!\p{L})/gu, '$1 MCG'],
  [/(\d)\s*(?:جرام|غرام|جم|غم)(?!\p{L})/gu, '$1 G'],
  [/(\d)\s*(?:ملليلتر|مليلتر|مللي|مل)(?!\p{L})/gu, '$1 ML'],
  [/(\d)\s*(?:وحدة دولية|وحده دوليه|وحدة|وحده)(?!\p{L})/gu, '$1 IU'],
];

const ARABIC_DIGITS = /[٠-٩۰-۹]/gu;

/** Digits and units of Arabic texts as amounts are read: "٥٠٠ مجم" → "500 MG". */
function withLatinAmounts(text: string): string {
  let latin = text.replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
  for (const [unit, written] of ARABIC_UNITS) latin = latin.replace(unit, written);
  return latin;
}

function writeOutVitamins(list: string): string {
  const names: string[] = [];
  let afterB = false;
  for (const code of list.replace(/AND/g, ' ').match(new RegExp(`${CODE}|\\d{1,2}`, 'gu')) ?? []) {
    const bare = code.replace(/\s/g, '');
    if (/^\d/.test(bare) && !afterB) continue;
    names.push(`VITAMIN ${/^\d/.test(bare) ? 'B' : ''}${bare}`);
    afterB = /^\d|^B/.test(bare);
  }
  return names.join(' + ');
}

/**
 * Upper case, one sort of dash, bullets and quotes dropped, new lines and tabs made into `+`, "VIT." and its
 * kin written VITAMIN, and lists of vitamins and omegas written out with `+`.
 */
export function tidyComposition(raw: string): string {
  const upper = raw.normalize('NFKC').toUpperCase();
  const text = (/[\u0600-\u06ff]/.test(upper) ? withLatinAmounts(upper) : upper)
    .replace(/\s*[\r\n\t;]+\s*/g, ' + ')
    .replace(/[‐‑‒—―−]/g, '-')
    .replace(/[*"“”]+/g, ' ')
    .trim()
    .replace(LEAD_IN, '')
    .replace(GLUED_STRENGTH, '$1 $2')
    // A µ lost on the way: the number is kept as a bare one, its unit is not guessed.
    .replace(/(\d)\s*\?G\b/g, '$1')
    .replace(/\bB[_-]\s*COMPLEX\b/g, 'B COMPLEX')
    // "VB1+6+12": the vitamins after the first go without their letter.
    .replace(/\bV(?:IT\.?\s*)?B\s?1\s*\+\s*6\s*\+\s*12\b/g, 'VITAMIN B1+VITAMIN B6+VITAMIN B12');
  return text
    .replace(OMEGA_LIST, (list) =>
      (list.match(/[369]/g) ?? []).map((number) => `OMEGA ${number}`).join(' + '),
    )
    .replace(VITAMIN_LIST, (whole, list: string, at: number) => {
      const written = writeOutVitamins(list);
      if (!written.includes('+')) return whole;
      const opened = (whole.match(/\(/g) ?? []).length - (whole.match(/\)/g) ?? []).length;
      const close = opened < 0 ? ')' : '';
      return `${at === 0 ? '' : ' + '}${written}${close} + `;
    })
    .replace(SINGLE_VITAMIN, 'VITAMIN ');
}

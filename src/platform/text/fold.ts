/**
 * Folding of free text for comparison and search. Pure, no imports: catalogue import, search index and
 * search box must fold with the same function or they will not find each other's words.
 */

/** Letters that Unicode does not decompose into base + accent, and Arabic letters that readers take for one. */
const SINGLE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  // Arabic: alef wasla, alef maqsura, ta marbuta, Persian yeh and kaf as typed on some keyboards.
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ی: 'ي',
  ک: 'ك',
  // Decimal separator and percent sign as written with Arabic digits; the fraction slash NFKC makes from ½.
  '٫': '.',
  '٪': '%',
  '⁄': '/',
};
const SINGLE_LETTER = new RegExp(`[${Object.keys(SINGLE_LETTERS).join('')}]`, 'gu');

/** Latin combining accents; Arabic signs, harakat (incl. the hamza that NFD splits off أ إ ؤ ئ), tatweel, Quranic marks. */
const MARKS = /\u0640|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
/** Arabic thousands separator, Arabic comma between digits, zero-width and bidi controls: no meaning in a name. */
const INVISIBLE = /[\u00ad\u066c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const ARABIC_DIGIT = /[٠-٩۰-۹]/gu;
/** `+ / .` are punctuation unless both neighbours are digits ("0.5", "5/10", "500+125"); `%` needs a digit before. */
const OTHER = /(?<![0-9])[+/.]|[+/.](?![0-9])|(?<![0-9])%|[^\p{L}\p{N}\p{M}+/.%]/gu;
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

function arabicDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code >= 0x06f0 ? 0x06f0 : 0x0660));
}

/** ASCII text has nothing to fold but case and punctuation, and most catalogue text is ASCII. */
const ASCII = /^[\x00-\x7f]*$/;
const OTHER_ASCII = /(?<![0-9])[+/.]|[+/.](?![0-9])|(?<![0-9])%|[^A-Za-z0-9+/.%]/g;

function foldAscii(text: string): string {
  return text.replace(OTHER_ASCII, ' ').replace(/ {2,}/g, ' ').trim().toLowerCase();
}

function foldOnce(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(SINGLE_LETTER, (letter) => SINGLE_LETTERS[letter] ?? letter)
    .replace(ARABIC_DIGIT, arabicDigit)
    .replace(OTHER, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/**
 * Folds a name to the form used for comparing: compatibility characters unified (NFKC), lower case, Latin
 * accents and Arabic diacritics and tatweel dropped, أ إ آ ٱ → ا, ى ئ → ي, ة → ه, ؤ → و, Arabic-Indic
 * digits → ASCII, every run of blanks and punctuation → one space. `+`, `/` and `.` stay between two digits,
 * `%` stays after a digit.
 *
 * Idempotent: `foldText(foldText(s)) === foldText(s)` (property test). Never throws; may return ''.
 */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text;
  if (ASCII.test(text)) return foldAscii(text);
  let folded = foldOnce(text);
  // A dropped character can bring together two that combine or that lose their digit neighbour; three rounds
  // settle every case the property test has met, and the bound keeps odd input from looping.
  for (let round = 0; round < 3 && !PLAIN.test(folded); round++) {
    const again = foldOnce(folded);
    if (again === folded) return folded;
    folded = again;
  }
  return folded;
}

/**
 * The words of a text, folded, in order. A number written together with its unit is two words
 * ("500mg" → "500", "mg") so that "500 mg" finds it; letters before digits stay together ("b12", "q10").
 */
export function tokenise(text: string): string[] {
  const folded = foldText(text);
  if (folded === '') return [];
  return folded
    .replace(/(?<![\p{L}\p{N}])([0-9][0-9./+]*%?)(?=\p{L})/gu, '$1 ')
    .split(' ')
    .filter((word) => word !== '');
}

/**
 * How a name sounds, written with consonants only, in Latin and Arabic script alike: "paracetamol",
 * "parasitamol" and "باراسيتامول" all become "brstml". Arabic leaves short vowels out and writes p as b and v as f,
 * so both scripts lose what one of them cannot say. Meant for suggestions: many names share a sound.
 */

const ARABIC_SOUNDS: Readonly<Record<string, string>> = {
  ب: 'b',
  پ: 'b',
  ت: 't',
  ط: 't',
  ة: '',
  ث: 't',
  ج: 'g',
  چ: 'g',
  غ: 'g',
  ح: '',
  ه: '',
  خ: 'k',
  ك: 'k',
  ق: 'k',
  د: 'd',
  ض: 'd',
  ذ: 's',
  ز: 's',
  ظ: 's',
  س: 's',
  ص: 's',
  ش: 's',
  ر: 'r',
  ف: 'f',
  ڤ: 'f',
  ل: 'l',
  م: 'm',
  ن: 'n',
};

const ARABIC = /[\u0621-\u064a\u067e\u0686\u06a4]/;

/** True where a text has an Arabic letter. */
export function isArabic(text: string): boolean {
  return ARABIC.test(text);
}

function latinSound(word: string): string {
  return word
    .replace(/^(?:ps|pt)/, (pair) => pair.slice(1))
    .replace(/^x/, 's')
    .replace(/sch|sh|tsch/g, 's')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ch/g, 'k')
    .replace(/tion/g, 'sn')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/x/g, 'ks')
    .replace(/[ckq]/g, 'k')
    .replace(/[jg]/g, 'g')
    .replace(/[zs]/g, 's')
    .replace(/p/g, 'b')
    .replace(/v/g, 'f')
    .replace(/[aeiouyhw]/g, '');
}

/** The consonants of a folded name, doubled ones once, words run together; digits are kept. */
export function soundOf(folded: string): string {
  return folded
    .split(' ')
    .map((word) =>
      isArabic(word) ? [...word].map((letter) => ARABIC_SOUNDS[letter] ?? '').join('') : latinSound(word),
    )
    .join('')
    .replace(/[^a-z0-9]/g, '')
    .replace(/([a-z])\1+/g, '$1');
}

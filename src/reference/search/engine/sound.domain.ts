/**
 * How a brand sounds, whichever script it is written in: بنادول and panadol, اوجمنتين and augmentin, كونجستال and
 * congestal have one consonant skeleton. Vowels tell apart what shares a skeleton.
 *
 * `soundOf` gives a rough pronunciation: consonant classes in capitals, vowels a, i, o. Classes: B (b p ب), F (f v ph ف),
 * T (t th ت ط ث), D (d ض د ذ), S (s z soft c sh س ص ز ظ ش), K (k c q ق ك خ), G (g j ج غ), L, M, N, R.
 * Silent: h, ه, ح, ع, hamza.
 */

const VOWEL_OF: Readonly<Record<string, string>> = {
  a: 'a',
  e: 'i',
  i: 'i',
  y: 'i',
  o: 'o',
  u: 'o',
  w: 'o',
  ا: 'a',
  و: 'o',
  ي: 'i',
  ه: 'a',
  ع: 'a',
};
const CLASS_OF: Readonly<Record<string, string>> = {
  b: 'B',
  p: 'B',
  ب: 'B',
  پ: 'B',
  f: 'F',
  v: 'F',
  ف: 'F',
  ڤ: 'F',
  t: 'T',
  ت: 'T',
  ط: 'T',
  ث: 'T',
  d: 'D',
  د: 'D',
  ض: 'D',
  ذ: 'D',
  s: 'S',
  z: 'S',
  س: 'S',
  ص: 'S',
  ز: 'S',
  ظ: 'S',
  ش: 'S',
  k: 'K',
  q: 'K',
  ك: 'K',
  ق: 'K',
  خ: 'K',
  g: 'G',
  j: 'G',
  ج: 'G',
  غ: 'G',
  چ: 'G',
  گ: 'G',
  l: 'L',
  ل: 'L',
  m: 'M',
  م: 'M',
  n: 'N',
  ن: 'N',
  r: 'R',
  ر: 'R',
};
const SOFTENS_C = 'eiy';
const SOUNDED = /^[a-zء-يپچڤگ]+$/;
const ARABIC = /[ء-ي]/;

export const isArabicWord = (word: string): boolean => ARABIC.test(word);
/** Words of letters the tables know; numbers and other scripts have no sound here. */
export const hasSound = (word: string): boolean => SOUNDED.test(word);

const DIGRAPHS: Readonly<Record<string, string>> = {
  ph: 'F',
  th: 'T',
  sh: 'S',
  ch: 'K',
  kh: 'K',
  gh: 'G',
  ck: 'K',
  qu: 'K',
  dh: 'D',
};

/** A rough pronunciation of a folded word; doubled consonants count once. */
export function soundOf(word: string): string {
  let sound = '';
  const put = (part: string): void => {
    if (part !== '' && sound.at(-1) !== part) sound += part;
  };
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? '';
    const pair = DIGRAPHS[letter + (word[at + 1] ?? '')];
    if (pair !== undefined) {
      put(pair);
      at++;
    } else if (letter === 'x') {
      if (at > 0) put('K');
      put('S');
    } else if (letter === 'c') put(SOFTENS_C.includes(word[at + 1] ?? '-') ? 'S' : 'K');
    else if (letter === 'ه') {
      // The ta marbuta folds to ه: a vowel at the end, silent elsewhere.
      if (at === word.length - 1) put('a');
    } else put(CLASS_OF[letter] ?? VOWEL_OF[letter] ?? '');
  }
  return sound;
}

const VOWELS = 'aio';

/** The consonants of `soundOf`, each run of one consonant once; shorter than two tells nothing and is ''. */
export function skeletonOf(sound: string): string {
  let skeleton = '';
  for (const part of sound) if (!VOWELS.includes(part) && skeleton.at(-1) !== part) skeleton += part;
  return skeleton.length < 2 ? '' : skeleton;
}

/**
 * How differently two words of one skeleton sound, in tenths of an edit: their vowels are compared between the same
 * consonants. `a` may leave vowels out when it is Arabic (بنادول for panadol): that hardly counts.
 */
export function vowelDistance(a: string, b: string, isShortA: boolean, isShortB: boolean): number {
  let distance = 0;
  let i = 0;
  let j = 0;
  let last = '';
  while (i < a.length || j < b.length) {
    let vowelsA = '';
    let vowelsB = '';
    // A consonant said twice with vowels between ("nana") is one in the skeleton: step over it.
    for (; i < a.length && (VOWELS.includes(a[i] ?? '') || a[i] === last); i++)
      if (a[i] !== last) vowelsA += a[i] ?? '';
    for (; j < b.length && (VOWELS.includes(b[j] ?? '') || b[j] === last); j++)
      if (b[j] !== last) vowelsB += b[j] ?? '';
    if (vowelsA !== vowelsB) {
      if (vowelsA === '') distance += isShortA ? 1 : 3;
      else if (vowelsB === '') distance += isShortB ? 1 : 3;
      else distance += vowelsA.includes(vowelsB) || vowelsB.includes(vowelsA) ? 1 : 4;
    }
    last = a[i] ?? '';
    i++;
    j++;
  }
  return distance;
}

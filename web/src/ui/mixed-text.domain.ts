/** A stretch of a text that is written in one direction. */
interface DirectionRun {
  text: string;
  /** Where it begins in the whole text. */
  start: number;
  /** Latin letters or digits inside right-to-left text, which must be kept together and in their own order. */
  isLtr: boolean;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LATIN_STRETCH = /[0-9A-Za-zµμ](?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[0-9A-Za-zµμ%)])?/g;
/** Between two quantities: "500 mg" and "16" are two things, "120 mg / 5 ml" is one. */
const NEXT_QUANTITY = /(?<=[^\s/+×x–-])\s+(?=\d)/g;

/**
 * Cuts a text with Arabic letters so that each strength, number and Latin word can be shown left to right by itself.
 * Left whole, "أموكسابيل 500 mg 16 كبسولات" would be drawn with its numbers in the wrong order.
 * A text without right-to-left letters is one run.
 */
export function directionRuns(text: string): DirectionRun[] {
  if (!RIGHT_TO_LEFT.test(text)) return text === '' ? [] : [{ text, start: 0, isLtr: false }];
  const runs: DirectionRun[] = [];
  let at = 0;
  const add = (end: number, isLtr: boolean): void => {
    if (end > at) runs.push({ text: text.slice(at, end), start: at, isLtr });
    at = Math.max(at, end);
  };
  for (const { 0: stretch, index } of text.matchAll(LATIN_STRETCH)) {
    add(index, false);
    // "Panadol 500 mg" begins with a word and stays one; "500 mg 16" is two quantities.
    const breaks = /^\d/.test(stretch) ? [...stretch.matchAll(NEXT_QUANTITY)] : [];
    for (const { 0: space, index: from } of breaks) {
      add(index + from, true);
      add(index + from + space.length, false);
    }
    add(index + stretch.length, true);
  }
  add(text.length, false);
  return runs;
}

/** As the server has it: fewer letters and digits than this say nothing. */
export const MIN_CHARACTERS = 5;
const MIN_LETTERS = 3;
const MIN_DIFFERENT = 3;

/** Words that fill a field and say nothing; the server holds the same list. */
const EMPTY_WORDS = new Set(
  'ok okay yes no none na nil nothing null fine good done test testing override overridden approved reason comment note see above same as before because just any whatever تم لا نعم حسنا موافق تمام لايوجد لا يوجد'.split(
    ' ',
  ),
);

/** True when a note says something in letters. "ok…", "n/a none", "aaaaa" and "12345" do not. The server decides. */
export function isReasoned(text: string): boolean {
  const characters = [...text.toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return (
    words.some((word) => /\p{L}{3}/u.test(word) && !EMPTY_WORDS.has(word)) &&
    characters.length >= MIN_CHARACTERS &&
    letters.length >= MIN_LETTERS &&
    new Set(characters).size >= MIN_DIFFERENT
  );
}

interface Decision {
  readonly overriddenAt: string;
}

/**
 * The latest earlier decision about this very finding, which the server remembers. Undefined for a contraindicated finding,
 * which is decided anew each time, and for one the server has just asked about (`asked`): it remembers for some days only.
 */
export function rememberedOf<D extends Decision>(
  alert: { readonly alertId: number; readonly severity: string; readonly overrides: readonly D[] },
  asked: ReadonlySet<number>,
): D | undefined {
  if (alert.severity === 'contraindicated' || asked.has(alert.alertId)) return undefined;
  return [...alert.overrides].sort((a, b) => b.overriddenAt.localeCompare(a.overriddenAt))[0];
}

/** As the server has it: fewer letters than this say nothing. */
export const MIN_LETTERS = 5;
const MIN_DIFFERENT = 3;

/** True when a note says something: five letters or digits, three of them different. "ok…" and "aaaaa" do not. */
export function isReasoned(text: string): boolean {
  const letters = [...text.toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  return letters.length >= MIN_LETTERS && new Set(letters).size >= MIN_DIFFERENT;
}

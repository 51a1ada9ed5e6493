/**
 * What a table of words says of a word that came from outside; undefined where the table does not know it.
 * A bare `table[word]` also answers `constructor`, `valueOf` and `__proto__`, with what every object carries.
 */
export const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

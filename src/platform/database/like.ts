/** Escapes a text for use inside a LIKE pattern: a literal % or _ is a literal. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`);

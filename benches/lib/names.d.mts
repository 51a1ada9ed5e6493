export const ALL: readonly string[];

export const PAGE: string;
export function outdatedDocuments(): Promise<string[]>;
export function writeDocuments(): Promise<string[]>;

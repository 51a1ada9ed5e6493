export const FLAGS: readonly string[];
export function executablePath(): Promise<string>;

export function figureFiles(folder: string): Readonly<Record<string, string>>;
export function withFigures(text: string, folder: string): string;
export function markedIn(text: string): string[];

/** Reads the settings of a mapping file and collects every problem, so that one run reports all of them. */

export type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reader of checked settings; a wrong one is a line in `problems` and reads as something harmless. */
export class SettingsReader {
  readonly problems: string[] = [];

  object(value: unknown, path: string): Json {
    if (isObject(value)) return value;
    this.problems.push(`${path}: must be an object`);
    return {};
  }

  text(value: unknown, path: string, longest = 200): string {
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
    this.problems.push(`${path}: must be a text of 1 to ${longest} characters`);
    return '';
  }

  /** One ASCII character. */
  character(value: unknown, path: string): string {
    const text = this.text(value, path, 1);
    if (text !== '' && (text.charCodeAt(0) > 0x7e || text === '\n' || text === '\r'))
      this.problems.push(`${path}: must be one ASCII character, and no line end`);
    return text;
  }

  flag(value: unknown, path: string): boolean {
    if (value === undefined || typeof value === 'boolean') return value === true;
    this.problems.push(`${path}: must be true or false`);
    return false;
  }

  /** One of a few texts; the first where left out. */
  oneOf<T extends string>(value: unknown, known: readonly [T, ...T[]], path: string): T {
    const found = known.find((text) => text === (value ?? known[0]));
    if (found !== undefined) return found;
    this.problems.push(`${path}: must be one of ${known.map((text) => `"${text}"`).join(', ')}`);
    return known[0];
  }

  texts(value: unknown, path: string): string[] {
    const texts = value ?? [];
    if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts.map(String);
    this.problems.push(`${path}: must be a list of texts`);
    return [];
  }

  onlyKeys(value: Json, allowed: readonly string[], path: string): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key)) this.problems.push(`${path}${key}: is not a known setting`);
    }
  }

  pattern(value: unknown, path: string): RegExp {
    const text = this.text(value, path);
    try {
      return new RegExp(text, 'u');
    } catch {
      this.problems.push(`${path}: is not a regular expression`);
      return /^$/u;
    }
  }

  /** Stated text → one of a few meanings. */
  table<T extends string>(value: unknown, meanings: readonly T[], path: string): Map<string, T> {
    const table = new Map<string, T>();
    for (const [stated, meaning] of Object.entries(this.object(value ?? {}, path))) {
      const known = meanings.find((text) => text === meaning);
      if (known === undefined) this.problems.push(`${path}.${stated}: must be one of ${meanings.join(', ')}`);
      else table.set(stated, known);
    }
    return table;
  }
}

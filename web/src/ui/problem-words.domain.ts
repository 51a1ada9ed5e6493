/** Where the words of a refusal come from: the texts of the interface, by key. */
export interface Words {
  /** The text as it is written, with its places for values; undefined: there is none. */
  raw: (key: string) => string | undefined;
  /** Calendar dates as the language writes them. */
  date: (value: string) => string;
}

/** A refusal as far as its words go. */
interface Refused {
  readonly code: string;
  /** The server's words: English. */
  readonly title: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Codes of many refusals: what is refused only the server's detail says. */
const MANY: ReadonlySet<string> = new Set([
  'cannot-grant',
  'duplicate',
  'fhir-bundle-refused',
  'forbidden',
  'import-refused',
  'invalid-request',
  'link-not-undoable',
  'merge-not-undoable',
  'not-found',
  'prescribed-date-refused',
  'price-ceiling',
  'release-not-ready',
  'rule-violation',
  'sale-not-reversible',
  'unknown-clinical-subject',
]);

/** `detail` is in the server's English where `isForeign`. */
export interface ProblemWords {
  title: string;
  detail: string;
  isForeign: boolean;
}

/**
 * A refusal in the language of the interface: title by its code, detail by its code and reason with the values it came with. The
 * server's English detail is shown where there is no text of the code, or where the code alone does not say what is refused.
 */
export function wordsOf({ code, title, detail, params }: Refused, words: Words): ProblemWords {
  const own = words.raw(`errors.${code}`);
  if (own === undefined) return { title, detail, isForeign: true };
  const reason = params['reason'] ?? params['drugStatus'];
  const values = shownValues(params, words);
  const keys = [
    ...(typeof reason === 'string' ? [`errorReason.${code}.${reason}`] : []),
    `errorDetail.${code}`,
  ];
  for (const key of keys) {
    const text = filled(words.raw(key), values);
    if (text !== undefined) return { title: own, detail: text, isForeign: false };
  }
  return { title: own, detail: MANY.has(code) ? detail : '', isForeign: true };
}

/** A text with its values in their places; undefined where one is not known. */
function filled(raw: string | undefined, values: Readonly<Record<string, string>>): string | undefined {
  const places = [...(raw ?? '').matchAll(/\{\{(\w+)\}\}/g)];
  if (places.some(([, name = '']) => values[name] === undefined)) return undefined;
  return raw?.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => values[name] ?? '');
}

/** Values of one word or number, or several of them, each kept apart from the direction of the text around it. */
function shownValues(params: Refused['params'], words: Words): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = values.filter((one) => typeof one === 'string' || typeof one === 'number');
    if (texts.length === 0 || texts.length < values.length) continue;
    shown[name] = texts.map((one) => `\u2068${written(String(one), words)}\u2069`).join(' · ');
  }
  return shown;
}

function written(value: string, words: Words): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return words.date(value);
  if (/^-?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '');
  return value;
}

import fc from 'fast-check';

import { resolve, typesOf, type OpenApi, type Operation, type Schema } from './document.js';
import type { Random } from './random.js';

/** A request as it is sent. */
export interface MadeRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly url: string;
  readonly body?: unknown;
}

/** Ids of rows there are, by the names answers give them (patientId, lotId, …); the newest of each kind. */
export class KnownIds {
  private readonly byName = new Map<string, (number | string)[]>();
  private static readonly MOST = 40;

  /** Learns every id in an answer. */
  learn(answer: unknown, depth = 0): void {
    if (depth > 8 || typeof answer !== 'object' || answer === null) return;
    if (Array.isArray(answer)) {
      for (const entry of answer.slice(0, 20)) this.learn(entry, depth + 1);
      return;
    }
    for (const [name, value] of Object.entries(answer)) {
      if (/(?:Id|code|gtin|barcode)$/.test(name) && (typeof value === 'number' || typeof value === 'string'))
        this.add(name, value);
      else this.learn(value, depth + 1);
    }
  }

  private add(name: string, value: number | string): void {
    const known = this.byName.get(name) ?? [];
    if (known.includes(value)) return;
    known.push(value);
    if (known.length > KnownIds.MOST) known.shift();
    this.byName.set(name, known);
  }

  /** An id of that name, or of any longer name that ends like it (supplierId for preferredSupplierId). */
  of(name: string, random: Random): number | string | undefined {
    const lower = name.toLowerCase();
    const known = [...this.byName.entries()].filter(([key]) => lower.endsWith(key.toLowerCase())).at(-1)?.[1];
    return known && known.length > 0 ? random.pick(known) : undefined;
  }
}

/** What the last words of a path call its rows: /api/purchase-orders/{id} has purchaseOrderId. */
function idNameOf(path: string): string {
  const before = path.slice(0, path.indexOf('{')).split('/').filter(Boolean).at(-1) ?? '';
  const words = before
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .split('-');
  const [first = '', ...rest] = words;
  return `${first}${rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Id`;
}

const WORDS = ['Mona', 'paracetamol', 'قرص واحد', 'Straße 17', 'take 1 daily', 'N/A', 'x', 'Amoxabel 500'];

/** Makes requests the document calls valid, from seeded randomness and ids of rows there are. */
export class RequestMaker {
  private readonly matching = new Map<string, string[]>();

  constructor(
    private readonly document: OpenApi,
    private readonly random: Random,
    private readonly ids: KnownIds,
    /** The share of what may be left out that is given all the same. */
    private readonly fullness = 0.4,
  ) {}

  request(operation: Operation): MadeRequest {
    const path = this.pathOf(operation);
    const query = operation.query
      .filter((parameter) => parameter.required === true || this.random.chance(0.3))
      .map(
        ({ name, schema }) =>
          `${encodeURIComponent(name)}=${encodeURIComponent(text(this.value(schema ?? {}, name)))}`,
      );
    const url = query.length > 0 ? `${path}?${query.join('&')}` : path;
    return operation.body === undefined
      ? { method: operation.method, url }
      : { method: operation.method, url, body: this.value(operation.body) };
  }

  /** The path with rows there are, where any is known. */
  pathOf(operation: Operation): string {
    return operation.pathParameters.reduce((path, { name, schema }) => {
      const known = this.ids.of(name === 'id' ? idNameOf(operation.path) : name, this.random);
      const value = known ?? (schema ? this.value(schema, name) : 1);
      return path.replace(`{${name}}`, encodeURIComponent(text(value)));
    }, operation.path);
  }

  value(schema: Schema, name = '', depth = 0): unknown {
    const at = resolve(this.document, schema);
    const choices = [...(at.oneOf ?? []), ...(at.anyOf ?? [])];
    if (choices.length > 0) return this.value(this.random.pick(choices), name, depth);
    if (at.allOf) return this.value(at.allOf.at(-1) ?? {}, name, depth);
    if (at.const !== undefined) return at.const;
    if (at.enum) return this.random.pick(at.enum);
    const types = typesOf(at);
    const type =
      types.includes('null') && this.random.chance(0.2) ? 'null' : types.find((kind) => kind !== 'null');
    switch (type) {
      case 'object':
        return this.objectOf(at, depth);
      case 'array': {
        const least = at.minItems ?? 0;
        const length =
          depth > 6 ? least : Math.max(least, Math.min(this.random.whole(1, 2), at.maxItems ?? 2));
        return Array.from({ length }, () => this.value(at.items ?? {}, name.replace(/s$/, ''), depth + 1));
      }
      case 'integer':
      case 'number':
        return this.number(at, name);
      case 'boolean':
        return this.random.chance(0.5);
      case 'string':
        return this.string(at, name);
      default:
        return null;
    }
  }

  private objectOf(schema: Schema, depth: number): Record<string, unknown> {
    const required = new Set(schema.required ?? []);
    const out: Record<string, unknown> = {};
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      if (required.has(name) || (depth < 6 && this.random.chance(this.fullness)))
        out[name] = this.value(property, name, depth + 1);
    return out;
  }

  private number(schema: Schema, name: string): unknown {
    const known = name.endsWith('Id') ? this.ids.of(name, this.random) : undefined;
    if (typeof known === 'number') return known;
    const least = Math.max(schema.minimum ?? 0, -1000);
    return this.random.whole(least, Math.min(schema.maximum ?? 20, least + (name === 'version' ? 2 : 20)));
  }

  private string(schema: Schema, name: string): string {
    const known = this.ids.of(name, this.random);
    if (known !== undefined && /(?:Id|code|gtin|barcode)$/i.test(name) && this.random.chance(0.8))
      return String(known);
    if (schema.format === 'date') return this.date();
    if (schema.format === 'date-time') return `${this.date()}T09:30:00Z`;
    if (schema.format === 'uuid') return '0b3c1e7a-5a53-4b6e-9a6a-3f0f6d3a9c11';
    if (schema.format === 'uri') return 'https://example.org/x';
    if (schema.pattern !== undefined && !schema.pattern.startsWith('^[^\\u0000'))
      return this.matchOf(schema.pattern);
    const word = this.random.pick(WORDS);
    const least = schema.minLength ?? 0;
    return (word.length < least ? word.repeat(Math.ceil(least / word.length)) : word).slice(
      0,
      schema.maxLength ?? 200,
    );
  }

  private date(): string {
    const [year, month, day] = [
      this.random.whole(1950, 2030),
      this.random.whole(1, 12),
      this.random.whole(1, 28),
    ];
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  }

  /** A text that matches a pattern; some of each are made once. */
  private matchOf(pattern: string): string {
    let made = this.matching.get(pattern);
    if (!made) {
      made = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 16, seed: this.random.seed });
      this.matching.set(pattern, made);
    }
    return this.random.pick(made);
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

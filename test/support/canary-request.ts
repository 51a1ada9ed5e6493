/* Requests made of the OpenAPI document, with a mark in every text: whatever comes out elsewhere is found again. */

/** How every mark begins. */
export const MARK = 'ZQX7';
const FORGED = '\n{"level":30,"msg":"forged"}\r\nforged: yes';

/** The part of JSON Schema the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  readonly body: Schema | undefined;
  readonly isUpload: boolean;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}
interface RawOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export function operationsOf(document: unknown): Operation[] {
  const { paths } = document as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase() as Operation['method'],
      path,
      query: parameters.filter((one) => one.in === 'query'),
      body: requestBody?.content['application/json']?.schema,
      isUpload: requestBody?.content['multipart/form-data'] !== undefined,
    })),
  );
}

/** Texts that fit where a mark does not. */
const PLAIN = [
  '1',
  '12.50',
  'en',
  'EGP',
  'Africa/Cairo',
  '10:30',
  '2001-02-03',
  'abc-def',
  'A',
  '00000000-0000-7000-8000-000000000000',
];

/** Makes values for schemas. `isHostile`: each text is a mark, and tries to begin a line of its own, whatever was asked for. */
export class Marker {
  private serial = 0;

  constructor(
    private readonly document: unknown,
    private readonly isHostile: boolean,
  ) {}

  /** A mark of its own each time. */
  text(): string {
    this.serial += 1;
    return `${MARK}${String(this.serial).padStart(6, '0')}${this.isHostile ? FORGED : ''}`;
  }

  value(schema: Schema | undefined, depth = 0): unknown {
    const { $ref, enum: choices, anyOf, oneOf, allOf, properties, items } = schema ?? {};
    if (depth > 8) return undefined;
    if ($ref !== undefined) return this.value(this.named($ref), depth + 1);
    if (schema?.const !== undefined) return schema.const;
    if (choices) return this.isHostile && typeof choices[0] === 'string' ? this.text() : choices[0];
    const kinds = [schema?.type ?? []].flat();
    if (properties || kinds.includes('object'))
      return Object.fromEntries(
        Object.entries(properties ?? {})
          .map(([name, inner]) => [name, this.value(inner, depth + 1)] as const)
          .filter(([, value]) => value !== undefined),
      );
    if (items || kinds.includes('array'))
      return [this.value(items, depth + 1)].filter((one) => one !== undefined);
    if (kinds.includes('string'))
      return this.words([schema ?? {}, ...(allOf ?? []), ...(anyOf?.[0]?.allOf ?? [])]);
    if (kinds.includes('integer') || kinds.includes('number')) return 1;
    if (kinds.includes('boolean')) return true;
    const inner = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])].find((one) => one.type !== 'null');
    return inner ? this.value(inner, depth + 1) : undefined;
  }

  private words(schemas: readonly Schema[]): string | undefined {
    const mark = this.text();
    if (this.isHostile) return mark;
    const format = schemas.find((one) => one.format)?.format;
    if (format === 'date') return '2001-02-03';
    if (format === 'date-time') return '2001-02-03T04:05:06Z';
    const fits = (text: string): boolean =>
      schemas.every(
        ({ pattern, minLength = 0, maxLength = Infinity }) =>
          text.length >= minLength &&
          text.length <= maxLength &&
          (pattern === undefined || new RegExp(pattern).test(text)),
      );
    return [mark, ...PLAIN].find(fits);
  }

  private named(ref: string): Schema | undefined {
    return (this.document as Document).components?.schemas?.[ref.split('/').at(-1) ?? ''];
  }
}

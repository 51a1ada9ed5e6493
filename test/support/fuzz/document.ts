/** A schema as the OpenAPI document has it (JSON Schema 2020-12, of which these words are used). */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** What of an OpenAPI document is read. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One thing the API can be asked for. */
export interface Operation {
  readonly method: Method;
  /** With its parameters in braces, and the prefix /api. */
  readonly path: string;
  readonly pathParameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** Of a JSON body; undefined where none is taken. */
  readonly body: Schema | undefined;
  /** A form with files is taken instead. */
  readonly isUpload: boolean;
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Answers that do not end, which a test that waits for the end must not ask for. */
const ENDLESS = new Set(['/api/work-board/events']);

/** Every operation of a document but streams of events, in its order. */
export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths)
    .filter(([path]) => !ENDLESS.has(path))
    .flatMap(([path, methods]) =>
      METHODS.flatMap((method): Operation[] => {
        const raw = methods[method.toLowerCase()];
        if (!raw) return [];
        const parameters = raw.parameters ?? [];
        const content = raw.requestBody?.content ?? {};
        return [
          {
            method,
            path,
            pathParameters: parameters.filter((parameter) => parameter.in === 'path'),
            query: parameters.filter((parameter) => parameter.in === 'query'),
            body: content['application/json']?.schema,
            isUpload: 'multipart/form-data' in content,
          },
        ];
      }),
    );
}

/** Follows a reference into the components of the document. */
export function resolve(document: OpenApi, schema: Schema): Schema {
  let at = schema;
  while (at.$ref !== undefined) {
    const found = document.components?.schemas?.[at.$ref.split('/').at(-1) ?? ''];
    if (!found) throw new Error(`nothing is at ${at.$ref}`);
    at = found;
  }
  return at;
}

export const typesOf = (schema: Schema): readonly string[] =>
  schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;

/** True for words people write, which may hold any letters; not for codes, dates, choices. */
export function isText(schema: Schema): boolean {
  return (
    typesOf(schema).includes('string') &&
    schema.enum === undefined &&
    schema.format === undefined &&
    schema.allOf === undefined &&
    schema.anyOf === undefined &&
    (schema.pattern === undefined || schema.pattern.startsWith('^[^\\u0000'))
  );
}

/** Where a value stands in a body, and what is said of it. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly schema: Schema;
}

/** Every place of a value that a schema describes, the value itself first; of choices those the value has taken. */
export function placesIn(
  document: OpenApi,
  schema: Schema,
  value: unknown,
  path: Place['path'] = [],
): Place[] {
  const at = resolve(document, schema);
  const here: Place = { path, schema: at };
  for (const branch of [...(at.oneOf ?? []), ...(at.anyOf ?? [])]) {
    const resolved = resolve(document, branch);
    if (couldBe(resolved, value)) return [here, ...placesIn(document, resolved, value, path).slice(1)];
  }
  if (Array.isArray(value) && at.items) {
    const { items } = at;
    return [here, ...value.flatMap((entry, index) => placesIn(document, items, entry, [...path, index]))];
  }
  if (typeof value !== 'object' || value === null) return [here];
  return [
    here,
    ...Object.entries(value).flatMap(([name, entry]) => {
      const property = at.properties?.[name];
      return property ? placesIn(document, property, entry, [...path, name]) : [];
    }),
  ];
}

/** True where a value has the kind a schema asks for, and the fixed words that tell its branch. */
function couldBe(schema: Schema, value: unknown): boolean {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const types = typesOf(schema);
  if (types.length > 0 && !types.includes(kind) && !(kind === 'number' && types.includes('integer')))
    return false;
  if (kind !== 'object' || schema.properties === undefined) return true;
  const given = value as Readonly<Record<string, unknown>>;
  return (
    (schema.required ?? []).every((name) => name in given) &&
    Object.entries(schema.properties).every(
      ([name, { enum: words }]) => words?.length !== 1 || !(name in given) || given[name] === words[0],
    )
  );
}

/** A copy of a value with another one at a place. */
export function withValueAt(value: unknown, path: Place['path'], put: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return put;
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => (index === first ? withValueAt(entry, rest, put) : entry));
  const given = value as Readonly<Record<string, unknown>>;
  return { ...given, [first]: withValueAt(given[first], rest, put) };
}

export function valueAt(value: unknown, path: Place['path']): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null
        ? (at as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
}

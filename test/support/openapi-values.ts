/** A JSON Schema as the OpenAPI document has it; what this file does not know of it does not matter to it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const TEXTS = [
  '1',
  '10.00',
  '2026-01-15',
  '2026-01-15T10:00:00Z',
  'abcd',
  'ABCD1234',
  'EGP',
  '00:00',
  '2026-01',
];

/** Whether a name says that its value is the identity of something. */
export const isIdentity = (name: string): boolean => /(^id|Ids?)$/.test(name);

/** Makes the smallest value a schema takes, with `identity` wherever the name of a field says it is one. */
export class Values {
  constructor(
    private readonly document: Document,
    private readonly identity: number,
  ) {}

  /** The operation of a route as Nest names it: `/api/x/:id`. */
  operation(method: string, path: string): Operation | undefined {
    const found = this.document.paths[path.replace(/:(\w+)/g, '{$1}')];
    return found?.[method.toLowerCase()];
  }

  /** A body that the route takes; undefined where it takes none. Optional identities are filled in as well. */
  body(method: string, path: string): unknown {
    const content = this.operation(method, path)?.requestBody?.content ?? {};
    const schema = content['application/json']?.schema;
    return schema ? this.of(schema, '') : undefined;
  }

  of(schema: Schema, name: string): unknown {
    if (schema.$ref !== undefined) return this.of(this.referred(schema.$ref), name);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.of(choices.find((one) => one.type !== 'null') ?? {}, name);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => this.of(one, name))) as object;
    const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((one) => one !== 'null');
    switch (type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () =>
          this.of(schema.items ?? {}, name),
        );
      case 'integer':
      case 'number':
        return isIdentity(name) ? this.identity : (schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1);
      case 'boolean':
        return true;
      case 'string':
        return this.text(schema, name);
      default:
        return undefined;
    }
  }

  private object({ properties = {}, required = [] }: Schema): object {
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || isIdentity(name))
        .map(([name, schema]) => [name, this.of(schema, name)]),
    );
  }

  private text(schema: Schema, name: string): string {
    if (isIdentity(name)) return String(this.identity);
    const fits = (text: string): boolean =>
      (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)) &&
      text.length >= (schema.minLength ?? 0);
    if (schema.format === 'date') return '2026-01-15';
    if (schema.format === 'date-time') return '2026-01-15T10:00:00Z';
    return TEXTS.find(fits) ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
  }

  private referred(reference: string): Schema {
    return this.document.components.schemas[reference.split('/').at(-1) ?? ''] ?? {};
  }
}

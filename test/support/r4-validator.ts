// Checks resources against the R4 definitions in ../shared/data/fhir_r4/definitions: names of elements, how often they may be
// there, types, required codes, and what references may point to. FHIRPath rules are not run; the few that concern what
// this server writes are checked by hand below.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from '../../src/platform/package-root.js';

const FOLDER = join(packageRoot(), '..', 'shared', 'data', 'fhir_r4');
export const hasR4 = existsSync(join(FOLDER, 'definitions'));

/** Examples of a kind of resource, by file name. */
export function r4Examples(type: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    readdirSync(join(FOLDER, 'examples'))
      .filter((name) => name.startsWith(`${type}-`))
      .map((name) => [name, JSON.parse(readFileSync(join(FOLDER, 'examples', name), 'utf8'))]),
  );
}

interface ElementType {
  readonly code: string;
  readonly targetProfile?: readonly string[];
}
interface Element {
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly type?: readonly ElementType[];
  readonly contentReference?: string;
  readonly binding?: { readonly strength: string; readonly valueSet?: string };
}

const PRIMITIVES: ReadonlyMap<string, RegExp | 'boolean' | 'number' | 'integer'> = new Map<
  string,
  RegExp | 'boolean' | 'number' | 'integer'
>([
  ['boolean', 'boolean'],
  ['decimal', 'number'],
  ['integer', 'integer'],
  ['positiveInt', 'integer'],
  ['unsignedInt', 'integer'],
  ['string', /^[ \r\n\t\S]+$/],
  ['markdown', /^[ \r\n\t\S]+$/],
  ['xhtml', /^<div/],
  ['uri', /^\S+$/],
  ['url', /^\S+$/],
  ['canonical', /^\S+$/],
  ['base64Binary', /^[A-Za-z0-9+/=\s]+$/],
  ['id', /^[A-Za-z0-9\-.]{1,64}$/],
  ['http://hl7.org/fhirpath/System.String', /^[ \r\n\t\S]+$/],
  ['code', /^\S+(?: \S+)*$/],
  ['date', /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/],
  ['dateTime', /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/],
  ['instant', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/],
  ['time', /^\d{2}:\d{2}:\d{2}(?:\.\d+)?$/],
]);

const read = (name: string): Record<string, unknown> | undefined => {
  const path = join(FOLDER, 'definitions', `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : undefined;
};

const definitions = new Map<string, readonly Element[] | undefined>();
function elementsOf(type: string): readonly Element[] | undefined {
  if (!definitions.has(type)) {
    const definition = read(`StructureDefinition-${type}`) as
      { snapshot: { element: Element[] } } | undefined;
    definitions.set(type, definition?.snapshot.element);
  }
  return definitions.get(type);
}

const codeSystems = new Map<string, ReadonlySet<string>>();
const valueSets = new Map<string, ReadonlySet<string> | undefined>();

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}
const codesIn = (concepts: readonly Concept[]): string[] =>
  concepts.flatMap(({ code, concept }) => [code, ...codesIn(concept ?? [])]);

/** Codes of a value set; undefined where it is not among the definitions. */
function codesOf(url: string): ReadonlySet<string> | undefined {
  if (codeSystems.size === 0)
    for (const name of readdirSync(join(FOLDER, 'definitions')).filter((file) =>
      file.startsWith('CodeSystem-'),
    )) {
      const system = read(name.replace(/\.json$/, '')) as unknown as { url: string; concept?: Concept[] };
      codeSystems.set(system.url, new Set(codesIn(system.concept ?? [])));
    }
  const bare = url.split('|')[0] ?? '';
  if (!valueSets.has(bare)) {
    const set = read(`ValueSet-${bare.split('/').at(-1)}`) as
      { compose: { include: { system: string; concept?: Concept[] }[] } } | undefined;
    const parts = set?.compose.include.map(({ system, concept }) =>
      concept ? new Set(codesIn(concept)) : codeSystems.get(system),
    );
    valueSets.set(
      bare,
      parts?.every((part) => part !== undefined)
        ? new Set(parts.flatMap((part) => [...(part ?? [])]))
        : undefined,
    );
  }
  return valueSets.get(bare);
}

/** Types whose `system` is the address of a code system or namespace. */
const NAMES_SYSTEM = new Set(['Coding', 'Identifier', 'Quantity']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

class Checker {
  readonly errors: string[] = [];

  resource(value: unknown, at: string): void {
    const type = isObject(value) ? value['resourceType'] : undefined;
    if (!isObject(value) || typeof type !== 'string') return this.fail(at, 'is no resource');
    const elements = elementsOf(type);
    if (!elements) return this.fail(at, `there is no definition of ${type}`);
    const { resourceType: _, ...members } = value;
    this.members(members, elements, type, `${at}${type}`);
    this.rules(type, value, `${at}${type}`);
  }

  private members(
    value: Record<string, unknown>,
    elements: readonly Element[],
    base: string,
    at: string,
  ): void {
    if (Object.keys(value).length === 0) this.fail(at, 'is empty');
    const { system } = value;
    if (NAMES_SYSTEM.has(base) && typeof system === 'string' && !/^(?:urn:|https?:)/.test(system))
      this.fail(at, `the system ${system} is no absolute address`);
    const children = elements.filter(
      ({ path }) => path.startsWith(`${base}.`) && !path.slice(base.length + 1).includes('.'),
    );
    const seen = new Set<string>();
    for (const child of children) {
      const name = child.path.slice(base.length + 1);
      const isChoice = name.endsWith('[x]');
      const found = isChoice
        ? (child.type ?? [])
            .map(({ code }) => [`${name.slice(0, -3)}${capital(code)}`, code] as const)
            .filter(([choice]) => value[choice] !== undefined || value[`_${choice}`] !== undefined)
        : value[name] !== undefined || value[`_${name}`] !== undefined
          ? [[name, undefined] as const]
          : [];
      if (found.length < child.min && child.min > 0) this.fail(at, `${name} is missing`);
      if (found.length > 1) this.fail(at, `${name} is there more than once`);
      for (const [member, code] of found) {
        seen.add(member).add(`_${member}`);
        this.member(value[member], child, code, elements, `${at}.${member}`);
      }
    }
    for (const name of Object.keys(value)) if (!seen.has(name)) this.fail(at, `${name} is not an element`);
  }

  private member(
    value: unknown,
    element: Element,
    choice: string | undefined,
    elements: readonly Element[],
    at: string,
  ): void {
    if (value === undefined) return; // only its extension is there
    const isList = element.max !== '1';
    if (isList !== Array.isArray(value))
      return this.fail(at, isList ? 'must be a list' : 'must not be a list');
    const items = isList ? (value as unknown[]) : [value];
    if (items.length === 0) this.fail(at, 'is an empty list');
    items.forEach((item, index) =>
      this.item(item, element, choice, elements, isList ? `${at}[${index}]` : at),
    );
  }

  private item(
    value: unknown,
    element: Element,
    choice: string | undefined,
    elements: readonly Element[],
    at: string,
  ): void {
    if (value === null) return; // a gap in a list of primitives
    const referred = element.contentReference?.slice(1);
    if (referred !== undefined) return this.nested(value, elements, referred, at);
    const type = element.type?.find(({ code }) => choice === undefined || code === choice);
    const code = type?.code ?? '';
    if (code === 'Resource') return this.resource(value, `${at}/`);
    if (code === 'BackboneElement' || code === 'Element')
      return this.nested(value, elements, element.path, at);
    const primitive = PRIMITIVES.get(code);
    if (primitive !== undefined) this.primitive(value, primitive, at);
    else {
      const own = elementsOf(code);
      if (!own) return this.fail(at, `there is no definition of ${code}`);
      if (!isObject(value)) return this.fail(at, `must be a ${code}`);
      this.members(value, own, code, at);
    }
    if (code === 'Reference' && isObject(value)) this.target(value, type?.targetProfile ?? [], at);
    if (element.binding?.strength === 'required')
      this.binding(value, code, element.binding.valueSet ?? '', at);
  }

  private nested(value: unknown, elements: readonly Element[], path: string, at: string): void {
    if (isObject(value)) this.members(value, elements, path, at);
    else this.fail(at, 'must be an object');
  }

  private primitive(value: unknown, kind: RegExp | 'boolean' | 'number' | 'integer', at: string): void {
    const isRight =
      kind === 'boolean'
        ? typeof value === 'boolean'
        : kind === 'number'
          ? typeof value === 'number'
          : kind === 'integer'
            ? Number.isInteger(value)
            : typeof value === 'string' && kind.test(value);
    if (!isRight) this.fail(at, `is not right: ${JSON.stringify(value).slice(0, 60)}`);
  }

  private binding(value: unknown, code: string, valueSet: string, at: string): void {
    const codes = codesOf(valueSet);
    if (!codes) return;
    const given =
      code === 'CodeableConcept' && isObject(value)
        ? ((value['coding'] ?? []) as { code?: string }[]).map((coding) => coding.code)
        : code === 'Coding' && isObject(value)
          ? [value['code']]
          : [value];
    if (given.length > 0 && !given.some((one) => typeof one === 'string' && codes.has(one)))
      this.fail(at, `${JSON.stringify(given)} is not of ${valueSet}`);
  }

  private target(value: Record<string, unknown>, profiles: readonly string[], at: string): void {
    const { reference } = value;
    if (typeof reference !== 'string' || reference.startsWith('#') || profiles.length === 0) return;
    const type = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(reference)?.[1];
    const allowed = profiles.map((profile) => profile.split('/').at(-1));
    if (type !== undefined && !allowed.includes('Resource') && !allowed.includes(type))
      this.fail(at, `must not refer to a ${type}`);
  }

  /** Rules R4 has as FHIRPath, of the resources this server writes. */
  private rules(type: string, value: Record<string, unknown>, at: string): void {
    const code = (name: string): string | undefined =>
      (value[name] as { coding?: { code?: string }[] } | undefined)?.coding?.[0]?.code;
    const isError = code('verificationStatus') === 'entered-in-error';
    if (type === 'AllergyIntolerance' && isError === (value['clinicalStatus'] !== undefined))
      this.fail(at, 'ait-1, ait-2: a clinical status, unless it was entered in error');
    if (type === 'Condition' && isError && value['clinicalStatus'] !== undefined)
      this.fail(at, 'con-5: no clinical status of what was entered in error');
    const contained = (value['contained'] ?? []) as { id?: string }[];
    for (const { id } of contained)
      if (!JSON.stringify(value).includes(`"#${id}"`)) this.fail(at, `dom-3: #${id} is not referred to`);
    if (
      type === 'Bundle' &&
      value['total'] !== undefined &&
      !['searchset', 'history'].includes(String(value['type']))
    )
      this.fail(at, 'bdl-1: total only of a search');
  }

  private fail(at: string, what: string): void {
    this.errors.push(`${at}: ${what}`);
  }
}

/** What is wrong with a resource by the definitions of R4; nothing when it is right. */
export function r4Errors(resource: unknown): string[] {
  const checker = new Checker();
  checker.resource(resource, '');
  return checker.errors;
}

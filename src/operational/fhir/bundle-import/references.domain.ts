import type { FhirReference } from '../reading/fhir.types.js';
import type { Entry, Key } from './bundle.types.js';
import { addressKey, identifierKeys } from './person.domain.js';

/** What a reference means: a resource of the bundle, one that may be on record, or nothing that can be found. */
export type Target =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'elsewhere'; readonly type: string | undefined; readonly keys: readonly Key[] }
  | { readonly kind: 'none' };

const LITERAL = /^(?:(https?:\/\/[^\s?]+)\/)?([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})$/;
const CONDITIONAL = /^(?:https?:\/\/[^\s?]+\/)?([A-Z][A-Za-z]{1,63})\?(.+)$/;

/** Finds what references mean within one bundle, as FHIR R4 says (bundle.html, "Resolving references in Bundles"). */
export class References {
  private readonly byAddress = new Map<string, Entry>();
  private readonly byTypeAndId = new Map<string, Entry | 'several'>();
  private readonly byIdentifier = new Map<string, Entry | 'several'>();

  constructor(entries: readonly Entry[], identifiersOf: (entry: Entry) => readonly Key[]) {
    for (const entry of entries) {
      const address = addressKey(entry.fullUrl);
      if (address) this.byAddress.set(address.value, entry);
      if (entry.id !== undefined) this.put(this.byTypeAndId, `${entry.type}/${entry.id}`, entry);
      for (const key of identifiersOf(entry)) this.put(this.byIdentifier, numberText(entry.type, key), entry);
    }
  }

  /** What `reference`, found in `from`, means. `type` is the kind of resource expected there. */
  resolve(reference: FhirReference | undefined, from: Entry, type: string): Target {
    const text = (reference?.reference ?? '').replace(/\/_history\/[^/]*$/, '');
    if (text === '' || text.startsWith('#')) return this.byNumber(reference, type);
    const conditional = CONDITIONAL.exec(text);
    if (conditional) return this.byQuery(conditional[1] ?? '', conditional[2] ?? '');
    const address = addressKey(text);
    const absolute = address && this.byAddress.get(address.value);
    if (absolute) return { kind: 'entry', entry: absolute };
    const literal = LITERAL.exec(text);
    if (literal) return this.byLiteral(literal, from);
    return address ? { kind: 'elsewhere', type: undefined, keys: [address] } : this.byNumber(reference, type);
  }

  private byLiteral([, base, type = '', id = '']: RegExpExecArray, from: Entry): Target {
    // A relative reference is below the base its own resource has; in a bundle without addresses it is found by its id.
    const home =
      base ?? /^(https?:\/\/.+)\/[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9\-.]{1,64}$/.exec(from.fullUrl ?? '')?.[1];
    const address = home === undefined ? undefined : addressKey(`${home}/${type}/${id}`);
    const addressed = address && this.byAddress.get(address.value);
    if (addressed) return { kind: 'entry', entry: addressed };
    const local = this.byTypeAndId.get(`${type}/${id}`);
    // An absolute reference means that very address; it is met by an id alone only where the entry has no address.
    if (
      local !== undefined &&
      local !== 'several' &&
      (base === undefined || addressKey(local.fullUrl) === undefined)
    )
      return { kind: 'entry', entry: local };
    return { kind: 'elsewhere', type, keys: address ? [address] : [] };
  }

  /** 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|999'. */
  private byQuery(type: string, query: string): Target {
    const identifier = new URLSearchParams(query).get('identifier') ?? '';
    const at = identifier.indexOf('|');
    const [system, value] = at < 0 ? ['', identifier] : [identifier.slice(0, at), identifier.slice(at + 1)];
    return this.byKeys(type, identifierKeys([{ system, value, use: undefined, type: undefined }]));
  }

  /** A reference that only names a number (Reference.identifier). */
  private byNumber(reference: FhirReference | undefined, type: string): Target {
    if (!reference?.identifier) return { kind: 'none' };
    return this.byKeys(reference.type ?? type, identifierKeys([reference.identifier]));
  }

  private byKeys(type: string, keys: readonly Key[]): Target {
    for (const key of keys) {
      const found = this.byIdentifier.get(numberText(type, key));
      if (found !== undefined && found !== 'several') return { kind: 'entry', entry: found };
    }
    return keys.length === 0 ? { kind: 'none' } : { kind: 'elsewhere', type, keys };
  }

  private put(map: Map<string, Entry | 'several'>, key: string, entry: Entry): void {
    map.set(key, map.has(key) ? 'several' : entry);
  }
}

const numberText = (type: string, { system, value }: Key): string => JSON.stringify([type, system, value]);

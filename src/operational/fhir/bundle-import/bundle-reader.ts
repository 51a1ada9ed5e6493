import type { Entry, ReadBundle } from './bundle.types.js';
import { BundleRefused } from './bundle-import.errors.js';

/** Kinds of bundle that hold resources as they are. Others tell of messages, answers or the past. */
const TYPES = new Set(['transaction', 'batch', 'collection', 'searchset', 'document']);
/** More entries than a life makes; a file beyond it is a database. */
const MOST_ENTRIES = 50_000;
/** Nesting FHIR never comes near: a hundred brackets deep is an attack. */
const DEEPEST = 100;

const KIND = /^[A-Z][A-Za-z]{1,63}$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (index: number, detail: string) => [{ pointer: `/entry/${index}`, detail }];

/**
 * Reads the entries of a bundle, whatever is in them. Throws BundleRefused for what is no bundle, is of a kind that cannot
 * be imported, asks to change or delete what it names, or has no bounds.
 */
export function readBundle(sent: unknown): ReadBundle {
  if (!isObject(sent) || sent['resourceType'] !== 'Bundle')
    throw new BundleRefused('This is not a FHIR Bundle: resourceType must be Bundle.');
  const type = sent['type'];
  if (typeof type !== 'string' || !TYPES.has(type))
    throw new BundleRefused(
      `A bundle of this type is not imported; type must be one of ${[...TYPES].join(', ')}.`,
    );
  const entries = sent['entry'] ?? [];
  if (!Array.isArray(entries)) throw new BundleRefused('The entries of the bundle are not a list.');
  if (entries.length > MOST_ENTRIES)
    throw new BundleRefused(`The bundle has more than ${MOST_ENTRIES} entries.`);
  if (isDeeperThan(sent, DEEPEST))
    throw new BundleRefused(`The bundle is nested more than ${DEEPEST} levels deep.`);
  const read = (entries as unknown[]).map((entry, index) => readEntry(entry, index));
  const kept = read.filter((entry) => entry !== undefined);
  return { type, entries: withoutContradiction(kept), empty: read.length - kept.length };
}

function readEntry(entry: unknown, index: number): Entry | undefined {
  if (!isObject(entry))
    throw new BundleRefused('An entry of the bundle is not an object.', at(index, 'must be an object'));
  const { fullUrl, resource, request } = entry;
  const method = isObject(request) ? request['method'] : undefined;
  if (method === 'DELETE' || method === 'PATCH')
    throw new BundleRefused(
      'The bundle asks to delete or patch a resource. An import only adds and brings up to date.',
      at(index, 'must not ask for DELETE or PATCH'),
    );
  if (resource === undefined || resource === null) return undefined;
  const type = isObject(resource) ? resource['resourceType'] : undefined;
  if (!isObject(resource) || typeof type !== 'string' || !KIND.test(type))
    throw new BundleRefused(
      'An entry holds no FHIR resource.',
      at(index, 'must hold a resource with resourceType'),
    );
  const { id } = resource;
  return {
    index,
    fullUrl: typeof fullUrl === 'string' && fullUrl.length <= 2000 ? fullUrl : undefined,
    type,
    id: typeof id === 'string' && ID.test(id) ? id : undefined,
    resource,
  };
}

/** Refuses two different resources under one address: nobody can tell which of them is meant by it. */
function withoutContradiction(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    const name = entry.fullUrl ?? (entry.id === undefined ? undefined : `${entry.type}/${entry.id}`);
    if (name === undefined) continue;
    const first = seen.get(name);
    if (!first) seen.set(name, entry);
    else if (JSON.stringify(first.resource) !== JSON.stringify(entry.resource))
      throw new BundleRefused(
        'Two different resources of the bundle have the same address.',
        at(entry.index, `has the address of entry ${first.index}`),
      );
  }
  return entries;
}

/** Looks level by level, so that depth costs no stack. */
function isDeeperThan(root: unknown, levels: number): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? (Object.values(value) as unknown[]).filter((child) => typeof child === 'object' && child !== null)
        : [],
    );
  }
  return false;
}

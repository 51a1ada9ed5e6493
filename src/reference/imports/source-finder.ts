import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../platform/package-root.js';
import { ImportRefused } from './imports.errors.js';
import { readMapping, type SourceMapping } from './mapping.domain.js';
import { csvSource } from './sources/csv.js';
import { CATALOGUE_SOURCES } from './sources/registry.js';
import type { CatalogueSource } from './source.types.js';

/** Source name that means "the mapping says everything". */
const ANY_CSV = 'csv';

/** How a source was found, so that another thread can find it too. */
export interface SourceRecipe {
  name: string;
  mapping?: unknown;
}

const recipes = new WeakMap<CatalogueSource, SourceRecipe>();

/** How a source was found; undefined for one that was made by hand. */
export const recipeOf = (source: CatalogueSource): SourceRecipe | undefined => recipes.get(source);

/**
 * The source of a name. `mapping` (parsed JSON) is needed for csv and replaces the shipped one of another mapped source.
 * Throws ImportRefused where there is no such source, or the mapping is not usable.
 */
export async function findSource(name: string, mapping?: unknown): Promise<CatalogueSource> {
  const source = await find(name, mapping);
  recipes.set(source, { name, ...(mapping === undefined ? {} : { mapping }) });
  return source;
}

async function find(name: string, mapping?: unknown): Promise<CatalogueSource> {
  const adapter = CATALOGUE_SOURCES.find((source) => source.name === name);
  if (adapter !== undefined) {
    if (mapping !== undefined) throw new ImportRefused(`The source ${name} takes no mapping.`);
    return adapter;
  }
  if (mapping !== undefined) {
    const read = usable(mapping);
    if (CATALOGUE_SOURCES.some((source) => source.name === read.source))
      throw new ImportRefused(
        `The mapping calls itself ${read.source}, which is a source with a reader of its own.`,
      );
    if (name !== ANY_CSV && read.source !== name)
      throw new ImportRefused(`The mapping is for the source ${read.source}, not ${name}.`);
    return csvSource(read);
  }
  if (name === ANY_CSV) throw new ImportRefused('A csv source needs its mapping: --map <file>.');
  const shipped = await shippedMappings();
  if (!shipped.includes(name)) {
    const all = [...CATALOGUE_SOURCES.map((source) => source.name), ...shipped].sort();
    throw new ImportRefused(
      `There is no source ${name}. Sources: ${all.join(', ')}, and csv with --map <file>.`,
    );
  }
  return csvSource(usable(await readShipped(name)));
}

/** Names of the sources whose mappings are shipped. */
export async function shippedMappings(): Promise<string[]> {
  return (await readdir(mappingsFolder()))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

const mappingsFolder = (): string => join(packageRoot(), 'db', 'mappings');

async function readShipped(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(mappingsFolder(), `${name}.json`), 'utf8')) as unknown;
}

function usable(json: unknown): SourceMapping {
  const mapping = readMapping(json);
  if (!('ok' in mapping))
    throw new ImportRefused(`The mapping is not usable:\n  ${mapping.problems.join('\n  ')}`);
  return mapping.ok;
}

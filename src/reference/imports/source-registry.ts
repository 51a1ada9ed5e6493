import { Injectable } from '@nestjs/common';

import { findSource, shippedMappings } from './source-finder.js';
import { CATALOGUE_SOURCES } from './sources/registry.js';
import type { CatalogueSource } from './source.types.js';

/** What is told of a source to whoever is to choose one. */
export interface SourceDescription {
  name: string;
  title: string;
  licence: string;
  files: Array<{ role: string; title: string; isRequired: boolean; allowsMany: boolean }>;
}

/** The sources there are: those with an adapter, those with a shipped mapping, and csv with a mapping given. */
@Injectable()
export class SourceRegistry {
  /**
   * The source of a name. `mapping` (parsed JSON) is needed for csv and replaces the shipped one of another mapped source.
   * Throws ImportRefused where there is no such source, or the mapping is not usable.
   */
  find(name: string, mapping?: unknown): Promise<CatalogueSource> {
    return findSource(name, mapping);
  }

  /** Every source by name. */
  async list(): Promise<SourceDescription[]> {
    const mapped = [];
    for (const name of await shippedMappings()) mapped.push(await findSource(name));
    return [...CATALOGUE_SOURCES, ...mapped]
      .map(({ name, title, licence, files }) => ({
        name,
        title,
        licence,
        files: files.map((file) => ({
          role: file.role,
          title: file.title,
          isRequired: file.isRequired,
          allowsMany: file.allowsMany,
        })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

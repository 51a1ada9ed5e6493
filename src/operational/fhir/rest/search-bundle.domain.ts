import { element } from './elements.domain.js';
import type { FhirResource, ResourceType } from './fhir-resource.types.js';
import type { OperationOutcome } from './operation-outcome.domain.js';
import { cursorText, type Cursor, type Search } from './search-query.domain.js';

export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly [element: string]: unknown;
}

interface Page {
  readonly base: string;
  readonly type: ResourceType;
  readonly search: Search;
  readonly total: number | undefined;
  readonly resources: readonly FhirResource[];
  /** Last row of the page, where there are more. */
  readonly next: Cursor | undefined;
  /** What was passed over. */
  readonly notice: OperationOutcome | undefined;
}

/** A page of results. The links name the parameters that were understood, so that a client sees what was searched for. */
export function searchBundle({ base, type, search, total, resources, next, notice }: Page): FhirBundle {
  const link = (relation: string, cursor: Cursor | undefined): object => {
    const query = new URLSearchParams(
      search.understood.map(([name, value]): [string, string] => [name, value]),
    );
    if (cursor) query.set('_cursor', cursorText(cursor));
    const text = query.toString();
    return { relation, url: `${base}/${type}${text === '' ? '' : `?${text}`}` };
  };
  return element({
    resourceType: 'Bundle' as const,
    type: 'searchset',
    total,
    link: [link('self', search.cursor), ...(next ? [link('next', next)] : [])],
    entry: [
      ...resources.map((resource) => ({
        fullUrl: `${base}/${type}/${resource.id}`,
        resource,
        search: { mode: 'match' },
      })),
      ...(notice ? [{ resource: notice, search: { mode: 'outcome' } }] : []),
    ],
  });
}

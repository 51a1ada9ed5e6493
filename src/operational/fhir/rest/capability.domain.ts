import { RESOURCE_TYPES, type ResourceType } from './fhir-resource.types.js';
import { SEARCH_PARAMS } from './search-params.domain.js';

/** What can be done with a kind of resource beside reading and searching. */
const CREATABLE: ReadonlySet<ResourceType> = new Set(['MedicationRequest']);

/** What this server can do, as FHIR wants it told at /metadata. `date` is when this statement was last changed. */
export function capabilityStatement(base: string, version: string): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-30',
    kind: 'instance',
    software: { name: 'Meditory', version },
    implementation: { description: 'Pharmacy records of a branch', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'What is on record at the branch of the user, or at the one named in X-Branch-Id. Searches page by the link next.',
        security: {
          cors: false,
          description:
            'Authorization: Bearer with a token of POST /api/auth/login; rights as for the same records elsewhere.',
        },
        resource: RESOURCE_TYPES.map((type) => ({
          type,
          interaction: [
            { code: 'read' },
            { code: 'search-type' },
            ...(CREATABLE.has(type) ? [{ code: 'create' }] : []),
          ],
          versioning: 'versioned',
          conditionalRead: 'not-match',
          searchParam: SEARCH_PARAMS[type].map(({ name, type: kind, documentation }) => ({
            name,
            type: kind,
            documentation,
          })),
        })),
        interaction: [
          {
            code: 'transaction',
            documentation:
              'Imports the people in a bundle (transaction, batch, collection, searchset, document): all of it or nothing.',
          },
        ],
      },
    ],
  };
}

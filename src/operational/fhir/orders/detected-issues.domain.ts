import { SYSTEMS } from '../rest/elements.domain.js';

interface Alert {
  readonly alertId: number;
  readonly kind: string;
  readonly severity: 'contraindicated' | 'major' | 'moderate' | 'minor';
  readonly message: string;
  readonly management: string;
}
interface NotChecked {
  readonly reason: string;
  readonly subjects: readonly { readonly name: string }[];
}

const SEVERITIES = { contraindicated: 'high', major: 'high', moderate: 'moderate', minor: 'low' } as const;

/** What screening found, and what it could not check, as FHIR tells it: inside the order, and referred to by it. */
export function withIssues(
  resource: object,
  alerts: readonly Alert[],
  notChecked: readonly NotChecked[],
): object {
  const found = alerts.map((alert) => ({
    resourceType: 'DetectedIssue',
    id: `alert-${alert.alertId}`,
    status: 'preliminary',
    code: {
      coding: [{ system: SYSTEMS.alertKind, code: alert.kind }],
      text: alert.kind.replaceAll('_', ' '),
    },
    severity: SEVERITIES[alert.severity],
    detail: alert.message,
    mitigation: [{ action: { text: alert.management } }],
  }));
  const open = notChecked.map(({ reason, subjects }, index) => ({
    resourceType: 'DetectedIssue',
    id: `not-checked-${index + 1}`,
    status: 'preliminary',
    code: { coding: [{ system: SYSTEMS.alertKind, code: 'not-checked' }], text: 'not checked' },
    detail: [reason, ...subjects.map(({ name }) => name)].join(': '),
  }));
  const contained = [...found, ...open];
  if (contained.length === 0) return resource;
  return { ...resource, contained, detectedIssue: contained.map(({ id }) => ({ reference: `#${id}` })) };
}

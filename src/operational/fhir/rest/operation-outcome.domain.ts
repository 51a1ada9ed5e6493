/** One issue of an OperationOutcome. */
export interface Issue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: string;
  readonly details: { readonly text: string };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly id?: string;
  readonly issue: readonly Issue[];
  readonly [element: string]: unknown;
}

export const issue = (
  severity: Issue['severity'],
  code: string,
  text: string,
  more: Pick<Issue, 'diagnostics' | 'expression'> = {},
): Issue => ({ severity, code, details: { text }, ...more });

export const outcome = (issues: readonly Issue[], id?: string): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  ...(id === undefined ? {} : { id }),
  issue: issues,
});

/** Codes of FHIR's issue types for statuses of HTTP. */
const CODES: ReadonlyMap<number, string> = new Map([
  [400, 'invalid'],
  [401, 'login'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-supported'],
  [406, 'not-supported'],
  [409, 'conflict'],
  [412, 'conflict'],
  [413, 'too-long'],
  [414, 'too-long'],
  [415, 'not-supported'],
  [422, 'business-rule'],
  [429, 'throttled'],
  [431, 'too-long'],
  [503, 'transient'],
]);

/** The parts of a problem (RFC 9457) an OperationOutcome tells. */
interface Told {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A refusal or failure as FHIR tells it; its id is that of the request, to be quoted when help is asked for. */
export function outcomeOf(problem: Told): OperationOutcome {
  const code = CODES.get(problem.status) ?? 'exception';
  const severity = problem.status >= 500 ? 'fatal' : 'error';
  const fields = (problem.errors ?? []).map(({ pointer, detail }) =>
    issue(severity, code, problem.title, { diagnostics: `${pointer}: ${detail}` }),
  );
  return outcome(
    [issue(severity, code, problem.title, { diagnostics: problem.detail }), ...fields],
    problem.requestId,
  );
}

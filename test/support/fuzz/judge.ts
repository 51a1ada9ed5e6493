import type { RawAnswer } from './client.js';

/** What only a program that shows its inside says: frames of a stack, statements, words of PostgreSQL and its driver. */
const INSIDE =
  /\bat .{0,200}\.(?:[cm]?js|ts):\d+|node_modules|node:internal|\bselect\s+\/\*|\b(?:insert into|delete from) (?:operational|reference)\.|QueryFailedError|syntax error at or near|violates (?:check|foreign key|unique|not-null) constraint|invalid input syntax|pg_catalog|EntityMetadata|TypeError|RangeError:|ReferenceError|SyntaxError:|Cannot read propert/i;

/** What is wrong with an answer, whatever was asked; undefined: nothing. */
export function faultOf(answer: RawAnswer): string | undefined {
  const { status, headers, body } = answer;
  const type = headers['content-type'] ?? '';
  if (status >= 500 && status !== 503) return `answered ${status}`;
  // Over-long headers and broken lines are refused below HTTP, before there is a route.
  if (status >= 400 && !/^application\/(?:problem|fhir)\+json/.test(type)) return `a refusal as "${type}"`;
  if (status >= 400 && INSIDE.test(body)) return `shows its inside: ${INSIDE.exec(body)?.[0] ?? ''}`;
  if (status === 503 && headers['retry-after'] === undefined) return '503 without Retry-After';
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff';
  return undefined;
}

import type { Problem } from '../api/problem';

/** Complaints of the server about one field of a form, by JSON pointer (`/price`, `/barcodes/0/code`). */
export function fieldError(problem: Problem | null | undefined, pointer: string): string | undefined {
  const found = problem?.fields.filter((field) => field.pointer === pointer).map((field) => field.detail);
  return found === undefined || found.length === 0 ? undefined : found.join('; ');
}

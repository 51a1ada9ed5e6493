import { createHash } from 'node:crypto';

/** The same text for the same content, whatever order its members were written in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of what was read of a resource, as hexadecimal text. */
export const contentHash = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

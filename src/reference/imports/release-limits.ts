import type { RequestContext } from '../../platform/security/request-context.js';
import { ImportRefused, ReleaseNotReady } from './imports.errors.js';
import type { Release } from './imports.types.js';

/** Hours a previewed release waits to be applied. */
export const KEEP_HOURS = 72;

/** A revert that takes longer goes on in the background; a shorter one can still be refused to whoever asked. */
export const LONG_REVERT_MS = 5000;

/** Below this many entries a source may shrink as it likes. */
const FEW = 20;

/** The user a release is kept with; null: the command line. */
export const userOf = ({ actor }: RequestContext): number | null => (actor.userId > 0 ? actor.userId : null);

/** Seconds since a moment of `performance.now()`, to the millisecond. */
export const seconds = (since: number): number => Math.round(performance.now() - since) / 1000;

/** A file that lists fewer entries than it would end is more likely cut off than right. Throws ImportRefused. */
export function refuseTruncated(
  what: 'products' | 'rules',
  { discontinued, accepted }: { readonly discontinued: number; readonly accepted: number },
): void {
  if (discontinued > FEW && discontinued > accepted)
    throw new ImportRefused(
      `The file lists ${accepted} ${what} and would ${what === 'rules' ? 'end' : 'discontinue'} ${discontinued}: it looks cut off. ` +
        'If it is complete, import it with --discontinue-many.',
      { accepted, discontinued },
    );
}

/** The refusal of a step that the state of a release does not allow. */
export function notReady(
  { status, releaseId }: Pick<Release, 'status' | 'releaseId'>,
  what: string,
): ReleaseNotReady {
  return new ReleaseNotReady(`Release ${releaseId} is ${status}, it cannot be ${what}.`, { status });
}

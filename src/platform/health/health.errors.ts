import { DomainError } from '../errors/domain-error.js';
import type { PartFinding } from './health-notes.js';

/** 503: the server cannot work at the moment; `params.reasons` say which parts are at fault. */
export class NotReady extends DomainError {
  readonly code = 'not-ready';
  readonly status = 503;
  readonly title = 'Not ready';
  constructor(reasons: readonly (PartFinding & { readonly part: string })[]) {
    const failed = reasons.filter(({ state }) => state === 'failed').map(({ words }) => words);
    super(failed.join(' '), { reasons });
  }
}

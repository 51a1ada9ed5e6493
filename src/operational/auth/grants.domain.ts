import { DomainError, Forbidden, RuleViolation } from '../../platform/errors/domain-error.js';

/** What somebody holds: the measure of what he may give, and of whom he may change. */
export interface Holdings {
  readonly permissions: ReadonlySet<string>;
  readonly branchIds: readonly number[];
}

/** 403: nobody gives what he does not hold himself. `missing` names the permissions, or the branches by id. */
export class CannotGrant extends DomainError {
  readonly code = 'cannot-grant';
  readonly status = 403;
  readonly title = 'Not yours to give';
}

/** 422: a thing one does not do to one's own account; somebody else has to. */
export class OwnAccount extends RuleViolation {}

const beyond = <T>(given: Iterable<T>, held: ReadonlySet<T>): T[] =>
  [...new Set(given)].filter((item) => !held.has(item));

/** Throws CannotGrant when `permissions` holds one that the giver lacks. */
export function assertMayGrant(giver: Holdings, permissions: Iterable<string>): void {
  const missing = beyond(permissions, giver.permissions).sort();
  if (missing.length > 0)
    throw new CannotGrant(`You cannot give permissions you do not hold: ${missing.join(', ')}.`, { missing });
}

/** Throws CannotGrant when somebody is put at, or taken from, a branch that the giver does not work at. */
export function assertMayAssignBranches(
  giver: Holdings,
  before: readonly number[],
  after: readonly number[],
): void {
  const [was, will] = [new Set(before), new Set(after)];
  const changed = [...beyond(after, was), ...beyond(before, will)];
  const missing = beyond(changed, new Set(giver.branchIds));
  if (missing.length > 0)
    throw new CannotGrant('You cannot assign branches you do not work at.', { missing });
}

/** Throws Forbidden when the one to be changed (a user or a role) holds permissions the editor lacks. */
export function assertMayChange(editor: Holdings, what: 'user' | 'role', held: Iterable<string>): void {
  const missing = beyond(held, editor.permissions).sort();
  if (missing.length > 0)
    throw new Forbidden(`This ${what} holds permissions you do not hold: ${missing.join(', ')}.`, {
      missing,
    });
}

/**
 * Throws Forbidden when the editor would set the password of somebody who works where he does not: it would open that
 * branch to him.
 */
export function assertMaySetPassword(editor: Holdings, held: Holdings): void {
  const missing = beyond(held.branchIds, new Set(editor.branchIds));
  if (missing.length > 0)
    throw new Forbidden('This user works at branches you do not work at: you cannot set his password.', {
      missing,
    });
}

/** True when both lists hold the same, in any order. */
export const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  beyond(a, new Set(b)).length === 0 && beyond(b, new Set(a)).length === 0;

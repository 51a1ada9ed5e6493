/*
 * Work of a user that is not saved yet, kept in his tab so that a reload does not lose it. Entries hold numbers of records and what was
 * typed, no names, and leave the tab with their user.
 */

const PREFIX = 'meditory.draft.';
let isOver = false;

/** Name of a user's draft of a kind at a branch. */
export function draftKey(userId: number, kind: string, branchId: number): string {
  return `${PREFIX}${userId}.${kind}.${branchId}`;
}

/** Keeps a draft; not any more once its user left, whose page may still be there for a moment. */
export function writeDraft(key: string, draft: string): void {
  if (!isOver) sessionStorage.setItem(key, draft);
}

/** The user leaves, and the page with him: no draft stays in the tab. */
export function endDrafts(): void {
  isOver = true;
  forgetDrafts('');
}

/** Removes the drafts of everybody but `userId`, who signed in. */
export function keepDraftsOf(userId: number): void {
  forgetDrafts(`${PREFIX}${userId}.`);
}

function forgetDrafts(kept: string): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX) && (kept === '' || !key.startsWith(kept))) sessionStorage.removeItem(key);
}

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { draftKey, writeDraft } from '../../session/drafts';
import { useSession } from '../../session/session';
import { contentOf, type EntryDraft, isBlank, readDraft } from './entry-draft.domain';

/** How often what was typed is written down, ms. */
const EVERY_MS = 2_000;

/** The draft of the user at his branch: what he left unsaved in this tab, and where to write down what he types now. */
export function useStoredDraft(): { stored: EntryDraft | undefined; key: string } {
  const { me, branch } = useSession();
  const key = draftKey(me.userId, 'entry', branch?.branchId ?? 0);
  const [stored] = useState(() => readDraft(sessionStorage.getItem(key)));
  return { stored, key };
}

/**
 * Writes an entry down every two seconds where it changed, and when the page goes away. `forget` removes it for good: nothing is
 * written any more.
 */
export function useAutosave(key: string, current: () => EntryDraft): { forget: () => void } {
  const isOver = useRef(false);
  const written = useRef('');
  const write = useEffectEvent(() => {
    if (isOver.current) return;
    const draft = current();
    const content = contentOf(draft);
    if (content === written.current) return;
    written.current = content;
    if (isBlank(draft)) sessionStorage.removeItem(key);
    else writeDraft(key, JSON.stringify(draft));
  });
  useEffect(() => {
    const save = () => write();
    const timer = setInterval(save, EVERY_MS);
    window.addEventListener('pagehide', save);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', save);
    };
  }, []);
  const forget = useCallback(() => {
    isOver.current = true;
    sessionStorage.removeItem(key);
  }, [key]);
  return { forget };
}

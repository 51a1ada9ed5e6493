import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import classes from './board.module.css';

/** What was done a moment ago, and how it is undone. */
export interface Undoable {
  /** Another number for each thing done, so that the time begins anew. */
  id: number;
  text: string;
  undo: () => void;
}

/** As long as the server lets a card be taken back, and long enough to be read. */
const SHOWN_MS = 10_000;

/** Says what was done and takes it back, for ten seconds. */
export function UndoBar({ done, onGone }: { done: Undoable; onGone: () => void }) {
  const { t } = useTranslation();
  const { id, text, undo } = done;
  useEffect(() => {
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, onGone]);
  return (
    <div className={classes['undo']} role="status">
      <span>{text}</span>
      <KeyButton
        combo="U"
        label={t('board.undo')}
        size="xs"
        variant="default"
        onPress={() => {
          undo();
          onGone();
        }}
      />
    </div>
  );
}

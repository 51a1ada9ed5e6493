import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';
import { useKeys } from './hotkeys/hotkeys';
import { Layer } from './layer/layer';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  /** True where nothing can be lost: then a click beside the dialog closes it. */
  closeOnClickOutside?: boolean;
  children: ReactNode;
}

/** A modal dialog that is its own key and scan layer; the focus goes back to where it was when it closes. */
export function Dialog({ opened, onClose, title, size, closeOnClickOutside = false, children }: DialogProps) {
  const { t } = useTranslation();
  // Put together by hand because the ready-made header is a second page banner to screen readers.
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size ?? 'md'}
      closeOnClickOutside={closeOnClickOutside}
      closeOnEscape={false}
    >
      <Modal.Overlay />
      {/* Its title becomes its name a moment after it is there; until then this is. */}
      <Modal.Content aria-label={title} className={classes['content']}>
        <Layer>
          <EscapeKey onClose={onClose} />
          <div className={classes['head']}>
            <Modal.Title fw={650} fz="1.0625rem">
              {title}
            </Modal.Title>
            <Modal.CloseButton aria-label={t('common.close')} />
          </div>
          <Modal.Body>{children}</Modal.Body>
        </Layer>
      </Modal.Content>
    </Modal.Root>
  );
}

/**
 * Escape as a key of the dialog's own layer. The kit would close it before the page hears the same key, which would then act on
 * the page as well: a step back from a dialog must not be two.
 */
function EscapeKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useKeys([{ combo: 'Escape', label: t('common.close'), run: onClose }]);
  return null;
}

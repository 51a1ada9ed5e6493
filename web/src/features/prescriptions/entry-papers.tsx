import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Paper } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { PaperIntake } from '../shared/paper-intake';
import { useDiscardPaper } from '../shared/paper-queries';
import { PaperPages } from '../shared/paper-viewer';
import classes from './prescriptions.module.css';

interface EntryPapersProps {
  papers: readonly Paper[];
  isShown: boolean;
  onTaken: (paper: Paper) => void;
  onRemoved: (documentId: number) => void;
  onToggle: () => void;
}

/** The paper one types from: a line to take it in by while there is none, beside the form once there is. */
export function EntryPapers({ papers, isShown, onTaken, onRemoved, onToggle }: EntryPapersProps) {
  const { t } = useTranslation();
  const discard = useDiscardPaper();
  const hasPaper = papers.length > 0;
  return (
    <Card label={t('paper.title')}>
      <div className={hasPaper && isShown ? classes['papers'] : undefined}>
        <PaperIntake onTaken={onTaken}>
          {hasPaper ? (
            <KeyButton
              combo="Alt+Z"
              label={t(isShown ? 'paper.hide' : 'paper.show')}
              variant="default"
              size="xs"
              onPress={onToggle}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t('paper.hint')}
            </Text>
          )}
        </PaperIntake>
        <ProblemAlert problem={discard.error} />
        {hasPaper && isShown && (
          <PaperPages
            papers={papers}
            actions={(paper) => (
              <KeyButton
                combo="Alt+Delete"
                label={t('paper.remove')}
                variant="default"
                size="compact-xs"
                loading={discard.isPending}
                onPress={() =>
                  discard.mutate(paper.documentId, { onSuccess: () => onRemoved(paper.documentId) })
                }
              />
            )}
          />
        )}
      </div>
    </Card>
  );
}

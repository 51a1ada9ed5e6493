import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../../ui/problem-text';
import { useReleaseStep } from './import-queries';

interface ReleaseDialogProps {
  release: ReleaseReport;
  opened: boolean;
  onClose: () => void;
}

/** Asks once more before a release becomes the catalogue, with the numbers it is about. */
export function ApplyDialog({ release, opened, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('imports.applyTitle')}>
      <ApplyForm release={release} onClose={onClose} />
    </Dialog>
  );
}

function ApplyForm({ release, onClose }: Omit<ReleaseDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [isSure, setIsSure] = useState(false);
  const apply = useReleaseStep(release.releaseId, 'apply', onClose);
  const { summary, impact } = release;
  const kinds = summary.kinds ?? {};
  // The server takes such a file for a cut-off one unless it is told that it is not.
  const isSuspicious =
    release.rowsDiscontinued > release.rowsInserted + release.rowsUpdated + release.rowsUnchanged;
  const gains = impact ? impact.gain.contraindicated + impact.gain.major : 0;
  return (
    <Stack gap="sm">
      <ProblemAlert problem={apply.error} notSaved={t('imports.nothingChanged')} />
      <Text size="sm">{t('imports.applyWill')}</Text>
      <List size="sm">
        <List.Item>{t('imports.willAdd', { count: release.rowsInserted })}</List.Item>
        <List.Item>
          {t('imports.willChange', { count: release.rowsUpdated })}{' '}
          {t('imports.willChangeOf', {
            prices: (kinds.price_up ?? 0) + (kinds.price_down ?? 0) + (kinds.price_set ?? 0),
            ingredients: kinds.ingredients ?? 0,
          })}
        </List.Item>
        <List.Item>{t('imports.willDiscontinue', { count: release.rowsDiscontinued })}</List.Item>
        {release.rowsRejected > 0 && (
          <List.Item>{t('imports.willLeaveOut', { count: release.rowsRejected })}</List.Item>
        )}
        {gains > 0 && (
          <List.Item fw={650} c="var(--m-stop)">
            {t('imports.willAlert', { count: gains })}
          </List.Item>
        )}
      </List>
      <Text size="sm" c="dimmed">
        {t('imports.applyHint')}
      </Text>
      {isSuspicious && (
        <Checkbox
          label={t('imports.discontinueMany', { count: release.rowsDiscontinued })}
          description={t('imports.discontinueManyHint')}
          checked={isSure}
          onChange={(event) => setIsSure(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <KeyButton
          combo="F4"
          label={t('imports.apply')}
          loading={apply.isPending}
          disabled={isSuspicious && !isSure}
          onPress={() => apply.mutate(isSuspicious ? { discontinueMany: true } : {})}
        />
      </Group>
    </Stack>
  );
}

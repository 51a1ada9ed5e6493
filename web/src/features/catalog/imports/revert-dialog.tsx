import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseReport } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../../ui/problem-text';
import { useReleaseStep } from './import-queries';

interface RevertDialogProps {
  release: ReleaseReport;
  opened: boolean;
  onClose: () => void;
}

/** Asks once more before an applied release is taken back. */
export function RevertDialog({ release, opened, onClose }: RevertDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('imports.revertTitle')}>
      <RevertForm release={release} onClose={onClose} />
    </Dialog>
  );
}

function RevertForm({ release, onClose }: Omit<RevertDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [force, setForce] = useState(false);
  const revert = useReleaseStep(release.releaseId, 'revert', onClose);
  const isEdited = revert.error?.code === 'release-edited-since';
  return (
    <Stack gap="sm">
      <ProblemAlert problem={revert.error} notSaved={t('imports.nothingChanged')} />
      <Text size="sm">{t('imports.revertWill')}</Text>
      <List size="sm">
        <List.Item>
          {t('imports.willRestore', { count: release.rowsUpdated + release.rowsDiscontinued })}
        </List.Item>
        <List.Item>{t('imports.willRemove', { count: release.rowsInserted })}</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        {t('imports.revertHint')}
      </Text>
      {(isEdited || force) && (
        <Checkbox
          label={t('imports.force')}
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <KeyButton
          combo="F4"
          label={t('imports.revert')}
          loading={revert.isPending}
          disabled={isEdited && !force}
          onPress={() => revert.mutate(force ? { force: true } : {})}
        />
      </Group>
    </Stack>
  );
}

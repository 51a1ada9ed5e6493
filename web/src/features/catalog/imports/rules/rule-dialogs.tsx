import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleRelease } from '../../../../api/types';
import { Dialog } from '../../../../ui/dialog';
import { KeyButton } from '../../../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../../../ui/problem-text';
import { RULES_PATH, useReleaseStep } from '../import-queries';

interface RulesDialogProps {
  release: RuleRelease;
  opened: boolean;
  onClose: () => void;
}

type FormProps = Omit<RulesDialogProps, 'opened'>;

/** Asks once more before a release of rules judges, with the numbers it is about. */
export function ApplyRulesDialog({ release, opened, onClose }: RulesDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('ruleFiles.applyTitle')}>
      <ApplyForm release={release} onClose={onClose} />
    </Dialog>
  );
}

function ApplyForm({ release, onClose }: FormProps) {
  const { t } = useTranslation();
  const [isSure, setIsSure] = useState(false);
  const apply = useReleaseStep(release.releaseId, 'apply', onClose, RULES_PATH);
  // The server takes such a file for a cut-off one unless it is told that it is not.
  const isSuspicious =
    release.rowsDiscontinued > release.rowsInserted + release.rowsUpdated + release.rowsUnchanged;
  const stops =
    (release.summary.severities['new contraindicated'] ?? 0) + (release.summary.severities['new major'] ?? 0);
  return (
    <Stack gap="sm">
      <ProblemAlert problem={apply.error} notSaved={t('ruleFiles.nothingChanged')} />
      <Text size="sm">{t('imports.applyWill')}</Text>
      <List size="sm">
        <List.Item>{t('ruleFiles.willAdd', { count: release.rowsInserted })}</List.Item>
        {stops > 0 && (
          <List.Item fw={650} c="var(--m-stop)">
            {t('ruleFiles.willStop', { count: stops })}
          </List.Item>
        )}
        <List.Item>{t('ruleFiles.willChange', { count: release.rowsUpdated })}</List.Item>
        <List.Item>{t('ruleFiles.willClose', { count: release.rowsDiscontinued })}</List.Item>
        {release.rowsRejected > 0 && (
          <List.Item>{t('imports.willLeaveOut', { count: release.rowsRejected })}</List.Item>
        )}
      </List>
      <Text size="sm" c="dimmed">
        {t('ruleFiles.applyHint')}
      </Text>
      {isSuspicious && (
        <Checkbox
          label={t('ruleFiles.closeMany', { count: release.rowsDiscontinued })}
          description={t('ruleFiles.closeManyHint')}
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

/** Asks once more before an applied release of rules is taken back. */
export function RevertRulesDialog({ release, opened, onClose }: RulesDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('ruleFiles.revertTitle')}>
      <RevertForm release={release} onClose={onClose} />
    </Dialog>
  );
}

function RevertForm({ release, onClose }: FormProps) {
  const { t } = useTranslation();
  const [force, setForce] = useState(false);
  const revert = useReleaseStep(release.releaseId, 'revert', onClose, RULES_PATH);
  const isEdited = revert.error?.code === 'rules-edited-since';
  return (
    <Stack gap="sm">
      <ProblemAlert problem={revert.error} notSaved={t('ruleFiles.nothingChanged')} />
      <Text size="sm">{t('imports.revertWill')}</Text>
      <List size="sm">
        <List.Item>
          {t('ruleFiles.willRestore', { count: release.rowsUpdated + release.rowsDiscontinued })}
        </List.Item>
        <List.Item>{t('ruleFiles.willEnd', { count: release.rowsInserted })}</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        {t('ruleFiles.revertHint')}
      </Text>
      {(isEdited || force) && (
        <Checkbox
          label={t('ruleFiles.force')}
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

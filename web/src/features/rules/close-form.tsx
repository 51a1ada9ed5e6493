import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-text';
import { LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { PreviewPanel } from './preview-panel';
import type { ClinicalRule } from './rule-draft.domain';
import type { RuleKindName } from './rule-kinds.domain';
import { useCloseRule, usePreview } from './rule-queries';
import { RuleTitle } from './rule-title';

interface CloseFormProps {
  kind: RuleKindName;
  rule: ClinicalRule;
  onClose: () => void;
}

/** Ends a rule, after it was shown what it said in the last months and would say no more. */
export function CloseForm({ kind, rule, onClose }: CloseFormProps) {
  const { t } = useTranslation();
  // How often the rule as it is has fired: asked as a change that changes nothing.
  const { mutate: ask, ...preview } = usePreview(kind, rule);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    ask({ version: rule.version, source: rule.source });
  }, [ask, rule]);
  const close = useCloseRule(kind, rule, () => {
    toastDone(t('rules.closed'));
    onClose();
  });
  return (
    <Stack gap="md">
      <Text fw={600}>
        <RuleTitle kind={kind} rule={rule} />
      </Text>
      <Text size="sm">{t('rules.closeHint')}</Text>
      <ProblemAlert problem={preview.error ?? close.error} notSaved={t('rules.notClosed')} />
      {preview.isPending && <LoadingRows rows={2} />}
      {preview.data && <PreviewPanel preview={preview.data} ends />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button loading={close.isPending} disabled={!preview.data} onClick={() => close.mutate()}>
          {t('rules.close')}
        </Button>
      </Group>
    </Stack>
  );
}

import { Group, Progress, Radio, Stack, TextInput, Title } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import '@mantine/core/styles/Radio.css';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../../session/session';
import { Attention } from '../../../../ui/attention';
import { KeyButton } from '../../../../ui/hotkeys/key-button';
import { Card, Page } from '../../../../ui/page';
import { ProblemAlert } from '../../../../ui/problem-text';
import { EmptyView } from '../../../../ui/states';
import { FilePicker } from '../file-picker';
import { RULES_PATH, useStartImport } from '../import-queries';
import classes from '../imports.module.css';
import { RuleMappingForm } from './rule-mapping-form';
import {
  EMPTY_RULE_MAPPING,
  isJsonFile,
  missingInRules,
  RULE_KINDS,
  type RuleMappingDraft,
  toRuleMapping,
} from './rule-mapping.domain';

/** Begins an import of clinical rules: which kind, whose, which file, and what its columns hold. */
export function NewRulesScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  if (!can('ManageClinicalRules')) return <EmptyView title={t('errors.forbidden')} />;
  return <RulesForm />;
}

function RulesForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [draft, setDraft] = useState<RuleMappingDraft>(EMPTY_RULE_MAPPING);
  const { start, share } = useStartImport((releaseId) => {
    void navigate({
      to: '/catalog/rules/$importId',
      params: { importId: String(releaseId) },
      replace: true,
    });
  }, RULES_PATH);
  const [file] = files;
  const isJson = isJsonFile(file);
  const isReady = file !== undefined && missingInRules(draft, isJson).length === 0;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isReady || start.isPending) return;
    const { source, kind } = draft;
    start.mutate({ source, kind, files, mapping: isJson ? undefined : toRuleMapping(draft) });
  }

  return (
    <Page
      title={t('ruleFiles.newTitle')}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="Escape"
            label={t('common.cancel')}
            variant="default"
            onPress={() => void navigate({ to: '/catalog/rules' })}
          />
          <KeyButton
            combo="Ctrl+Enter"
            label={t('imports.start')}
            disabled={!isReady}
            loading={start.isPending}
            onPress={() => form.current?.requestSubmit()}
          />
        </Group>
      }
    >
      <form ref={form} onSubmit={onSubmit} aria-label={t('ruleFiles.newTitle')}>
        <Stack gap={12}>
          <Attention subject={start.error}>
            <ProblemAlert problem={start.error} notSaved={t('ruleFiles.nothingChanged')} />
          </Attention>
          {start.isPending && (
            <Progress
              size="lg"
              value={share * 100}
              aria-label={t('imports.sending', { percent: Math.floor(share * 100) })}
            />
          )}
          <Card label={t('ruleFiles.chooseKind')}>
            <Title order={2} mb={8}>
              {t('ruleFiles.chooseKind')}
            </Title>
            <Radio.Group
              value={draft.kind}
              onChange={(value) =>
                setDraft({
                  ...draft,
                  kind: RULE_KINDS.find((one) => one === value) ?? 'interactions',
                  columns: {},
                  constants: {},
                  subjects: {},
                })
              }
              aria-label={t('ruleFiles.chooseKind')}
            >
              <div className={classes['columns']}>
                {RULE_KINDS.map((kind, at) => (
                  <div key={kind} className={classes['source']}>
                    <Radio value={kind} autoFocus={at === 0} label={t(`ruleFiles.kind.${kind}`)} />
                  </div>
                ))}
              </div>
            </Radio.Group>
            <TextInput
              mt={12}
              maw={420}
              label={t('ruleFiles.field.sourceName')}
              description={t('ruleFiles.sourceHint')}
              required
              dir="ltr"
              maxLength={40}
              value={draft.source}
              onChange={(event) => setDraft({ ...draft, source: event.currentTarget.value.toLowerCase() })}
            />
          </Card>
          <FilePicker files={files} onChange={(next) => setFiles(next.slice(-1))} />
          <RuleMappingForm draft={draft} file={file} onChange={setDraft} />
        </Stack>
      </form>
    </Page>
  );
}

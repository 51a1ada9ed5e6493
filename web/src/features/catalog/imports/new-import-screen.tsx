import { Group, List, Progress, Radio, Stack, Title } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import '@mantine/core/styles/Radio.css';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSource } from '../../../api/types';
import { useSession } from '../../../session/session';
import { Attention } from '../../../ui/attention';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { Card, Page } from '../../../ui/page';
import { ProblemAlert } from '../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { FilePicker } from './file-picker';
import { useImportSources, useStartImport } from './import-queries';
import classes from './imports.module.css';
import { MappingForm } from './mapping-form';
import { EMPTY_MAPPING, type MappingDraft, missingIn, toMapping } from './mapping.domain';

/** The source whose mapping is given with the file. */
const ANY_CSV = 'csv';

/** Begins an import: where from, which files, and for a table of one's own what its columns hold. */
export function NewImportScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const sources = useImportSources();
  if (!can('ManageDrugCatalog')) return <EmptyView title={t('errors.forbidden')} />;
  if (sources.isError) return <ErrorView error={sources.error} retry={() => void sources.refetch()} />;
  if (!sources.data) return <LoadingRows />;
  return <ImportForm sources={sources.data.data} />;
}

function ImportForm({ sources }: { sources: readonly ImportSource[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [source, setSource] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [mapping, setMapping] = useState<MappingDraft>(EMPTY_MAPPING);
  const { start, share } = useStartImport((releaseId) => {
    void navigate({
      to: '/catalog/imports/$importId',
      params: { importId: String(releaseId) },
      replace: true,
    });
  });
  const isCsv = source === ANY_CSV;
  const chosen = sources.find((one) => one.name === source);
  const isReady = source !== '' && files.length > 0 && (!isCsv || missingIn(mapping).length === 0);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isReady || start.isPending) return;
    start.mutate({ source, files, mapping: isCsv ? toMapping(mapping) : undefined });
  }

  return (
    <Page
      title={t('nav.newImport')}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="Escape"
            label={t('common.cancel')}
            variant="default"
            onPress={() => void navigate({ to: '/catalog/imports' })}
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
      <form ref={form} onSubmit={onSubmit} aria-label={t('nav.newImport')}>
        <Stack gap={12}>
          <Attention subject={start.error}>
            <ProblemAlert problem={start.error} notSaved={t('imports.nothingChanged')} />
          </Attention>
          {start.isPending && (
            <Progress
              size="lg"
              value={share * 100}
              aria-label={t('imports.sending', { percent: Math.floor(share * 100) })}
            />
          )}
          <Card label={t('imports.chooseSource')}>
            <Title order={2} mb={8}>
              {t('imports.chooseSource')}
            </Title>
            <Radio.Group value={source} onChange={setSource} aria-label={t('imports.chooseSource')}>
              <div className={classes['sources']}>
                {sources.map((one, at) => (
                  <div key={one.name} className={classes['source']}>
                    <Radio
                      value={one.name}
                      autoFocus={at === 0}
                      label={<bdi>{one.title}</bdi>}
                      description={<bdi>{one.licence}</bdi>}
                    />
                  </div>
                ))}
                <div className={classes['source']}>
                  <Radio
                    value={ANY_CSV}
                    label={t('imports.ownTable')}
                    description={t('imports.ownTableHint')}
                  />
                </div>
              </div>
            </Radio.Group>
          </Card>
          <FilePicker files={files} onChange={setFiles}>
            {chosen && <SourceFiles source={chosen} />}
          </FilePicker>
          {isCsv && <MappingForm draft={mapping} file={files[0]} onChange={setMapping} />}
        </Stack>
      </form>
    </Page>
  );
}

/** Which files the chosen source takes, beside the place they are put. */
function SourceFiles({ source }: { source: ImportSource }) {
  const { t } = useTranslation();
  return (
    <List size="sm" c="dimmed">
      {source.files.map((file) => (
        <List.Item key={file.role}>
          <bdi>{file.title}</bdi>
          {!file.isRequired && ` (${t('imports.optional')})`}
        </List.Item>
      ))}
    </List>
  );
}

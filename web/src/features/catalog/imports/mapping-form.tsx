import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DecimalInput } from '../../../ui/decimal-input';
import { Card } from '../../../ui/page';
import { EmptyView } from '../../../ui/states';
import { saveFile } from '../../../ui/save-file';
import classes from './imports.module.css';
import {
  columnNames,
  DELIMITERS,
  ENCODINGS,
  MAPPED_FIELDS,
  type MappedField,
  type MappingDraft,
  missingIn,
  toMapping,
} from './mapping.domain';
import { Sample } from './sample';
import { useSample } from './use-sample';

interface MappingFormProps {
  draft: MappingDraft;
  /** The file whose columns are mapped. */
  file: File | undefined;
  /** Changes are made to the draft as it then is: the guess from the file arrives while somebody types. */
  onChange: (change: (draft: MappingDraft) => MappingDraft) => void;
}

/** Says what the columns of a table hold; the first lines of the file are shown beside it. */
export function MappingForm({ draft, file, onChange }: MappingFormProps) {
  const { t } = useTranslation();
  const sample = useSample(file, draft, onChange);
  if (file === undefined) {
    return (
      <Card>
        <EmptyView title={t('imports.mapFirst')} hint={t('imports.mapFirstHint')} />
      </Card>
    );
  }
  const set = (change: Partial<MappingDraft>) => onChange((now) => ({ ...now, ...change }));
  const names = columnNames(sample.lines[0] ?? '', draft);
  const missing = missingIn(draft);
  return (
    <Card label={t('imports.mapping')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('imports.mapping')}</Title>
          <Button
            size="compact-sm"
            variant="default"
            disabled={missing.length > 0}
            onClick={() =>
              saveFile(
                `${draft.source}.mapping.json`,
                `${JSON.stringify(toMapping(draft), null, 2)}\n`,
                'application/json',
              )
            }
          >
            {t('imports.saveMapping')}
          </Button>
        </Group>
        <Sample lines={sample.lines} draft={draft} />
        <SimpleGrid cols={4} spacing="sm">
          <TextInput
            label={t('imports.sourceName')}
            description={t('imports.sourceNameHint')}
            required
            dir="ltr"
            maxLength={40}
            value={draft.source}
            onChange={(event) => set({ source: event.currentTarget.value.toLowerCase() })}
          />
          <TextInput
            label={t('imports.sourceTitle')}
            description={t('imports.sourceTitleHint')}
            required
            maxLength={200}
            value={draft.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            label={t('imports.licenceOf')}
            description={t('imports.licenceHint')}
            required
            maxLength={500}
            value={draft.licence}
            onChange={(event) => set({ licence: event.currentTarget.value })}
          />
          <DecimalInput
            label={t('imports.priceMaximum')}
            description={t('imports.priceMaximumHint')}
            value={draft.priceMaximum}
            onChange={(priceMaximum) => set({ priceMaximum })}
          />
          <NativeSelect
            label={t('imports.encoding')}
            value={draft.encoding}
            onChange={(event) =>
              set({ encoding: ENCODINGS.find((one) => one === event.currentTarget.value) ?? 'utf-8' })
            }
            data={[...ENCODINGS]}
          />
          <NativeSelect
            label={t('imports.delimiter')}
            value={draft.delimiter}
            onChange={(event) =>
              set({ delimiter: DELIMITERS.find((one) => one === event.currentTarget.value) ?? ',' })
            }
            data={DELIMITERS.map((one) => ({ value: one, label: one === '\t' ? t('imports.tab') : one }))}
          />
          <NativeSelect
            label={t('imports.decimal')}
            value={draft.decimal}
            onChange={(event) => set({ decimal: event.currentTarget.value === ',' ? ',' : '.' })}
            data={['.', ',']}
          />
          <Checkbox
            mt={28}
            label={t('imports.hasHeader')}
            checked={draft.hasHeader}
            onChange={(event) => set({ hasHeader: event.currentTarget.checked, columns: {} })}
          />
        </SimpleGrid>
        <div className={classes['columns']} role="group" aria-label={t('imports.columnsOf')}>
          {MAPPED_FIELDS.map((field) => (
            <ColumnSelect
              key={field}
              field={field}
              names={names}
              value={draft.columns[field]}
              onChange={(column) =>
                onChange((now) => ({ ...now, columns: { ...now.columns, [field]: column } }))
              }
            />
          ))}
          {draft.columns.rxOnly !== undefined && (
            <TextInput
              label={t('imports.rxOnlyValues')}
              value={draft.rxOnlyValues}
              onChange={(event) => set({ rxOnlyValues: event.currentTarget.value })}
            />
          )}
        </div>
        {missing.length > 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('imports.stillMissing')} {missing.map((one) => t(`imports.missing.${one}`)).join(', ')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

interface ColumnSelectProps {
  field: MappedField;
  names: readonly string[];
  value: string | undefined;
  onChange: (column: string | undefined) => void;
}

function ColumnSelect({ field, names, value, onChange }: ColumnSelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`imports.mapped.${field}`)}
      required={field === 'name'}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[{ value: '', label: t('imports.noColumn') }, ...new Set(names)]}
    />
  );
}

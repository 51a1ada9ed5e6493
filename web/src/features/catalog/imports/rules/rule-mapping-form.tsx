import { NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../../ui/page';
import { EmptyView } from '../../../../ui/states';
import classes from '../imports.module.css';
import { columnNames, DELIMITERS, ENCODINGS, likelyDelimiter } from '../mapping.domain';
import { Sample } from '../sample';
import { useFirstLines } from '../use-sample';
import {
  guessRuleColumns,
  isJsonFile,
  LAYOUTS,
  missingInRules,
  type RuleField,
  type RuleMappingDraft,
  type RuleSubject,
  SUBJECT_KINDS,
} from './rule-mapping.domain';

interface RuleMappingFormProps {
  draft: RuleMappingDraft;
  file: File | undefined;
  onChange: (draft: RuleMappingDraft) => void;
}

/** Says what the columns of a file of rules hold; JSON is read by the names of its keys. */
export function RuleMappingForm({ draft, file, onChange }: RuleMappingFormProps) {
  const { t } = useTranslation();
  const isJson = isJsonFile(file);
  const lines = useFirstLines(isJson ? undefined : file, draft.encoding);
  const first = lines[0];
  const guess = useEffectEvent((line: string) => {
    const delimiter = likelyDelimiter(line);
    const names = columnNames(line, { delimiter, hasHeader: true });
    onChange({ ...draft, delimiter, columns: guessRuleColumns(draft.kind, names) });
  });
  // Another file or another kind of rules has other columns.
  useEffect(() => {
    if (first !== undefined && first !== '') guess(first);
  }, [first, draft.kind]);
  if (file === undefined || isJson) {
    return (
      <Card>
        <EmptyView
          title={t(isJson ? 'ruleFiles.json' : 'imports.mapFirst')}
          hint={t(isJson ? 'ruleFiles.jsonHint' : 'imports.mapFirstHint')}
        />
      </Card>
    );
  }
  const set = (change: Partial<RuleMappingDraft>) => onChange({ ...draft, ...change });
  const shape = { delimiter: draft.delimiter, hasHeader: true };
  const names = columnNames(first ?? '', shape);
  const missing = missingInRules(draft, false);
  const { subjects, required, optional } = LAYOUTS[draft.kind];
  const column = (field: RuleField | RuleSubject, isRequired: boolean) => (
    <NativeSelect
      label={t(`ruleFiles.field.${field}`)}
      // Not required of the browser: a text for every row does as well.
      withAsterisk={isRequired}
      value={draft.columns[field] ?? ''}
      onChange={(event) =>
        set({ columns: { ...draft.columns, [field]: event.currentTarget.value || undefined } })
      }
      data={[{ value: '', label: t('imports.noColumn') }, ...new Set(names)]}
    />
  );
  return (
    <Card label={t('imports.mapping')}>
      <Stack gap="sm">
        <Title order={2}>{t('imports.mapping')}</Title>
        <Sample lines={lines} draft={shape} />
        <SimpleGrid cols={4} spacing="sm">
          <NativeSelect
            label={t('imports.encoding')}
            value={draft.encoding}
            onChange={(event) =>
              set({ encoding: ENCODINGS.find((one) => one === event.currentTarget.value) ?? 'utf-8' })
            }
            data={ENCODINGS.filter((one) => one !== 'mixed')}
          />
          <NativeSelect
            label={t('imports.delimiter')}
            value={draft.delimiter}
            onChange={(event) =>
              set({ delimiter: DELIMITERS.find((one) => one === event.currentTarget.value) ?? ',' })
            }
            data={DELIMITERS.map((one) => ({ value: one, label: one === '\t' ? t('imports.tab') : one }))}
          />
        </SimpleGrid>
        <div className={classes['columns']} role="group" aria-label={t('imports.columnsOf')}>
          {subjects.map((subject) => (
            <Stack key={subject} gap={4}>
              {column(subject, true)}
              <NativeSelect
                label={t('ruleFiles.subjectKind')}
                value={draft.subjects[subject] ?? 'any'}
                onChange={(event) => {
                  const kind = SUBJECT_KINDS.find((one) => one === event.currentTarget.value);
                  set({ subjects: { ...draft.subjects, [subject]: kind } });
                }}
                data={SUBJECT_KINDS.map((one) => ({ value: one, label: t(`ruleFiles.kindOfName.${one}`) }))}
              />
            </Stack>
          ))}
          {required.map((field) => (
            <Stack key={field} gap={4}>
              {column(field, true)}
              {draft.columns[field] === undefined && (
                <TextInput
                  label={t('ruleFiles.forAll', { field: t(`ruleFiles.field.${field}`) })}
                  maxLength={1000}
                  value={draft.constants[field] ?? ''}
                  onChange={(event) =>
                    set({ constants: { ...draft.constants, [field]: event.currentTarget.value } })
                  }
                />
              )}
            </Stack>
          ))}
          {optional.map((field) => (
            <div key={field}>{column(field, false)}</div>
          ))}
        </div>
        {missing.length > 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('imports.stillMissing')} {missing.map((one) => t(`ruleFiles.field.${one}`)).join(', ')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

import { NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { DecimalInput } from '../../../ui/decimal-input';
import { fieldError } from '../../../ui/field-errors';
import { Ltr } from '../../../ui/ltr';
import classes from '../catalog.module.css';
import { LineTable } from '../line-table';
import { ReferencePicker } from '../reference-picker';
import { CODE_SYSTEMS, type DraftCode, type DraftSynonym, SYNONYM_KINDS } from './ingredient-draft.domain';
import { textDir } from '../../../ui/text-dir';

interface LinesProps<Line> {
  lines: readonly Line[];
  problem: Problem | null;
  onChange: (lines: Line[]) => void;
}

function nextKey(lines: readonly { key: number }[]): number {
  return 1 + Math.max(-1, ...lines.map((line) => line.key));
}

/** Other names of the ingredient: synonyms, salts, abbreviations, misspellings, Arabic names. */
export function SynonymLines({ lines, problem, onChange }: LinesProps<DraftSynonym>) {
  const { t } = useTranslation();
  const set = (line: DraftSynonym, change: Partial<DraftSynonym>) =>
    onChange(lines.map((one) => (one.key === line.key ? { ...one, ...change } : one)));
  return (
    <LineTable<DraftSynonym>
      title={t('catalog.synonyms')}
      headingOrder={3}
      addLabel={t('catalog.addSynonym')}
      removeLabel={(at) => t('catalog.removeSynonym', { at })}
      lines={lines}
      onAdd={() =>
        onChange([
          ...lines,
          { key: nextKey(lines), synonym: '', kind: 'synonym', confidence: 1, baseFactor: '' },
        ])
      }
      onRemove={(line) => onChange(lines.filter((one) => one.key !== line.key))}
      columns={[
        {
          id: 'synonym',
          header: t('catalog.field.name'),
          cell: (line, at) => (
            <TextInput
              aria-label={t('catalog.line.synonym', { at: at + 1 })}
              attributes={textDir('auto')}
              maxLength={300}
              value={line.synonym}
              error={fieldError(problem, `/synonyms/${at}/synonym`)}
              onChange={(event) => set(line, { synonym: event.currentTarget.value })}
            />
          ),
        },
        {
          id: 'kind',
          header: t('catalog.field.kind'),
          width: '30%',
          cell: (line, at) => (
            <NativeSelect
              aria-label={t('catalog.line.synonymKind', { at: at + 1 })}
              value={line.kind}
              onChange={(event) =>
                set(line, {
                  kind: SYNONYM_KINDS.find((one) => one === event.currentTarget.value) ?? 'synonym',
                })
              }
              data={SYNONYM_KINDS.map((one) => ({ value: one, label: t(`catalog.synonymKind.${one}`) }))}
            />
          ),
        },
        {
          id: 'factor',
          header: t('catalog.baseFactor'),
          width: '22%',
          cell: (line, at) =>
            line.kind === 'salt' && (
              <DecimalInput
                aria-label={t('catalog.line.baseFactor', { at: at + 1 })}
                value={line.baseFactor}
                error={fieldError(problem, `/synonyms/${at}/baseFactor`)}
                onChange={(value) => set(line, { baseFactor: value })}
              />
            ),
        },
      ]}
    />
  );
}

/** What other systems call the ingredient. */
export function CodeLines({ lines, problem, onChange }: LinesProps<DraftCode>) {
  const { t } = useTranslation();
  const set = (line: DraftCode, change: Partial<DraftCode>) =>
    onChange(lines.map((one) => (one.key === line.key ? { ...one, ...change } : one)));
  return (
    <LineTable<DraftCode>
      title={t('catalog.codes')}
      headingOrder={3}
      addLabel={t('catalog.addCode')}
      removeLabel={(at) => t('catalog.removeCode', { at })}
      lines={lines}
      onAdd={() => onChange([...lines, { key: nextKey(lines), system: 'unii', code: '' }])}
      onRemove={(line) => onChange(lines.filter((one) => one.key !== line.key))}
      columns={[
        {
          id: 'system',
          header: t('catalog.codeSystem'),
          width: '40%',
          cell: (line, at) => (
            <NativeSelect
              aria-label={t('catalog.line.system', { at: at + 1 })}
              value={line.system}
              onChange={(event) =>
                set(line, {
                  system: CODE_SYSTEMS.find((one) => one === event.currentTarget.value) ?? 'unii',
                })
              }
              data={CODE_SYSTEMS.map((one) => ({ value: one, label: one.toUpperCase() }))}
            />
          ),
        },
        {
          id: 'code',
          header: t('catalog.code'),
          cell: (line, at) => (
            <TextInput
              aria-label={t('catalog.line.ingredientCode', { at: at + 1 })}
              dir="ltr"
              maxLength={40}
              value={line.code}
              error={fieldError(problem, `/codes/${at}/code`)}
              onChange={(event) => set(line, { code: event.currentTarget.value })}
            />
          ),
        },
      ]}
    />
  );
}

interface GroupChipsProps {
  codes: readonly string[];
  onChange: (codes: string[]) => void;
}

/** Groups the ingredient belongs to: clinical rules on a group concern it. */
export function GroupChips({ codes, onChange }: GroupChipsProps) {
  const { t } = useTranslation();
  return (
    <div>
      <ReferencePicker
        path="/reference/ingredient-groups"
        label={t('catalog.groups')}
        placeholder={t('catalog.addGroup')}
        value={null}
        clearAfterPick
        onChange={(group) => {
          if (group?.code && !codes.includes(group.code)) onChange([...codes, group.code]);
        }}
      />
      {codes.length > 0 && (
        <div className={classes['chips']} style={{ marginBlockStart: 6 }}>
          {codes.map((code) => (
            <button
              key={code}
              type="button"
              className={classes['chip']}
              aria-label={t('catalog.removeGroup', { code })}
              onClick={() => onChange(codes.filter((one) => one !== code))}
            >
              <Ltr>{code}</Ltr>
              <IconX size={14} aria-hidden="true" />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

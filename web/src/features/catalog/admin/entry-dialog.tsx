import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { Dialog } from '../../../ui/dialog';
import { fieldError } from '../../../ui/field-errors';
import { FormFoot } from '../../../ui/form-foot';
import { ProblemAlert } from '../../../ui/problem-text';
import { toastDone } from '../../../ui/toasts';
import { type Chosen, ReferencePicker } from '../reference-picker';
import { type ReferenceEntry, useReferenceEntry, useSaveEntry } from '../reference-queries';
import type { EntryField, ListDefinition } from './reference-lists';
import { textDir } from '../../../ui/text-dir';

interface EntryDialogProps {
  list: ListDefinition;
  opened: boolean;
  /** The entry to change; undefined makes a new one. */
  entry: ReferenceEntry | undefined;
  /** Where a new entry is put at first. */
  parentId: number | undefined;
  onClose: () => void;
}

/** Makes or changes an entry of a list. */
export function EntryDialog({ list, opened, entry, parentId, onClose }: EntryDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={entry === undefined ? t('catalog.newEntry') : t('catalog.changeEntry')}
    >
      <EntryForm list={list} entry={entry} parentId={parentId} onClose={onClose} />
    </Dialog>
  );
}

type Draft = Partial<Record<EntryField['name'], string>>;

function EntryForm({ list, entry, parentId, onClose }: Omit<EntryDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const start = parentOf(entry) ?? parentId;
  const fields = list.fields.filter((field) => entry === undefined || field.onlyNew !== true);
  const [draft, setDraft] = useState<Draft>(() =>
    Object.fromEntries(fields.map(({ name, choices }) => [name, textOf(entry?.[name]) ?? choices?.[0]])),
  );
  /** Undefined until somebody chooses: then the entry's own parent counts. */
  const [parent, setParent] = useState<Chosen | null>();
  const known = useReferenceEntry(list.path, start);
  const shownParent = parent === undefined ? (known.data ?? null) : parent;
  const save = useSaveEntry(list.path, entry, () => {
    toastDone(t('catalog.saved'));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const texts = fields
      .filter((field) => field.is !== 'parent')
      .map((field) => [field.name, valueOf(field, draft[field.name])] as const);
    const body: Record<string, string | number | null> = Object.fromEntries(texts);
    if (list.isTree) body['parentId'] = shownParent?.id ?? null;
    save.mutate(body);
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('catalog.notSaved')} />
        {fields.map((field, at) =>
          field.is === 'parent' ? (
            <ReferencePicker
              key={field.name}
              path={list.path}
              label={t('catalog.field.parentId')}
              value={shownParent}
              onChange={setParent}
              error={fieldError(save.error, '/parentId')}
            />
          ) : (
            <FieldInput
              key={field.name}
              field={field}
              isFirst={at === 0}
              value={draft[field.name] ?? ''}
              problem={save.error}
              onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            />
          ),
        )}
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function parentOf(entry: ReferenceEntry | undefined): number | undefined {
  return entry?.parentId ?? undefined;
}

function textOf(value: string | number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

/** What is sent: an optional field left empty is null. */
function valueOf(field: EntryField, text: string | undefined): string | null {
  const trimmed = (text ?? '').trim();
  if (field.is === 'code' && field.name === 'atcCode') return trimmed === '' ? null : trimmed.toUpperCase();
  return trimmed === '' && field.required !== true ? null : trimmed;
}

interface FieldInputProps {
  field: EntryField;
  isFirst: boolean;
  value: string;
  problem: Problem | null;
  onChange: (value: string) => void;
}

function FieldInput({ field, isFirst, value, problem, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  const label = t(`catalog.field.${field.name}`);
  const error = fieldError(problem, `/${field.name}`);
  if (field.is === 'choice') {
    return (
      <NativeSelect
        label={label}
        required={field.required}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={(field.choices ?? []).map((one) => ({ value: one, label: t(`catalog.entryKind.${one}`) }))}
      />
    );
  }
  return (
    <TextInput
      label={label}
      required={field.required}
      maxLength={field.maxLength}
      attributes={textDir(field.is === 'code' ? 'ltr' : 'auto')}
      value={value}
      error={error}
      data-autofocus={isFirst ? true : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

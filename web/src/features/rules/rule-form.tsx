import { Button, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { DecimalInput } from '../../ui/decimal-input';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { textDir } from '../../ui/text-dir';
import { toastDone } from '../../ui/toasts';
import { PreviewPanel } from './preview-panel';
import {
  type ClinicalRule,
  draftOf,
  missingIn,
  type RuleDraft,
  toChange,
  toCreate,
} from './rule-draft.domain';
import { isWord, RULE_FIELDS, type RuleField, type RuleKindName } from './rule-kinds.domain';
import { usePreview, useSaveRule } from './rule-queries';
import { SubjectPicker } from './subject-picker';

interface RuleFormProps {
  kind: RuleKindName;
  /** The rule to change; undefined makes a new one. */
  rule: ClinicalRule | undefined;
  onClose: () => void;
}

/**
 * Writes a rule. It is kept only after it was shown what this very text would have fired: a change of a rule is felt at every
 * counter the moment it is saved.
 */
export function RuleForm({ kind, rule, onClose }: RuleFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(kind, rule));
  const [previewed, setPreviewed] = useState<string>();
  const [triedToPreview, setTriedToPreview] = useState(false);
  const preview = usePreview(kind, rule);
  const save = useSaveRule(kind, rule, () => {
    toastDone(t('rules.saved'));
    onClose();
  });
  const body = rule ? toChange(kind, draft, rule) : toCreate(kind, draft);
  const missing = missingIn(kind, draft);
  const isPreviewed = body !== undefined && previewed === JSON.stringify(body);
  const problem = save.error ?? preview.error;

  function ask(): void {
    setTriedToPreview(true);
    if (body === undefined || missing.length > 0) return;
    save.reset();
    preview.mutate(body, { onSuccess: () => setPreviewed(JSON.stringify(body)) });
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    // Enter in a field asks what the change would do; it never keeps it unseen.
    if (!isPreviewed) return ask();
    save.mutate(body);
  }

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        <ProblemAlert problem={problem} notSaved={t('rules.notSaved')} />
        <SimpleGrid cols={2} spacing="sm">
          {RULE_FIELDS[kind]
            .filter((field) => !(rule && 'onlyNew' in field && field.onlyNew === true))
            .map((field, at) => (
              <FieldInput
                key={field.name}
                field={field}
                isFirst={at === 0}
                draft={draft}
                onChange={setDraft}
                problem={problem}
                isMissing={triedToPreview && missing.includes(field.name)}
              />
            ))}
        </SimpleGrid>
        {preview.data && isPreviewed && <PreviewPanel preview={preview.data} />}
        <FormFoot
          isSaving={save.isPending}
          disabled={!isPreviewed}
          onCancel={onClose}
          saveLabel={rule ? t('rules.saveVersion') : t('rules.saveNew')}
        >
          <Button
            type={isPreviewed ? 'button' : 'submit'}
            variant={isPreviewed ? 'default' : 'filled'}
            loading={preview.isPending}
            disabled={body === undefined}
            onClick={isPreviewed ? ask : undefined}
          >
            {t('rules.preview')}
          </Button>
        </FormFoot>
      </Stack>
    </form>
  );
}

interface FieldInputProps {
  field: RuleField;
  isFirst: boolean;
  draft: RuleDraft;
  onChange: (change: (draft: RuleDraft) => RuleDraft) => void;
  problem: Problem | null;
  isMissing: boolean;
}

function FieldInput({ field, isFirst, draft, onChange, problem, isMissing }: FieldInputProps) {
  const { t } = useTranslation();
  const label = t(`rules.field.${field.name}`);
  const error = fieldError(problem, `/${field.name}`) ?? (isMissing ? t('rules.needed') : undefined);
  if (field.is === 'subject') {
    return (
      <SubjectPicker
        label={label}
        allows={field.allows}
        autoFocus={isFirst}
        value={draft.subjects[field.name] ?? null}
        error={error}
        onChange={(subject) =>
          onChange((before) => ({ ...before, subjects: { ...before.subjects, [field.name]: subject } }))
        }
      />
    );
  }
  const value = draft.texts[field.name] ?? '';
  const write = (text: string) =>
    onChange((before) => ({ ...before, texts: { ...before.texts, [field.name]: text } }));
  if (field.is === 'choice') {
    return (
      <NativeSelect
        label={label}
        required={field.required}
        value={value}
        error={error}
        onChange={(event) => write(event.currentTarget.value)}
        data={[
          ...(field.required ? [] : [{ value: '', label: t('common.none') }]),
          ...field.choices.map((one) => ({
            value: one,
            label: isWord(one) ? t(`rules.choice.${one}`) : one,
          })),
        ]}
      />
    );
  }
  const common = { label, required: field.required, maxLength: field.maxLength, value, error };
  const isListed = field.is === 'list' || field.is === 'numbers';
  if (field.is === 'decimal' || field.is === 'whole') return <DecimalInput {...common} onChange={write} />;
  if (field.is === 'words') {
    return <Textarea {...common} rows={2} onChange={(event) => write(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...common}
      description={isListed ? t('rules.commas') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      attributes={textDir(field.is === 'text' ? 'auto' : 'ltr')}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

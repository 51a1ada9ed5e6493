import { Button, Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ingredient } from '../../../api/types';
import { DecimalInput } from '../../../ui/decimal-input';
import { Dialog } from '../../../ui/dialog';
import { fieldError } from '../../../ui/field-errors';
import { FormFoot } from '../../../ui/form-foot';
import { ProblemAlert } from '../../../ui/problem-text';
import { toastDone } from '../../../ui/toasts';
import { ReferencePicker } from '../reference-picker';
import { draftOf, GIVEN_KINDS, type IngredientDraft, toBody } from './ingredient-draft.domain';
import { CodeLines, GroupChips, SynonymLines } from './ingredient-lines';
import { useSaveIngredient } from './ingredient-queries';
import { MergeForm } from './merge-form';

interface IngredientDialogProps {
  opened: boolean;
  /** The ingredient to change; undefined makes a new one. */
  ingredient: Ingredient | undefined;
  onClose: () => void;
}

/** Makes or changes an ingredient, or merges it into another. */
export function IngredientDialog({ opened, ingredient, onClose }: IngredientDialogProps) {
  const { t } = useTranslation();
  const [isMerging, setIsMerging] = useState(false);
  function close(): void {
    setIsMerging(false);
    onClose();
  }
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size="xl"
      title={
        isMerging
          ? t('catalog.mergeTitle', { name: ingredient?.name ?? '' })
          : ingredient === undefined
            ? t('catalog.newIngredient')
            : t('catalog.changeIngredient')
      }
    >
      {ingredient !== undefined && isMerging ? (
        <MergeForm ingredient={ingredient} onClose={close} />
      ) : (
        <IngredientForm ingredient={ingredient} onClose={close} onMerge={() => setIsMerging(true)} />
      )}
    </Dialog>
  );
}

interface IngredientFormProps {
  ingredient: Ingredient | undefined;
  onClose: () => void;
  onMerge: () => void;
}

function IngredientForm({ ingredient, onClose, onMerge }: IngredientFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(ingredient));
  const save = useSaveIngredient(ingredient, () => {
    toastDone(t('catalog.saved'));
    onClose();
  });
  const set = <Name extends keyof IngredientDraft>(name: Name, value: IngredientDraft[Name]) =>
    setDraft((before) => ({ ...before, [name]: value }));
  const isMerged = ingredient?.kind === 'merged';

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate(toBody(draft));
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('catalog.notSaved')} />
        <SimpleGrid cols={3} spacing="sm">
          <TextInput
            label={t('catalog.field.name')}
            required
            maxLength={300}
            dir="ltr"
            data-autofocus
            value={draft.name}
            error={fieldError(save.error, '/name')}
            onChange={(event) => set('name', event.currentTarget.value)}
          />
          <TextInput
            label={t('catalog.field.nameAr')}
            maxLength={300}
            dir="rtl"
            value={draft.nameAr}
            error={fieldError(save.error, '/nameAr')}
            onChange={(event) => set('nameAr', event.currentTarget.value)}
          />
          <TextInput
            label={t('catalog.field.atcCode')}
            maxLength={7}
            dir="ltr"
            value={draft.atcCode}
            error={fieldError(save.error, '/atcCode')}
            onChange={(event) => set('atcCode', event.currentTarget.value)}
          />
          <NativeSelect
            label={t('catalog.field.kind')}
            value={draft.kind}
            onChange={(event) =>
              set('kind', GIVEN_KINDS.find((one) => one === event.currentTarget.value) ?? 'substance')
            }
            data={GIVEN_KINDS.map((one) => ({ value: one, label: t(`catalog.ingredientKind.${one}`) }))}
          />
          {draft.kind === 'salt' && (
            <>
              <ReferencePicker
                path="/reference/ingredients"
                label={t('catalog.baseOfSalt')}
                required
                value={draft.base}
                onChange={(base) => set('base', base)}
                error={fieldError(save.error, '/baseIngredientId')}
              />
              <DecimalInput
                label={t('catalog.baseFactor')}
                value={draft.baseFactor}
                error={fieldError(save.error, '/baseFactor')}
                onChange={(value) => set('baseFactor', value)}
              />
            </>
          )}
        </SimpleGrid>
        <GroupChips codes={draft.groupCodes} onChange={(codes) => set('groupCodes', codes)} />
        <SynonymLines
          lines={draft.synonyms}
          problem={save.error}
          onChange={(lines) => set('synonyms', lines)}
        />
        <CodeLines lines={draft.codes} problem={save.error} onChange={(lines) => set('codes', lines)} />
        <Checkbox
          label={t('catalog.isVerified')}
          description={t('catalog.isVerifiedHint')}
          checked={draft.verified}
          onChange={(event) => set('verified', event.currentTarget.checked)}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={isMerged}>
          {ingredient !== undefined && !isMerged && (
            <Button variant="default" leftSection={<IconArrowMerge size={18} />} onClick={onMerge}>
              {t('catalog.merge')}
            </Button>
          )}
        </FormFoot>
      </Stack>
    </form>
  );
}

import { Checkbox, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ingredient } from '../../../api/types';
import { FormFoot } from '../../../ui/form-foot';
import { Notice } from '../../../ui/notice';
import { ProblemAlert } from '../../../ui/problem-text';
import { toastDone } from '../../../ui/toasts';
import { type Chosen, ReferencePicker } from '../reference-picker';
import { useMergeIngredient } from './ingredient-queries';

interface MergeFormProps {
  ingredient: Ingredient;
  onClose: () => void;
}

/** Two ingredients are found to be one: products, names and codes of the first go over to the second. */
export function MergeForm({ ingredient, onClose }: MergeFormProps) {
  const { t } = useTranslation();
  const [into, setInto] = useState<Chosen | null>(null);
  const [addGroups, setAddGroups] = useState(false);
  const merge = useMergeIngredient(ingredient.id, (result) => {
    toastDone(t('catalog.merged', { name: result.ingredient.name, count: result.products }));
    onClose();
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (into) merge.mutate({ intoIngredientId: into.id, version: ingredient.version, addGroups });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={merge.error} notSaved={t('catalog.notSaved')} />
        <Text size="sm">{t('catalog.mergeHint')}</Text>
        <ReferencePicker
          path="/reference/ingredients"
          label={t('catalog.mergeInto')}
          required
          autoFocus
          value={into}
          onChange={setInto}
        />
        <Checkbox
          label={t('catalog.addGroups')}
          description={t('catalog.addGroupsHint')}
          checked={addGroups}
          onChange={(event) => setAddGroups(event.currentTarget.checked)}
        />
        {into !== null && (
          <Notice tone="warn" title={t('catalog.mergeConfirm', { from: ingredient.name, into: into.name })} />
        )}
        <FormFoot
          isSaving={merge.isPending}
          saveLabel={t('catalog.merge')}
          disabled={into === null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

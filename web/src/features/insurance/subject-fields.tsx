import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { DrugHit, IngredientPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { DrugPicker } from '../shared/drug-picker';

/** What a coverage rule or an authorisation may be about. */
export type SubjectKind = 'everything' | 'drug' | 'ingredient' | 'class';
type Ingredient = Pick<IngredientPage['data'][number], 'id' | 'name'>;

/** The subject as far as it was chosen; `sent` is what the server is told of it. */
export function useSubject(first: SubjectKind) {
  const [kind, setKind] = useState<SubjectKind>(first);
  const [drug, setDrug] = useState<DrugHit | null>(null);
  const [ingredient, setIngredient] = useState<Ingredient | null>(null);
  const [atc, setAtc] = useState('');
  const sent = {
    ...(kind === 'drug' && drug ? { drugId: drug.drugId } : {}),
    ...(kind === 'ingredient' && ingredient ? { ingredientId: ingredient.id } : {}),
    ...(kind === 'class' && atc.trim() !== '' ? { atcPrefix: atc.trim().toUpperCase() } : {}),
  };
  return {
    ...{ kind, setKind, drug, setDrug, ingredient, setIngredient, atc, setAtc, sent },
    isChosen: kind === 'everything' || Object.keys(sent).length > 0,
  };
}

interface SubjectFieldsProps {
  subject: ReturnType<typeof useSubject>;
  kinds: readonly SubjectKind[];
}

/** Chooses a product, an ingredient, a class of the ATC tree, or everything. */
export function SubjectFields({ subject, kinds }: SubjectFieldsProps) {
  const { t } = useTranslation();
  const { kind } = subject;
  return (
    <>
      <NativeSelect
        label={t('payers.about')}
        value={kind}
        onChange={(event) => subject.setKind(event.currentTarget.value as SubjectKind)}
        data={kinds.map((value) => ({ value, label: t(`payers.kind.${value}`) }))}
        data-autofocus
      />
      {kind === 'drug' && (
        <DrugPicker label={t('payers.kind.drug')} required value={subject.drug} onChange={subject.setDrug} />
      )}
      {kind === 'ingredient' && (
        <AsyncPicker<Ingredient>
          label={t('payers.kind.ingredient')}
          placeholder={t('payers.ingredientPlaceholder')}
          required
          value={subject.ingredient}
          onChange={subject.setIngredient}
          searchKey={(text) => ['insurance', 'ingredients', text]}
          search={async (text, signal) =>
            (await api.get<IngredientPage>('/reference/ingredients', { q: text, limit: 8 }, signal)).data
          }
          itemKey={(one) => one.id}
          itemText={(one) => one.name}
          renderItem={(one) => <bdi>{one.name}</bdi>}
        />
      )}
      {kind === 'class' && (
        <TextInput
          label={t('payers.kind.class')}
          description={t('payers.classHint')}
          required
          pattern="[A-Za-z]([0-9]{2}([A-Za-z]([A-Za-z]([0-9]{2})?)?)?)?"
          title={t('payers.classHint')}
          dir="ltr"
          value={subject.atc}
          onChange={(event) => subject.setAtc(event.currentTarget.value)}
        />
      )}
    </>
  );
}

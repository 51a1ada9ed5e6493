import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxClass } from '../../api/types';
import { Pager } from '../../ui/pager';
import { ProblemAlert } from '../../ui/problem-text';
import { DrugPicker } from '../shared/drug-picker';
import { localName } from '../shared/names';
import { useSetDrugClass, useTaxedDrugs } from './pricing-queries';

/** Products with a class as their own: each choice adds one, whatever it had before. */
export function TaxedDrugs({ taxClass }: { taxClass: TaxClass }) {
  const { t, i18n } = useTranslation();
  const { taxClassId } = taxClass;
  const [page, setPage] = useState(1);
  const drugs = useTaxedDrugs(taxClassId, page);
  const save = useSetDrugClass(() => setPage(1));
  return (
    <section aria-label={t('taxes.ownDrugs')}>
      <Stack gap="xs">
        <Text fw={600}>{t('taxes.ownDrugs')}</Text>
        <ProblemAlert problem={save.error} notSaved={t('pricing.notSaved')} />
        <DrugPicker
          label={t('taxes.addDrug')}
          value={null}
          clearAfterPick
          onChange={(drug) => drug && save.mutate({ drugId: drug.drugId, taxClassId })}
        />
        {drugs.data?.data.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('taxes.noDrugs')}
          </Text>
        )}
        {drugs.data?.data.map((drug) => {
          const name = localName(drug, i18n.language);
          return (
            <Group key={drug.drugId} wrap="nowrap" justify="space-between">
              <Text size="sm">
                <bdi>{name}</bdi>
              </Text>
              <ActionIcon
                aria-label={t('taxes.removeDrug', { name })}
                onClick={() => save.mutate({ drugId: drug.drugId, taxClassId: null })}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          );
        })}
        {drugs.data && drugs.data.meta.total > drugs.data.meta.limit && (
          <Pager meta={drugs.data.meta} onPage={setPage} />
        )}
      </Stack>
    </section>
  );
}

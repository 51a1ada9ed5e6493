import { Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrugDetail, DrugIngredient } from '../../../api/types';
import { type Column, DataTable } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { Card } from '../../../ui/page';
import { StatusBadge } from '../../../ui/status-badge';
import { amountOf } from '../../shared/names';

/** Ingredients with amounts; a part that is not linked says so, because nothing can be screened by it. */
export function Composition({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const columns: Column<DrugIngredient>[] = [
    {
      id: 'name',
      header: t('drugs.ingredient'),
      cell: (line) =>
        line.ingredientId === null ? (
          <>
            <bdi dir="auto">{line.rawText}</bdi> <StatusBadge tone="warn">{t('drugs.notLinked')}</StatusBadge>
          </>
        ) : (
          <Link to="/drugs" search={{ q: line.name }} title={t('drugs.allWith', { name: line.name })}>
            <bdi>{line.name}</bdi>
          </Link>
        ),
    },
    {
      id: 'amount',
      header: t('drugs.amount'),
      numeric: true,
      cell: (line) => {
        const amount = amountOf(line);
        return amount === undefined ? t('common.none') : <Ltr>{amount}</Ltr>;
      },
    },
  ];
  return (
    <Card label={t('drugs.ingredients')}>
      <Title order={2} mb={4}>
        {t('drugs.ingredients')}
      </Title>
      {drug.ingredients.length === 0 ? (
        <Text size="sm">{t('drugs.ingredientsUnknown')}</Text>
      ) : (
        <DataTable
          label={t('drugs.ingredients')}
          columns={columns}
          rows={drug.ingredients}
          rowKey={(line) => line.position}
        />
      )}
      {drug.activeRaw !== null && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('drugs.asWritten')} <bdi dir="auto">{drug.activeRaw}</bdi>
        </Text>
      )}
    </Card>
  );
}

import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrugDetail } from '../../../api/types';
import { useSession } from '../../../session/session';
import { type Column, DataTable } from '../../../ui/data-table';
import { Ltr } from '../../../ui/ltr';
import { MoneyText } from '../../../ui/money-text';
import { decimalOrZero, formatMoney, priceOf } from '../../../ui/money.domain';
import { Card } from '../../../ui/page';
import { useCurrency } from '../../shared/currency';
import { QuantityIn } from '../../shared/unit-text';
import classes from '../catalog.module.css';

type Pack = DrugDetail['packs'][number];

/** Codes printed on a pack: those that name it, and on the default one of its level those that name the level only. */
function codesOf(drug: DrugDetail, pack: Pack): string[] {
  return drug.barcodes
    .filter((one) =>
      one.packId === null ? one.packLevel === pack.level && pack.isDefault : one.packId === pack.packId,
    )
    .map((one) => one.code);
}

/** A price as the till would ask for it: rounded to the smallest coin of the branch. */
function inCoin(price: string, decimals: number): string {
  return formatMoney(priceOf(decimalOrZero(price), 1000n, 1000n, decimals));
}

/** How the product is packed, what each pack costs, and the codes printed on it. */
export function Packs({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const decimals = useSession().branch?.currencyDecimals ?? 2;
  const currency = useCurrency();
  const shown = new Set(drug.packs.flatMap((pack) => codesOf(drug, pack)));
  const others = drug.barcodes.filter((one) => !shown.has(one.code));
  const columns: Column<Pack>[] = [
    {
      id: 'name',
      header: t('drugs.pack'),
      cell: (row) => (
        <>
          {t(`unit.${row.level}`)}
          {row.description !== '' && (
            <Text size="xs" c="dimmed">
              <bdi>{row.description}</bdi>
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'units',
      header: t('drugs.content'),
      cell: (row) => <QuantityIn value={row.baseUnits} unit={drug.baseUnit} />,
    },
    {
      id: 'codes',
      header: t('drugs.barcodes'),
      cell: (row) => {
        const codes = codesOf(drug, row);
        return codes.length === 0 ? t('common.none') : <Ltr>{codes.join(', ')}</Ltr>;
      },
    },
    {
      id: 'price',
      header: t('drugs.priceIn', { currency }),
      numeric: true,
      cell: (row) => <MoneyText value={row.packPrice === null ? null : inCoin(row.packPrice, decimals)} />,
    },
  ];
  return (
    <Card label={t('drugs.packs')}>
      <Title order={2} mb={4}>
        {t('drugs.packs')}
      </Title>
      <DataTable
        label={t('drugs.packs')}
        columns={columns}
        rows={drug.packs}
        rowKey={(row) => `${row.packId ?? row.level}${row.baseUnits}`}
      />
      {others.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('drugs.otherCodes')}{' '}
          {others.map((one) => (
            <span key={one.code} className={classes['code']}>
              <Ltr>{one.code}</Ltr> ({t(`unit.${one.packLevel}`)})
            </span>
          ))}
        </Text>
      )}
    </Card>
  );
}

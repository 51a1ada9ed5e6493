import { Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrugDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { decimalOrZero, formatMoney, priceOf } from '../../ui/money.domain';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { amountOf } from '../shared/names';
import { StockBadge } from '../shared/stock-badge';
import { useDrug } from './catalog-queries';
import classes from './catalog.module.css';
import { Equivalents } from './equivalents';

const route = getRouteApi('/drugs/$drugId');

/** One product: what is in it, how it is packed, what it costs, what can stand in for it. */
export function DrugScreen() {
  const { drugId } = route.useParams();
  const drug = useDrug(Number.parseInt(drugId, 10));
  if (drug.isPending) return <LoadingRows />;
  if (drug.isError) return <ErrorView error={drug.error} retry={() => void drug.refetch()} />;
  return <DrugPage drug={drug.data} />;
}

function DrugPage({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);
  return (
    <Page
      title={drug.name}
      hint={drug.nameAr ?? undefined}
      actions={
        <Group gap="xs">
          {can('ReadInventory') && (
            <KeyButton
              combo="F6"
              label={t('drugs.showLots')}
              variant="default"
              onPress={() => void navigate({ to: '/stock', search: { drugId: drug.drugId } })}
            />
          )}
          {can('WritePrescription') && (
            <KeyButton
              combo="F9"
              label={t('drugs.prescribe')}
              onPress={() => void navigate({ to: '/prescriptions/new', search: { drugId: drug.drugId } })}
            />
          )}
        </Group>
      }
    >
      <Group gap={8}>
        {drug.rxOnly && <StatusBadge tone="info">{t('drugs.rxOnly')}</StatusBadge>}
        {drug.controlledSchedule !== null && (
          <StatusBadge tone="warn">
            {t('drugs.controlled', { schedule: drug.controlledSchedule })}
          </StatusBadge>
        )}
        {drug.storage !== 'room' && <StatusBadge tone="info">{t(`storage.${drug.storage}`)}</StatusBadge>}
        {drug.status !== 'active' && <StatusBadge tone="stop">{t(`drugStatus.${drug.status}`)}</StatusBadge>}
        {drug.ingredientStatus !== 'linked' && (
          <StatusBadge tone="warn">{t(`ingredientStatus.${drug.ingredientStatus}`)}</StatusBadge>
        )}
        <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
      </Group>
      <div className={classes['two']}>
        <Card label={t('drugs.product')}>
          <Title order={2} mb={8}>
            {t('drugs.product')}
          </Title>
          <Facts drug={drug} />
        </Card>
        <Stack gap={12}>
          <Card label={t('drugs.ingredients')}>
            <Title order={2} mb={8}>
              {t('drugs.ingredients')}
            </Title>
            <Ingredients drug={drug} />
          </Card>
          <Card label={t('drugs.packs')}>
            <Title order={2} mb={8}>
              {t('drugs.packs')}
            </Title>
            <Packs drug={drug} />
          </Card>
        </Stack>
      </div>
      <Card flush label={t('drugs.equivalents')}>
        <Equivalents drugId={drug.drugId} />
      </Card>
      <Text size="sm">
        <Link to="/drugs">{t('drugs.backToSearch')}</Link>
      </Text>
    </Page>
  );
}

function Facts({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const rows: [string, string | null][] = [
    [t('drugs.facet.dosageForm'), drug.dosageForm],
    [t('drugs.strength'), drug.strength],
    [t('drugs.facet.route'), drug.route],
    [t('drugs.facet.company'), drug.company?.name ?? null],
    [t('drugs.facet.category'), drug.category?.name ?? null],
    [t('drugs.atc'), drug.atcCode],
  ];
  return (
    <dl className={classes['facts']}>
      {rows.map(([name, value]) => (
        <FactRow key={name} name={name} value={value} />
      ))}
      <dt>{t('drugs.barcodes')}</dt>
      <dd>
        {drug.barcodes.length === 0 ? (
          t('common.none')
        ) : (
          <Ltr>{drug.barcodes.map((one) => one.code).join(', ')}</Ltr>
        )}
      </dd>
    </dl>
  );
}

function FactRow({ name, value }: { name: string; value: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{name}</dt>
      <dd>{value === null ? t('common.none') : <Ltr>{value}</Ltr>}</dd>
    </>
  );
}

function Ingredients({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  if (drug.ingredients.length === 0) {
    return (
      <Text size="sm">
        {t('drugs.ingredientsUnknown')} {drug.activeRaw !== null && <Ltr>{drug.activeRaw}</Ltr>}
      </Text>
    );
  }
  return (
    <dl className={classes['facts']}>
      {drug.ingredients.map((one) => (
        <FactRow key={one.position} name={one.name} value={amountOf(one) ?? null} />
      ))}
    </dl>
  );
}

/** Price of a part of the pack, rounded as the till rounds a line. */
function priceOfPack(drug: DrugDetail, baseUnits: string): string {
  return formatMoney(
    priceOf(decimalOrZero(drug.price), decimalOrZero(baseUnits), decimalOrZero(drug.unitsPerPack)),
  );
}

function Packs({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const columns: Column<DrugDetail['packs'][number]>[] = [
    { id: 'name', header: t('drugs.pack'), cell: (row) => t(`unit.${row.level}`) },
    {
      id: 'units',
      header: t('drugs.content'),
      cell: (row) => (
        <>
          <QuantityText value={row.baseUnits} /> <bdi>{drug.baseUnit}</bdi>
        </>
      ),
    },
    {
      id: 'price',
      header: t('drugs.price'),
      numeric: true,
      cell: (row) => <MoneyText value={priceOfPack(drug, row.baseUnits)} />,
    },
  ];
  return (
    <DataTable label={t('drugs.packs')} columns={columns} rows={drug.packs} rowKey={(row) => row.level} />
  );
}

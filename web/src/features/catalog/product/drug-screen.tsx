import { Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrugDetail } from '../../../api/types';
import { useSession } from '../../../session/session';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { useKeys } from '../../../ui/hotkeys/hotkeys';
import { MixedText } from '../../../ui/mixed-text';
import { Page } from '../../../ui/page';
import { ErrorView, LoadingRows } from '../../../ui/states';
import { StatusBadge } from '../../../ui/status-badge';
import { StockBadge } from '../../shared/stock-badge';
import { toHit } from '../../shared/names';
import { useAddToBasket } from '../../till/use-add-to-basket';
import { useDrug } from '../catalog-queries';
import classes from '../catalog.module.css';
import { Composition } from './composition';
import { Facts } from './facts';
import { Packs } from './packs';
import { ProductTabs } from './product-tabs';

const route = getRouteApi('/drugs/$drugId');

/** One product: what is in it, how it is packed, what it costs, what can stand in for it, which rules concern it. */
export function DrugScreen() {
  const { drugId } = route.useParams();
  const drug = useDrug(Number.parseInt(drugId, 10));
  if (drug.isPending) return <LoadingRows />;
  if (drug.isError) return <ErrorView error={drug.error} retry={() => void drug.refetch()} />;
  return <DrugPage key={drugId} drug={drug.data} />;
}

function DrugPage({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);
  return (
    <Page
      title={drug.name}
      hint={drug.nameAr === null ? undefined : <MixedText text={drug.nameAr} />}
      actions={<Actions drug={drug} />}
    >
      <Badges drug={drug} />
      <div className={classes['product']}>
        <Facts drug={drug} />
        <div className={classes['stack']}>
          <Composition drug={drug} />
          <Packs drug={drug} />
        </div>
      </div>
      <ProductTabs drug={drug} />
    </Page>
  );
}

function Actions({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const basket = useAddToBasket();
  const hit = toHit(drug);
  return (
    <Group gap="xs">
      {can('ReadInventory') && (
        <KeyButton
          combo="F6"
          label={t('drugs.showLots')}
          variant="default"
          onPress={() => void navigate({ to: '/stock', search: { drugId: drug.drugId } })}
        />
      )}
      {can('ManageDrugCatalog') && (
        <KeyButton
          combo="F7"
          label={t('drugs.edit')}
          variant="default"
          onPress={() =>
            void navigate({ to: '/drugs/$drugId/edit', params: { drugId: String(drug.drugId) } })
          }
        />
      )}
      {basket.mayAdd(hit) && (
        <KeyButton
          combo="Ctrl+Enter"
          label={t('palette.toBasket')}
          variant="default"
          onPress={() => basket.add(hit)}
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
  );
}

function Badges({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  return (
    <Group gap={8}>
      {drug.rxOnly && <StatusBadge tone="info">{t('drugs.rxOnly')}</StatusBadge>}
      {drug.controlledSchedule !== null && (
        <StatusBadge tone="warn">{t('drugs.controlled', { schedule: drug.controlledSchedule })}</StatusBadge>
      )}
      {drug.storage !== 'room' && <StatusBadge tone="info">{t(`storage.${drug.storage}`)}</StatusBadge>}
      {drug.status !== 'active' && <StatusBadge tone="stop">{t(`drugStatus.${drug.status}`)}</StatusBadge>}
      {drug.ingredientStatus !== 'linked' && (
        <StatusBadge tone="warn">{t(`ingredientStatus.${drug.ingredientStatus}`)}</StatusBadge>
      )}
      <StockBadge stock={drug.stockOnHand} unit={drug.baseUnit} />
    </Group>
  );
}

import { Group, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxClass } from '../../api/types';
import { rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { DefaultsDialog } from './tax-defaults-dialog';
import { percentOfShare } from '../../ui/percent.domain';
import { PricingTabs } from './pricing-tabs';
import { useTaxClasses } from './pricing-queries';
import { TaxClassDialog } from './tax-class-dialog';

const route = getRouteApi('/pricing/taxes');

/** Tax classes of the installation, their rates, and which are those of the branch. */
export function TaxesScreen() {
  const { t, i18n } = useTranslation();
  const { page } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<{ taxClass: TaxClass | undefined }>();
  const [isDefaulting, setIsDefaulting] = useState(false);
  const result = useTaxClasses(page ?? 1);
  return (
    <>
      <ListScreen
        title={t('taxes.title')}
        hint={t('taxes.hint')}
        above={<PricingTabs />}
        actions={
          <Group gap="xs">
            <KeyButton
              combo="F4"
              label={t('taxes.defaults')}
              variant="default"
              onPress={() => setIsDefaulting(true)}
            />
            <KeyButton combo="F9" label={t('taxes.new')} onPress={() => setDialog({ taxClass: undefined })} />
          </Group>
        }
        result={result}
        columns={[
          {
            id: 'code',
            header: t('taxes.code'),
            cell: (taxClass) => (
              <button
                type="button"
                className={rowLinkClass}
                data-row-link
                onClick={() => setDialog({ taxClass })}
              >
                <Ltr>{taxClass.code}</Ltr>
              </button>
            ),
          },
          {
            id: 'name',
            header: t('taxes.name'),
            cell: (taxClass) => <bdi>{localName(taxClass, i18n.language)}</bdi>,
          },
          {
            id: 'rate',
            header: t('taxes.rate'),
            numeric: true,
            cell: (taxClass) => <Ltr>{`${percentOfShare(taxClass.rate)}%`}</Ltr>,
          },
          {
            id: 'prices',
            header: t('taxes.prices'),
            cell: (taxClass) => t(taxClass.pricesIncludeTax ? 'taxes.included' : 'taxes.added'),
          },
          {
            id: 'drugs',
            header: t('taxes.ownDrugs'),
            numeric: true,
            cell: (taxClass) => <CountText value={taxClass.drugCount} />,
          },
          {
            id: 'default',
            header: t('taxes.ofBranch'),
            cell: (taxClass) => (
              <Stack gap={2} align="flex-start">
                {taxClass.isDefault && <StatusBadge tone="ok">{t('taxes.isDefault')}</StatusBadge>}
                {taxClass.isRxDefault && <StatusBadge tone="info">{t('taxes.isRxDefault')}</StatusBadge>}
              </Stack>
            ),
          },
        ]}
        rowKey={(taxClass) => taxClass.taxClassId}
        empty={{ title: t('taxes.empty'), hint: t('taxes.emptyHint') }}
        onPage={(next) => void navigate({ search: { page: next } })}
      />
      <TaxClassDialog
        opened={dialog !== undefined}
        taxClass={dialog?.taxClass}
        onClose={() => setDialog(undefined)}
      />
      <DefaultsDialog opened={isDefaulting} onClose={() => setIsDefaulting(false)} />
    </>
  );
}

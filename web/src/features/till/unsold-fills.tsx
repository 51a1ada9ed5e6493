import { Button, Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import type { UnsoldFill } from './till-queries';

interface UnsoldFillsProps {
  query: UseQueryResult<UnsoldFill[]>;
  inCart: readonly number[];
  onAdd: (fill: UnsoldFill) => void;
}

/** The patient's prepared prescriptions that are still to be paid. */
export function UnsoldFills({ query, inCart, onAdd }: UnsoldFillsProps) {
  const { t } = useTranslation();
  if (query.isPending) return <LoadingRows rows={1} />;
  if (query.isError) return <ErrorView error={query.error} retry={() => void query.refetch()} />;
  if (query.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('till.noFills')}
      </Text>
    );
  }
  return (
    <Stack gap={6} role="group" aria-label={t('till.fillsToPay')}>
      <Text size="sm" fw={600}>
        {t('till.fillsToPay')}
      </Text>
      {query.data.map((fill) => (
        <Group key={fill.fillId} justify="space-between" wrap="nowrap" gap="xs">
          <div>
            <Text size="sm">
              <bdi>{fill.drugName}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              <Ltr>{fill.rxNumber}</Ltr> · <MoneyText value={fill.price} />
              {fill.payerNames.length > 0 && (
                <>
                  {' · '}
                  {t('till.patientPays')} <MoneyText value={fill.patientShare} strong />
                </>
              )}
            </Text>
            {!fill.isSettled && <StatusBadge tone="warn">{t('errors.claim-unsettled')}</StatusBadge>}
          </div>
          <Button
            size="compact-sm"
            flex="none"
            variant="default"
            disabled={!fill.isSettled || inCart.includes(fill.fillId)}
            aria-label={t(inCart.includes(fill.fillId) ? 'till.inBasketNamed' : 'till.addFill', {
              name: fill.drugName,
            })}
            onClick={() => onAdd(fill)}
          >
            {inCart.includes(fill.fillId) ? t('till.inBasket') : t('common.add')}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

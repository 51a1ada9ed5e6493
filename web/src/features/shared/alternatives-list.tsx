import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Alternative, AlternativesAnswer, AlternativesQuestion } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { namesOf, NotCheckedList } from './alert-list';
import classes from './alert-list.module.css';
import { useHarmlessAlternatives } from './alternatives-queries';
import { KindText, SeverityBadge } from './clinical';
import { DrugName } from './names';
import { PriceText } from './price-text';
import { StockBadge } from './stock-badge';

interface AlternativesListProps {
  question: AlternativesQuestion;
  onPick?: (alternative: Alternative) => void;
}

/** What would not stop for this patient with these other medicines, and how many were looked at to know it. */
export function AlternativesList({ question, onPick }: AlternativesListProps) {
  const { t } = useTranslation();
  const found = useHarmlessAlternatives(question);
  if (found.isPending) return <LoadingRows rows={2} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => void found.refetch()} />;
  const { data, meta } = found.data;
  return (
    <div role="group" aria-label={t('alternatives.title')}>
      {data.length === 0 && (
        <Text size="sm" my={6}>
          {meta.classIsKnown ? t('alternatives.none') : t('alternatives.noClass')}
        </Text>
      )}
      {data.length > 0 && (
        <ul className={classes['offers']}>
          {data.map((one) => (
            <Offer key={one.drugId} alternative={one} onPick={onPick} />
          ))}
        </ul>
      )}
      <Looked meta={meta} />
    </div>
  );
}

function Looked({ meta }: { meta: AlternativesAnswer['meta'] }) {
  const { t } = useTranslation();
  const parts = [
    t('alternatives.screened', { n: meta.screened }),
    meta.stopping > 0 ? t('alternatives.stopping', { n: meta.stopping }) : undefined,
    meta.unjudged > 0 ? t('alternatives.unjudged', { n: meta.unjudged }) : undefined,
    meta.isComplete ? undefined : t('alternatives.more'),
  ];
  return (
    <Text size="xs" c="dimmed" role="status">
      {parts.filter((part) => part !== undefined).join(' ')}
    </Text>
  );
}

interface OfferProps {
  alternative: Alternative;
  onPick?: (alternative: Alternative) => void;
}

function Offer({ alternative, onPick }: OfferProps) {
  const { t } = useTranslation();
  return (
    <li className={classes['offer']}>
      <div>
        <Text size="sm" fw={600}>
          <DrugName drug={alternative} />
        </Text>
        <Text size="xs" c="dimmed">
          {t(`alternatives.nearness.${alternative.nearness}`)} <Ltr>{alternative.atcCode}</Ltr>{' '}
          <bdi>{alternative.atcName}</bdi>
        </Text>
        {alternative.alerts.map((alert) => (
          <Group key={alert.fingerprint} gap={6} mt={2}>
            <SeverityBadge severity={alert.severity} />
            <Text size="xs">
              <KindText kind={alert.kind} />: <bdi>{namesOf(alert.subjects).join(' + ')}</bdi>
            </Text>
          </Group>
        ))}
        {alternative.notChecked.length > 0 && (
          <details className={classes['why']}>
            <summary data-enter-ok>
              {t('alternatives.notChecked', { n: alternative.notChecked.length })}
            </summary>
            <NotCheckedList notChecked={alternative.notChecked} />
          </details>
        )}
      </div>
      <Group gap={8} className={classes['offerEnd']}>
        {!alternative.sameRoute && <StatusBadge tone="warn">{t('alternatives.otherRoute')}</StatusBadge>}
        <StockBadge stock={alternative.stockOnHand} unit={alternative.baseUnit} />
        <Text size="sm">
          <PriceText value={alternative.price} withCurrency />
        </Text>
        {onPick && (
          <Button
            size="compact-sm"
            variant="light"
            data-enter-ok
            aria-label={t('alternatives.useNamed', { name: alternative.name })}
            onClick={() => onPick(alternative)}
          >
            {t('alternatives.use')}
          </Button>
        )}
      </Group>
    </li>
  );
}

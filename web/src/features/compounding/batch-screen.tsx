import { Group, Stack, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompoundBatch } from '../../api/types';
import { currentLanguage } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { DateText, DateTimeText } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { usePrintPage } from '../controlled/destruction-texts';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';
import { BatchItems } from './batch-items';
import { BatchStatusBadge } from './batch-status';
import { GivenTo } from './batches-screen';
import { useBatch } from './compounding-queries';
import classes from './compounding.module.css';
import { DiscardDialog } from './discard-dialog';
import { MakeStep } from './make-step';
import { ReleaseStep } from './release-step';
import { WeighStep } from './weigh-step';

const route = getRouteApi('/compounding/batches/$batchId');

/** One batch where it stands: weighed by the maker, checked and released by another, or what became of it. */
export function BatchScreen() {
  const batchId = Number.parseInt(route.useParams().batchId, 10);
  const batch = useBatch(batchId);
  if (batch.isError && !batch.data)
    return <ErrorView error={batch.error} retry={() => void batch.refetch()} />;
  if (!batch.data) return <LoadingRows />;
  return <Loaded key={batchId} batch={batch.data} isCurrent={batch.isFetchedAfterMount} />;
}

function Loaded({ batch, isCurrent }: { batch: CompoundBatch; isCurrent: boolean }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const print = usePrintPage();
  const [isDiscarding, setDiscarding] = useState(false);
  const { batchId, batchNumber } = batch;
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/compounding' }),
      whileTyping: false,
    },
  ]);
  return (
    <Page
      title={t('compounding.batchTitle', { number: batchNumber })}
      hint={
        <>
          <BatchStatusBadge status={batch.status} />{' '}
          <strong>
            <bdi>{localName({ name: batch.drugName, nameAr: batch.drugNameAr }, i18n.language)}</bdi>
          </strong>{' '}
          · <QuantityIn value={batch.quantity} unit={batch.baseUnit} /> ·{' '}
          {batch.prescriptionId === null ? (
            t('compounding.forStock')
          ) : (
            <>
              {t('compounding.for')}{' '}
              <Link
                to="/prescriptions/$prescriptionId"
                params={{ prescriptionId: String(batch.prescriptionId) }}
              >
                <Ltr>{batch.rxNumber}</Ltr>
              </Link>
            </>
          )}
        </>
      }
      actions={
        <Group gap="xs">
          {can('Compound') && batch.commands.includes('discard') && (
            <KeyButton
              combo="F7"
              label={t('compounding.discard')}
              variant="default"
              onPress={() => setDiscarding(true)}
            />
          )}
          <KeyButton
            combo="F8"
            label={t('compounding.worksheet')}
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
            onPress={() => print(`/compound-batches/${batchId}/worksheet`, { lang: currentLanguage() })}
          />
        </Group>
      }
    >
      {batch.hazardous && (
        <Notice tone="stop" title={t('compounding.hazardous')}>
          {t('compounding.hazardousHint')}
        </Notice>
      )}
      {batch.status === 'in_preparation' && <Preparation batch={batch} />}
      {batch.status === 'made' && <ReleaseStep batch={batch} isCurrent={isCurrent} />}
      {(batch.status === 'released' || batch.status === 'discarded') && <Outcome batch={batch} />}
      <Events batch={batch} />
      {isDiscarding && <DiscardDialog batch={batch} onClose={() => setDiscarding(false)} />}
    </Page>
  );
}

/** The maker's side: one ingredient after the other, then it is made. */
function Preparation({ batch }: { batch: CompoundBatch }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [chosen, setChosen] = useState<number>();
  const next = batch.items.find(({ quantityUsed }) => quantityUsed === null);
  const item = batch.items.find(({ batchItemId }) => batchItemId === chosen) ?? next;
  if (!can('Compound'))
    return (
      <Card flush>
        <EmptyView title={t('compounding.othersWork')} />
        <BatchItems batch={batch} isFull />
      </Card>
    );
  return (
    <div className={classes['station']}>
      {item ? (
        <WeighStep key={item.batchItemId} batch={batch} item={item} onWeighed={() => setChosen(undefined)} />
      ) : (
        <MakeStep batch={batch} />
      )}
      <Card flush label={t('compounding.ingredients')}>
        <div onKeyDown={moveThroughRows}>
          <BatchItems batch={batch} onChoose={setChosen} {...(item ? { currentId: item.batchItemId } : {})} />
        </div>
      </Card>
    </div>
  );
}

/** What became of it. */
function Outcome({ batch }: { batch: CompoundBatch }) {
  const { t } = useTranslation();
  return (
    <Stack gap={12}>
      {batch.status === 'released' ? (
        <Notice tone="ok" title={t('compounding.releasedTitle')}>
          {t('compounding.useBy')} <DateText value={batch.beyondUseDate} /> · {t('compounding.madeBy')}{' '}
          <bdi>{batch.madeByName}</bdi> · {t('compounding.checkedBy')} <bdi>{batch.checkedByName}</bdi>
        </Notice>
      ) : (
        <Notice tone="neutral" title={t('compounding.discardedTitle')}>
          <bdi>{batch.discardReason}</bdi> · <bdi>{batch.discardedByName}</bdi> ·{' '}
          <DateTimeText value={batch.discardedAt} />
        </Notice>
      )}
      <Card flush label={t('compounding.ingredients')}>
        <BatchItems batch={batch} isFull />
      </Card>
      {batch.status === 'released' && (
        <Card label={t('compounding.givenTo')}>
          <Title order={2} mb={8}>
            {t('compounding.givenTo')}
          </Title>
          <GivenTo batch={batch} />
        </Card>
      )}
    </Stack>
  );
}

function Events({ batch }: { batch: CompoundBatch }) {
  const { t } = useTranslation();
  return (
    <Card label={t('history.title')}>
      <Title order={2} fz="md" mb={6}>
        {t('history.title')}
      </Title>
      <Stack gap={4}>
        {batch.events.map((event) => (
          <Text size="sm" key={`${event.toStatus}${event.occurredAt}`}>
            <DateTimeText value={event.occurredAt} /> · {t(`compounding.status.${event.toStatus}`)} ·{' '}
            <bdi>{event.userName}</bdi>
            {event.reason !== null && (
              <>
                {' · '}
                <bdi>{event.reason}</bdi>
              </>
            )}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}

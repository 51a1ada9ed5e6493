import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Fill } from '../../api/types';
import { DateTimeText } from '../../ui/date-text';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { Card, Page } from '../../ui/page';
import { EmptyView } from '../../ui/states';
import { FillStatusBadge } from '../shared/clinical';

/** A fill that somebody has taken further, or back, since this screen was meant to work on it: who and when, and the way on. */
export function StandsElsewhere({ fill }: { fill: Fill }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const who = fill.dispensedByName ?? fill.verifiedByName ?? fill.filledByName;
  const when = fill.dispensedAt ?? fill.verifiedAt ?? fill.filledAt;
  return (
    <Page title={t('station.elsewhere')} hint={<FillStatusBadge status={fill.status} />}>
      <Card>
        <EmptyView
          title={t('station.elsewhereBy', { name: who ?? t('common.none') })}
          hint={
            <>
              <DateTimeText value={when} /> · <bdi>{fill.drugName}</bdi>
            </>
          }
          action={
            <EnterButton
              label={t('station.goOn')}
              onPress={() =>
                void navigate({
                  to: '/dispensing/label/$fillId',
                  params: { fillId: String(fill.fillId) },
                  replace: true,
                })
              }
            />
          }
        />
      </Card>
    </Page>
  );
}

import { useTranslation } from 'react-i18next';
import { DateTimeText } from '../../ui/date-text';
import { EmptyView } from '../../ui/states';
import { DurationText } from './duration';
import { Facts } from './facts';
import { useChainState } from './operations-queries';
import { Section } from './section';

/** How far the audit trail is sealed, and what waits. */
export function AuditChainSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('operations.auditChain')} query={useChainState()}>
      {({ isSealing, head, lagSeconds, lastAnchor }) =>
        isSealing ? (
          <Facts
            facts={[
              [
                t('operations.sealedUpTo'),
                head
                  ? t('operations.sealedEntry', { entry: head.lastId, seal: head.sealNo })
                  : t('common.none'),
              ],
              [t('operations.sealedAt'), <DateTimeText key="sealed" value={head?.sealedAt} />],
              [t('operations.sealLag'), <DurationText key="lag" seconds={lagSeconds} />],
              [
                t('operations.lastAnchor'),
                lastAnchor ? (
                  <>
                    {t('operations.anchorOf', { number: lastAnchor.number, seal: lastAnchor.sealNo })}{' '}
                    <DateTimeText value={lastAnchor.at} />
                  </>
                ) : (
                  t('common.none')
                ),
              ],
            ]}
          />
        ) : (
          <EmptyView title={t('operations.notSealed')} hint={t('operations.notSealedHint')} />
        )
      }
    </Section>
  );
}

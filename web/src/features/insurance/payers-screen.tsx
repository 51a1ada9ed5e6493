import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { usePayers } from './insurance-queries';
import { InsuranceTabs } from './insurance-tabs';
import { PayerDialog } from './payer-dialog';

const route = getRouteApi('/payers');

/** Insurers and other third parties that pay; each opens with its plans. */
export function PayersScreen() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const { q, page } = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setIsAdding] = useState(false);
  const result = usePayers({ q, page: page ?? 1, limit: 20 });
  return (
    <>
      <ListScreen
        title={t('payers.title')}
        hint={t('payers.hint')}
        above={<InsuranceTabs />}
        actions={
          can('WriteClaims') && (
            <KeyButton combo="F9" label={t('payers.new')} onPress={() => setIsAdding(true)} />
          )
        }
        search={{
          value: q,
          label: t('payers.search'),
          placeholder: t('payers.search'),
          focusLabel: t('payers.search'),
          onSearch: (wanted) => void navigate({ search: { q: wanted, page: undefined }, replace: true }),
        }}
        result={result}
        columns={[
          {
            id: 'name',
            header: t('payers.name'),
            cell: (payer) => (
              <Link
                to="/payers/$payerId"
                params={{ payerId: String(payer.payerId) }}
                className={rowLinkClass}
                data-row-link
              >
                <bdi>{localName(payer, i18n.language)}</bdi>
              </Link>
            ),
          },
          {
            id: 'format',
            header: t('payers.memberFormat'),
            cell: (payer) => <Ltr>{payer.memberFormat ?? t('common.none')}</Ltr>,
          },
          {
            id: 'active',
            header: t('payers.status'),
            cell: (payer) => (
              <StatusBadge tone={payer.active ? 'ok' : 'neutral'}>
                {t(payer.active ? 'payers.inUse' : 'payers.notInUse')}
              </StatusBadge>
            ),
          },
        ]}
        rowKey={(payer) => payer.payerId}
        empty={{ title: t('payers.empty'), hint: t('payers.emptyHint') }}
        onPage={(next) => void navigate({ search: { q, page: next } })}
      />
      <PayerDialog
        opened={isAdding}
        payer={undefined}
        onClose={() => setIsAdding(false)}
        onSaved={(payer) =>
          void navigate({ to: '/payers/$payerId', params: { payerId: String(payer.payerId) } })
        }
      />
    </>
  );
}

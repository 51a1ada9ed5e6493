import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorksOffline } from '../../api/reach';
import { withTexts } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { Page } from '../../ui/page';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { OpenShift } from './open-shift';
import { TillCounter } from './till-counter';
import { useOpenShift } from './till-queries';

const route = getRouteApi('/till');

const OfflineTill = lazy(() =>
  withTexts('offline', () => import('../offline/offline-till')).then((module) => ({
    default: module.OfflineTill,
  })),
);

/** The till: needs an open shift, then scan, pay, change, receipt; without the server it sells what can be sold without it. */
export function TillScreen() {
  const { t } = useTranslation();
  const { branch } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const shift = useOpenShift();
  const worksOffline = useWorksOffline();
  if (worksOffline)
    return (
      <Suspense fallback={<LoadingRows />}>
        <OfflineTill
          hasPatient={search.patientId !== undefined}
          onWithoutPatient={() => void navigate({ search: {}, replace: true })}
        />
      </Suspense>
    );
  if (!branch) return <EmptyView title={t('till.noBranch')} />;
  if (shift.isPending) return <LoadingRows />;
  if (shift.isError) return <ErrorView error={shift.error} retry={() => void shift.refetch()} />;
  if (shift.data === null) {
    return (
      <Page title={t('till.title')}>
        <OpenShift />
      </Page>
    );
  }
  return (
    <TillCounter
      key={branch.branchId}
      branchId={branch.branchId}
      decimals={branch.currencyDecimals}
      shift={shift.data}
      patientId={search.patientId}
      fillId={search.fillId}
      pay={search.pay}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useSession } from '../../session/session';
import { ErrorView, LoadingRows } from '../../ui/states';
import { usePrescription } from '../prescriptions/prescription-queries';
import { stationQuery } from './dispensing-queries';
import { isOpenFill, targetOf } from './target.domain';

const route = getRouteApi('/dispensing/label/$fillId');

/** Where a scanned label leads: the station its fill, or the one under way after it, is worked on next. */
export function LabelRoute() {
  const scanned = Number.parseInt(route.useParams().fillId, 10);
  return <Find key={scanned} fillId={scanned} />;
}

function Find({ fillId }: { fillId: number }) {
  const { me, can } = useSession();
  const station = useQuery(stationQuery(fillId));
  if (station.isError) return <ErrorView error={station.error} retry={() => void station.refetch()} />;
  // What is known from before may be out of date: it is looked at anew, so that nobody is led to a step that is done.
  if (!station.data || station.isFetching) return <LoadingRows />;
  const params = { fillId: String(fillId) };
  switch (targetOf(station.data, { userId: me.userId, mayVerify: can('VerifyPrescription') })) {
    case 'fill':
      return <Navigate to="/dispensing/fill/$fillId" params={params} replace />;
    case 'verify':
      return <Navigate to="/dispensing/verify/$fillId" params={params} replace />;
    case 'pick-up':
      return <Navigate to="/dispensing/pick-up" search={{ fillId }} replace />;
    case 'start':
      return <Next prescriptionId={station.data.fill.prescriptionId} scanned={fillId} />;
  }
}

/** A fill that is done with: the one under way of the same prescription, else a new one. */
function Next({ prescriptionId, scanned }: { prescriptionId: number; scanned: number }) {
  const prescription = usePrescription(prescriptionId, { isFresh: true });
  if (prescription.isError)
    return <ErrorView error={prescription.error} retry={() => void prescription.refetch()} />;
  if (!prescription.data || prescription.isFetching) return <LoadingRows />;
  const open = prescription.data.fills.find((fill) => fill.fillId !== scanned && isOpenFill(fill));
  if (open) return <Find key={open.fillId} fillId={open.fillId} />;
  const params = { prescriptionId: String(prescriptionId) };
  return <Navigate to="/dispensing/start/$prescriptionId" params={params} replace />;
}

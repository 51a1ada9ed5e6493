import { getRouteApi } from '@tanstack/react-router';
import { ErrorView, LoadingRows } from '../../ui/states';
import { useStockCount } from './count-queries';
import { Counting } from './counting';
import { Review } from './review';

const route = getRouteApi('/inventory/counts/$countId');

/** One count: while it is open one counts, afterwards one judges or reads it. */
export function CountScreen() {
  const countId = Number.parseInt(route.useParams().countId, 10);
  const head = useStockCount(countId, { limit: 1 });
  if (head.isPending) return <LoadingRows />;
  if (head.isError) return <ErrorView error={head.error} retry={() => void head.refetch()} />;
  return head.data.status === 'counting' ? (
    <Counting key={countId} count={head.data} />
  ) : (
    <Review key={countId} count={head.data} />
  );
}

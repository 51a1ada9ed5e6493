import type { EmergencyAccessPage } from '../../api/access-types';
import { api, type Query } from '../../api/client';

/** Records opened in emergencies. */
export const emergencies = (query: Query) => ({
  queryKey: ['emergency-accesses', query],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get<EmergencyAccessPage>('/emergency-accesses', query, signal),
});

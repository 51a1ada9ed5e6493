import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail, DrugHit, Patient } from '../../api/types';
import { toHit } from '../shared/names';

/** Patient and drug named in the address, so that "prescribe" on their pages starts with them chosen. */
export function usePrefill(search: { patientId?: number | undefined; drugId?: number | undefined }): {
  patient: Patient | undefined;
  drug: DrugHit | undefined;
} {
  const patient = useQuery({
    queryKey: keys.patient(search.patientId ?? 0),
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${search.patientId ?? 0}`, undefined, signal),
    enabled: search.patientId !== undefined,
  });
  const drug = useQuery({
    queryKey: keys.drug(search.drugId ?? 0),
    queryFn: ({ signal }) => api.get<DrugDetail>(`/drugs/${search.drugId ?? 0}`, undefined, signal),
    enabled: search.drugId !== undefined,
    select: toHit,
  });
  return { patient: patient.data, drug: drug.data };
}

import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugDetail, DrugHit, Patient, Prescriber } from '../../api/types';
import { toHit } from '../shared/names';

/**
 * What is named in the address, so that "prescribe" on the pages of a patient or drug starts with them chosen, or in a draft that
 * goes on.
 */
export function usePrefill(search: {
  patientId?: number | undefined;
  drugId?: number | undefined;
  prescriberId?: number | undefined;
}): {
  patient: Patient | undefined;
  drug: DrugHit | undefined;
  prescriber: Prescriber | undefined;
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
  const prescriber = useQuery({
    queryKey: keys.prescribers({ prescriberId: search.prescriberId }),
    queryFn: ({ signal }) =>
      api.get<Prescriber>(`/prescribers/${search.prescriberId ?? 0}`, undefined, signal),
    enabled: search.prescriberId !== undefined,
  });
  return { patient: patient.data, drug: drug.data, prescriber: prescriber.data };
}

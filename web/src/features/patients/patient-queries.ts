import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type {
  CreateAllergy,
  CreateCondition,
  CreatePatient,
  IngredientGroupPage,
  IngredientPage,
  NamedEntry,
  Patient,
  PatientAllergy,
  PatientAllergyList,
  PatientCondition,
  PatientConditionList,
  PatientDetail,
  PatientPage,
  PrescriptionPage,
  UpdatePatient,
} from '../../api/types';

/** Fields of a patient that the screen edits. */
export type PatientChange = Omit<UpdatePatient, 'version'>;

/** Patients by name, phone, birth date or number. */
export function usePatients(query: Query) {
  return useQuery({
    queryKey: keys.patientSearch(query),
    queryFn: ({ signal }) => api.search<PatientPage>('/patients', query, signal),
    placeholderData: keepPreviousData,
  });
}

/** One patient's record. */
export function usePatient(patientId: number) {
  return useQuery({
    queryKey: keys.patient(patientId),
    queryFn: ({ signal }) => api.get<PatientDetail>(`/patients/${patientId}`, undefined, signal),
  });
}

/** A patient's allergies, inactive ones included. */
export function useAllergies(patientId: number) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'allergies'),
    queryFn: ({ signal }) =>
      api.get<PatientAllergyList>(`/patients/${patientId}/allergies`, undefined, signal),
  });
}

/** A patient's conditions. */
export function useConditions(patientId: number) {
  return useQuery({
    queryKey: keys.patientPart(patientId, 'conditions'),
    queryFn: ({ signal }) =>
      api.get<PatientConditionList>(`/patients/${patientId}/conditions`, undefined, signal),
  });
}

/** A patient's prescriptions, newest first. */
export function usePatientPrescriptions(patientId: number) {
  return useQuery({
    queryKey: keys.prescriptionList({ patientId, limit: 20 }),
    queryFn: ({ signal }) => api.get<PrescriptionPage>('/prescriptions', { patientId, limit: 20 }, signal),
  });
}

/** Makes a patient. */
export function useCreatePatient(onDone: (patient: Patient) => void) {
  const queryClient = useQueryClient();
  return useMutation<Patient, Problem, CreatePatient>({
    mutationFn: (body) => api.post<Patient>('/patients', body),
    onSuccess: async (patient) => {
      await queryClient.invalidateQueries({ queryKey: keys.patients });
      onDone(patient);
    },
  });
}

/** Changes a patient; a stale version is refused by the server. */
export function useUpdatePatient(patient: Patient, onDone?: () => void) {
  const queryClient = useQueryClient();
  return useMutation<Patient, Problem, PatientChange>({
    mutationFn: (change) =>
      api.patch<Patient>(`/patients/${patient.patientId}`, { ...change, version: patient.version }),
    onSuccess: () => {
      // Before the patient is read again: that makes the form anew, and what it was to do when done is gone with it.
      onDone?.();
      return queryClient.invalidateQueries({ queryKey: keys.patients });
    },
  });
}

/** Records an allergy. */
export function useAddAllergy(patientId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<PatientAllergy, Problem, CreateAllergy>({
    mutationFn: (body) => api.post<PatientAllergy>(`/patients/${patientId}/allergies`, body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.patients });
      onDone();
    },
  });
}

/** Records a condition. */
export function useAddCondition(patientId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation<PatientCondition, Problem, CreateCondition>({
    mutationFn: (body) => api.post<PatientCondition>(`/patients/${patientId}/conditions`, body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.patients });
      onDone();
    },
  });
}

/** One thing a patient can be allergic to: an ingredient or a group of them. */
export interface Allergen {
  kind: 'ingredient' | 'group';
  named: NamedEntry;
}

/** Ingredients and groups by name, groups first: "penicillins" is more often meant than one of them. */
export async function searchAllergens(text: string, signal: AbortSignal): Promise<Allergen[]> {
  const [groups, ingredients] = await Promise.all([
    api.get<IngredientGroupPage>('/reference/ingredient-groups', { q: text, limit: 5 }, signal),
    api.get<IngredientPage>('/reference/ingredients', { q: text, limit: 8 }, signal),
  ]);
  return [
    ...groups.data.map((named): Allergen => ({ kind: 'group', named })),
    ...ingredients.data.map((named): Allergen => ({ kind: 'ingredient', named })),
  ];
}

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Patient, PrescriptionPage } from '../../api/types';
import { rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';
import { ErrorView } from '../../ui/states';

/** Most prescriptions listed; who has more open than that has them all on the work queue. */
const SHOWN = 20;

/** That the patient has died, and what is still open of his, to be cancelled. */
export function DeceasedNotice({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const query = { ofDeceased: true, patientId: patient.patientId, limit: SHOWN };
  const open = useQuery({
    queryKey: keys.prescriptionList(query),
    queryFn: ({ signal }) => api.get<PrescriptionPage>('/prescriptions', query, signal),
  });
  return (
    <Notice tone="stop" title={t('people.deceased.title')}>
      <Text size="sm">
        {patient.deceasedOn !== null && (
          <>
            <DateText value={patient.deceasedOn} />
            {' · '}
          </>
        )}
        {t('people.deceased.hint')}
      </Text>
      {open.isError && <ErrorView error={open.error} retry={() => void open.refetch()} />}
      {open.data && open.data.data.length > 0 && (
        <>
          <Text size="sm" fw={600} mt={4}>
            {t('people.deceased.open', { count: open.data.meta.total })}
          </Text>
          {open.data.data.map((one) => (
            <Text size="sm" key={one.prescriptionId}>
              <Link
                to="/prescriptions/$prescriptionId"
                params={{ prescriptionId: String(one.prescriptionId) }}
                className={rowLinkClass}
              >
                <Ltr>{one.rxNumber}</Ltr>
              </Link>{' '}
              <MixedText text={one.drugName} />
            </Text>
          ))}
        </>
      )}
    </Notice>
  );
}

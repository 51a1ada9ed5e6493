import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { HealthSection } from './health-section';
import { JobsSection } from './jobs-section';
import { LicencesSection } from './licences-section';
import { ServerSection } from './server-section';
import { StatementsSection } from './statements-section';
import { StorageSection } from './storage-section';

/** The parts of the screen from top to bottom; each asks for what it shows, and fails alone. */
const SECTIONS = [
  HealthSection,
  ServerSection,
  JobsSection,
  StorageSection,
  StatementsSection,
  LicencesSection,
] as const;

/** How the installation is, for who looks after it. */
export function OperationsScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('operations.title')} hint={t('operations.hint')}>
      {SECTIONS.map((Section) => (
        <Section key={Section.name} />
      ))}
    </Page>
  );
}

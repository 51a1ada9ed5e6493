import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../session/permissions';
import { useSession } from '../../session/session';
import { Page } from '../../ui/page';
import { AuditChainSection } from './audit-chain-section';
import { BackupsSection } from './backups-section';
import { HealthSection } from './health-section';
import { JobsSection } from './jobs-section';
import { LicencesSection } from './licences-section';
import { ServerSection } from './server-section';
import { StatementsSection } from './statements-section';
import { StorageSection } from './storage-section';

/** The parts of the screen from top to bottom; each asks for what it shows, and fails alone. Some are for who holds a right of their own. */
const SECTIONS: readonly (readonly [part: () => ReactNode, right?: Permission])[] = [
  [HealthSection],
  [BackupsSection, 'ManageBackups'],
  [AuditChainSection, 'ReadAuditLog'],
  [ServerSection],
  [JobsSection],
  [StorageSection],
  [StatementsSection],
  [LicencesSection],
];

/** How the installation is, for who looks after it. */
export function OperationsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <Page title={t('operations.title')} hint={t('operations.hint')}>
      {SECTIONS.map(([Section, right]) => (right && !can(right) ? null : <Section key={Section.name} />))}
    </Page>
  );
}

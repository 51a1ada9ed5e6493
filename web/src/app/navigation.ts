import {
  IconAdjustments,
  IconBuildingStore,
  IconChartBar,
  IconClipboardList,
  IconDashboard,
  IconDatabaseCog,
  IconDiscount,
  IconEyeExclamation,
  IconFileSearch,
  IconFlask,
  IconHeartbeat,
  IconLock,
  IconPill,
  IconPackages,
  IconReceipt2,
  IconReportMedical,
  IconShieldCheck,
  IconStethoscope,
  IconUserCog,
  IconUserDollar,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Permission } from '../session/permissions';

/** The screens of the navigation rail in the order of Alt+1 … Alt+9; those beyond are reached by Tab and the palette. */
export const NAVIGATION = [
  { id: 'till', to: '/till', icon: IconBuildingStore, permission: 'Sell' },
  { id: 'prescriptions', to: '/prescriptions', icon: IconClipboardList, permission: 'ReadPrescription' },
  { id: 'drugs', to: '/drugs', icon: IconPill, permission: 'ReadDrug' },
  { id: 'patients', to: '/patients', icon: IconUsers, permission: 'ReadPatient' },
  { id: 'stock', to: '/stock', icon: IconPackages, permission: 'ReadInventory' },
  { id: 'sales', to: '/sales', icon: IconReceipt2, permission: 'Sell' },
  { id: 'users', to: '/users', icon: IconUserCog, permission: 'ManageUsers' },
  { id: 'audit', to: '/audit', icon: IconFileSearch, permission: 'ReadAuditLog' },
  { id: 'catalog', to: '/catalog', icon: IconDatabaseCog, permission: 'ManageDrugCatalog' },
  { id: 'compounding', to: '/compounding', icon: IconFlask, permission: 'Compound' },
  { id: 'rules', to: '/rules', icon: IconStethoscope, permission: 'ManageClinicalRules' },
  { id: 'dashboard', to: '/dashboard', icon: IconDashboard, permission: 'ReadReports' },
  { id: 'salesReports', to: '/reports/sales', icon: IconChartBar, permission: 'ReadReports' },
  { id: 'overrides', to: '/reports/overrides', icon: IconReportMedical, permission: 'ReadReports' },
  { id: 'claims', to: '/claims', icon: IconShieldCheck, permission: 'ReadClaims', also: '/payers' },
  { id: 'controlled', to: '/controlled', icon: IconLock, permission: 'ReadReports' },
  { id: 'nearMisses', to: '/near-misses', icon: IconEyeExclamation, permission: 'ReadReports' },
  { id: 'operations', to: '/operations', icon: IconHeartbeat, permission: 'ReadOperations' },
  { id: 'branches', to: '/branches', icon: IconAdjustments, permission: 'ManageBranches' },
  { id: 'accounts', to: '/accounts', icon: IconUserDollar, permission: 'Sell', also: '/receivables' },
  {
    id: 'pricing',
    to: '/pricing/promotions',
    icon: IconDiscount,
    permission: 'ManagePricing',
    also: '/pricing',
  },
] as const satisfies readonly {
  id: string;
  to: string;
  icon: TablerIcon;
  permission: Permission;
  also?: string;
}[];

const DIGITS = 9;

/** The key to the screen in this place of what the user may open; undefined where the digits have run out. */
export function comboOf(place: number): string | undefined {
  return place < DIGITS ? `Alt+${place + 1}` : undefined;
}

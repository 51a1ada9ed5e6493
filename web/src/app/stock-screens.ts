import {
  IconArrowBackUp,
  IconListNumbers,
  IconReportAnalytics,
  IconShoppingCart,
  IconTruckDelivery,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Permission } from '../session/permissions';

/** The screens of stock beside the list of lots, for the rail and the palette. Not in the first load: they travel with the rail's part. */
export const STOCK_SCREENS = [
  { id: 'counts', to: '/inventory/counts', icon: IconListNumbers, permission: 'CountStock' },
  { id: 'transfers', to: '/inventory/transfers', icon: IconTruckDelivery, permission: 'ReadInventory' },
  { id: 'recalls', to: '/inventory/recalls', icon: IconArrowBackUp, permission: 'ReadInventory' },
  {
    id: 'replenishment',
    to: '/inventory/replenishment',
    icon: IconShoppingCart,
    permission: 'ReadInventory',
  },
  { id: 'stockReports', to: '/inventory/reports', icon: IconReportAnalytics, permission: 'ReadReports' },
] as const satisfies readonly { id: string; to: string; icon: TablerIcon; permission: Permission }[];

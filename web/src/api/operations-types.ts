import type { components } from './generated';

type Schemas = components['schemas'];

export type HealthReport = Schemas['HealthReport'];
export type ServerReport = Schemas['ServerReport'];
export type JobReport = Schemas['JobReport'];
export type JobReports = Schemas['JobReports'];
export type StorageReport = Schemas['StorageReport'];
export type StatementReport = Schemas['StatementReport'];
export type LicenceReport = Schemas['LicenceReport'];
export type Backups = Schemas['Backups'];
export type BackupStarted = Schemas['BackupStarted'];

import type { components } from './generated';

type Schemas = components['schemas'];

/** The own account, how others sign in, and emergencies. */
export type SecondFactors = Schemas['SecondFactors'];
export type TotpBegun = Schemas['TotpBegun'];
export type RecoveryCodes = Schemas['RecoveryCodes'];
export type OwnSessions = Schemas['OwnSessions'];
export type OwnSession = OwnSessions['data'][number];
export type UserAccess = Schemas['UserAccess'];
export type OneTimePassword = Schemas['OneTimePassword'];
export type RegisteredTill = Schemas['RegisteredTill'];
export type RegisteredTillPage = Schemas['RegisteredTillPage'];
export type EmergencyAccess = Schemas['EmergencyAccess'];
export type EmergencyAccessPage = Schemas['EmergencyAccessPage'];
export type EmergencyRecord = Schemas['EmergencyRecord'];
export type EmergencyReview = Schemas['ReviewEmergencyAccess'];

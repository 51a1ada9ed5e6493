import type { components } from './generated';

type Schemas = components['schemas'];

/** Patients who asked to be erased, and how long law keeps what. */
export type ErasureRequest = Schemas['ErasureRequest'];
export type ErasureRequestPage = Schemas['ErasureRequestPage'];
export type ErasurePreview = Schemas['ErasurePreview'];
export type CreateErasureRequest = Schemas['CreateErasureRequest'];
export type RetentionRule = Schemas['RetentionRule'];
export type RetentionRuleList = Schemas['RetentionRuleList'];
export type UpdateRetentionRule = Schemas['UpdateRetentionRule'];

import { z } from 'zod';

import { text } from '../../platform/http/schemas.js';
import { LABEL_LANGUAGES, LABEL_LINES, LABEL_SIZES } from './label-template.types.js';

const lines = z.array(z.enum(LABEL_LINES)).max(LABEL_LINES.length);

export const LabelTemplateView = z
  .object({
    size: z.enum(LABEL_SIZES),
    languages: z.enum(LABEL_LANGUAGES),
    lines,
    header: z.string().nullable(),
    footer: z.string().nullable(),
    version: z.int().min(0),
  })
  .meta({ id: 'LabelTemplate' });

export const UpdateLabelTemplate = z
  .strictObject({
    version: z.int().min(0),
    size: z.enum(LABEL_SIZES).optional(),
    languages: z.enum(LABEL_LANGUAGES).optional(),
    lines: lines.refine((value) => new Set(value).size === value.length, 'must not repeat a line').optional(),
    header: text(120).nullish(),
    footer: text(120).nullish(),
  })
  .meta({ id: 'UpdateLabelTemplate' });

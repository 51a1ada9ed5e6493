import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { StaleVersion } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { SigService } from '../sig/sig.service.js';
import type { Sig } from '../sig/sig.types.js';
import { auxiliaryLabels, screeningCautions, type Caution } from './cautions.domain.js';
import { missedDoseOf, STORAGE, STORAGE_SOURCE } from './general-facts.domain.js';
import type { PageLanguage } from '../../platform/text/print-html.js';
import { DEFAULT_TEMPLATE, type LabelTemplate } from './label-template.types.js';
import { renderLabel, type LabelFacts } from './label.domain.js';
import { LabelsRepository } from './labels.repository.js';
import type { UpdateLabelTemplate } from './labels.schemas.js';
import type { LabelledFill, LabelOptions, LabelSource } from './labels.types.js';
import { renderLeaflet } from './leaflet.domain.js';

/** Labels and leaflets of fills, and what a branch's labels look like. */
@Injectable()
export class LabelsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly labels: LabelsRepository,
    private readonly directions: SigService,
  ) {}

  template(ctx: RequestContext): Promise<LabelTemplate> {
    return this.uow.read(ctx, (tx) => this.templateOf(tx, ctx.branchId));
  }

  /** Changes how the labels of the branch look; throws StaleVersion. */
  updateTemplate(ctx: RequestContext, input: z.output<typeof UpdateLabelTemplate>): Promise<LabelTemplate> {
    return this.uow.run(ctx, async (tx) => {
      const before = await this.templateOf(tx, ctx.branchId);
      const { header = before.header, footer = before.footer, ...rest } = input;
      const saved = await this.labels.save(tx, ctx.branchId, { ...before, ...given(rest), header, footer });
      if (!saved) throw new StaleVersion('label template');
      return saved;
    });
  }

  /**
   * The label of a fill as a printable page, on the paper and in the language of the branch's template unless others are
   * asked for. That it was printed is kept; every one after the first is marked COPY. A preview is no print.
   */
  async print(
    tx: Tx,
    ctx: RequestContext,
    source: LabelSource,
    fill: LabelledFill,
    options: LabelOptions,
  ): Promise<string> {
    const kept = await this.templateOf(tx, ctx.branchId);
    const template = { ...kept, size: options.size ?? kept.size };
    const fixed = template.languages === 'ar' || template.languages === 'en' ? template.languages : undefined;
    const language = options.lang ?? fixed ?? source.language;
    const facts = this.factsOf(source, fill, language);
    if (options.preview) return renderLabel(facts, template, language, 'preview');
    const isCopy = await this.labels.record(tx, {
      branchId: ctx.branchId,
      fillId: fill.fillId,
      size: template.size,
      language,
      printedBy: ctx.actor.userId,
      asCopy: options.copy,
    });
    return renderLabel(facts, template, language, isCopy ? 'copy' : undefined);
  }

  /** The page for the patient about the medicine of a fill. */
  leaflet(source: LabelSource, fill: LabelledFill, lang: PageLanguage | undefined): string {
    const language = lang ?? source.language;
    return renderLeaflet(
      {
        ...this.factsOf(source, fill, language),
        sourcedCautions: cautionsOf(source).map((caution) => ({ text: caution, source: caution.source })),
        missedDose: missedDoseOf(source.atcCodes, isRegular(source.sigStructure)),
        storageSource: STORAGE_SOURCE,
      },
      language,
    );
  }

  private async templateOf(tx: Tx, branchId: number): Promise<LabelTemplate> {
    return (await this.labels.template(tx, branchId)) ?? DEFAULT_TEMPLATE;
  }

  private factsOf(source: LabelSource, fill: LabelledFill, language: PageLanguage): LabelFacts {
    const inArabic = language === 'ar';
    const words = this.directions.text(source.sigStructure);
    const arabicName = [source.firstNameAr, source.lastNameAr].filter((name) => name !== null).join(' ');
    return {
      ...source,
      patientName: inArabic && arabicName !== '' ? arabicName : `${source.firstName} ${source.lastName}`,
      drugName: (inArabic ? source.drugNameAr : null) ?? source.drugName,
      prescriberName: (inArabic ? source.prescriberNameAr : null) ?? source.prescriberName,
      dosageForm: inArabic ? source.dosageFormAr : source.dosageForm,
      quantity: this.directions.counted(source.quantity, source.baseUnit, language),
      branchName: (inArabic ? source.branchNameAr : null) ?? source.branchName,
      directions: words ? { en: words.english, ar: words.arabic } : source.sig,
      cautions: cautionsOf(source),
      storage: STORAGE[source.storage],
      fillCode: fillCode(fill.fillId),
      fillOrdinal: source.fillNumber + 1,
      lots: fill.lots,
    };
  }
}

const cautionsOf = (source: LabelSource): Caution[] => [
  ...auxiliaryLabels(source),
  ...screeningCautions(source.alerts),
];

/** What the barcode of a label says: F and the fill's identity. */
const fillCode = (fillId: number): string => `F${String(fillId).padStart(8, '0')}`;

/** Taken at regular times: one can miss a dose of it. Directions that were not understood are taken for that. */
const isRegular = (structure: Sig | null): boolean =>
  structure === null || structure.steps.some((step) => !step.asNeeded && step.frequency?.kind !== 'once');

/** Only what was said: a field left out stays as it is. */
const given = <Values extends object>(values: Values): Partial<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;

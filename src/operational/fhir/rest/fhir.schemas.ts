import { z } from 'zod';

/** A resource or Bundle of FHIR R4; what it holds is said by https://hl7.org/fhir/R4 and by docs/fhir.md. */
export const FhirAnswer = z.looseObject({ resourceType: z.string() }).meta({ id: 'FhirResource' });

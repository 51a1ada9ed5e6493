/** French pharmaceutical terms (Health Canada) → the English ones the form and route tables know. Folded, upper case. */
const TERMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bA LIBERATION (?:PROLONGEE|CONTROLEE|LENTE|MODIFIEE)\b|\bA ACTION SOUTENUE\b/g, 'EXTENDED RELEASE'],
  [/\bA LIBERATION RETARDEE\b/g, 'DELAYED RELEASE'],
  [/\bET RETARDEE\b/g, 'DELAYED RELEASE'],
  [/\bET PROLONGEE\b/g, 'EXTENDED RELEASE'],
  [/\bA? ?DOSE MESUREE\b/g, 'METERED DOSE'],
  [/\bGAZ\b/g, 'GAS'],
  [/\bBATON\b/g, 'STICK'],
  [/\bCOMPRESSE\b/g, 'PAD'],
  [/\bSAVON\b/g, 'SOAP'],
  [/\bENTEROSOLUBLES?\b|\bGASTRO ?RESISTANTE?S?\b/g, 'ENTERIC COATED'],
  [/\bA (?:MACHER|CROQUER)\b/g, 'CHEWABLE'],
  [/\bA DESINTEGRATION ORALE\b|\bORODISPERSIBLES?\b/g, 'ORALLY DISINTEGRATING'],
  [/\bEFFERVESCENTS?\b/g, 'EFFERVESCENT'],
  [/\bPELLICULES?\b(?! SOLUBLE)/g, 'FILM COATED'],
  [/\bCOMPRIMES?\b/g, 'TABLET'],
  [/\bGELULES?\b/g, 'CAPSULE'],
  [/\bPOUDRE\b/g, 'POWDER'],
  [/\bPOUR\b/g, 'FOR'],
  [/\bSIROP\b/g, 'SYRUP'],
  [/\bCREME\b/g, 'CREAM'],
  [/\bPOMMADE\b|\bONGUENT\b/g, 'OINTMENT'],
  [/\bGELEE\b/g, 'JELLY'],
  [/\bCOLLYRE\b/g, 'OPHTHALMIC DROPS'],
  [/\bGOUTTES\b/g, 'DROPS'],
  [/\bSUPPOSITOIRES?\b/g, 'SUPPOSITORY'],
  [/\bLAVEMENT\b/g, 'ENEMA'],
  [/\bTIMBRES?\b/g, 'PATCH'],
  [/\bPASTILLES?\b/g, 'LOZENGE'],
  [/\bPULVERISATION\b/g, 'SPRAY'],
  [/\bMOUSSE\b/g, 'FOAM'],
  [/\bSHAMPOO?ING\b/g, 'SHAMPOO'],
  [/\bRINCE BOUCHE\b|\bBAIN DE BOUCHE\b/g, 'MOUTHWASH'],
  [/\bSERVIETTES?\b|\bLINGETTES?\b/g, 'WIPE'],
  [/\bHUILE\b/g, 'OIL'],
  [/\bPATE\b/g, 'PASTE'],
  [/\bLIQUIDE\b/g, 'LIQUID'],
  [/\bTEINTURE\b/g, 'TINCTURE'],
  [/\bTROUSSE\b/g, 'KIT'],
  [/\bANNEAU\b/g, 'RING'],
  [/\bEMPLATRE\b/g, 'PLASTER'],
  [/\bINJECTABLES?\b/g, 'INJECTABLE'],
  [/\bAMPOULES?\b/g, 'AMPOULE'],
  [/\bFLACONS?\b/g, 'VIAL'],
  [/\bSERINGUES?\b/g, 'SYRINGE'],
  [/\bPREMELANGE\b/g, 'PREMIX'],
  [/\bORALE?\b|\bPER OS\b|\bVOIE BUCCALE\b/g, 'ORAL'],
  [/\bBUCCALE\b/g, 'BUCCAL'],
  [/\bTOPIQUE\b|\bCUTANEE?\b/g, 'TOPICAL'],
  [/\bINTRAVEINEUSE\b/g, 'INTRAVENOUS'],
  [/\bINTRAMUSCULAIRE\b/g, 'INTRAMUSCULAR'],
  [/\bSOUS TOPICAL\b|\bSOUS CUTANEE\b/g, 'SUBCUTANEOUS'],
  [/\bOPHTALMIQUE\b/g, 'OPHTHALMIC'],
  [/\bOTIQUE\b|\bAURICULAIRE\b/g, 'OTIC'],
  [/\bNASALE\b/g, 'NASAL'],
  [/\bRECTALE\b/g, 'RECTAL'],
  [/\bVAGINALE?\b/g, 'VAGINAL'],
  [/\bSUBLINGUALE\b/g, 'SUBLINGUAL'],
  [/\bTRANSDERMIQUE\b/g, 'TRANSDERMAL'],
  [/\bDESINFECTANT\b/g, 'DISINFECTANT'],
  [/\bINTRADERMIQUE\b/g, 'INTRADERMAL'],
  [/\bPERIDURALE\b|\bEPIDURALE\b/g, 'EPIDURAL'],
  [/\bDIALYSE\b/g, 'DIALYSIS'],
];

/** A term as the tables compare it: upper case, accents off, brackets and punctuation to blanks, French words in English. */
export function plainTerm(written: string): string {
  let term = written
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .replace(/[^A-Z0-9/%]+/g, ' ')
    .trim();
  for (const [pattern, english] of TERMS) term = term.replace(pattern, english);
  return term.replace(/\s+/g, ' ').trim();
}

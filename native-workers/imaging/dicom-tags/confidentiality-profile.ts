import { dictionaryEntry, isPrivate, tagOf } from './dictionary.js'
import { pixelDataTag } from './element-tree.js'

/** What the profile does to an element. `look-inside` keeps a sequence and asks again for what it holds. */
export type ConfidentialityAction = 'keep' | 'remove' | 'empty' | 'renew-uid' | 'look-inside'

const tagsOf = (keywords: string): ReadonlySet<string> =>
  new Set(
    keywords.split(/\s+/).flatMap((keyword) => {
      const tag = tagOf(keyword)
      return tag === undefined ? [] : [tag]
    }),
  )

/** Elements that images must have though their value may be empty (type 2). */
const emptied =
  tagsOf(`AccessionNumber ReferringPhysicianName StudyDate StudyTime StudyID PatientName PatientID
  PatientBirthDate PatientSex ContrastBolusAgent ContentDate ContentTime AcquisitionDate AcquisitionTime
  OperatorsName DetectorID`)

/** Of persons whatever the representation says; codes, numbers and sequences that the rules below would let pass. */
const removed =
  tagsOf(`PatientAge PatientSize PatientWeight PatientBodyMassIndex PatientBirthTime PatientSexNeutered
  PatientBirthDateInAlternativeCalendar PatientDeathDateInAlternativeCalendar PatientAlternativeCalendar
  PregnancyStatus SmokingStatus ResponsiblePersonRole TypeOfPatientID QualityControlSubject LastMenstrualDate
  PatientInsurancePlanCodeSequence PatientPrimaryLanguageCodeSequence PatientPrimaryLanguageModifierCodeSequence
  OtherPatientIDsSequence OtherPatientIDs IssuerOfPatientIDQualifiersSequence IssuerOfAccessionNumberSequence
  SourcePatientGroupIdentificationSequence GroupOfPatientsIdentificationSequence SubjectRelativePositionInImage
  PatientSpeciesCodeSequence PatientBreedCodeSequence BreedRegistrationSequence StrainStockSequence
  StrainAdditionalInformation GeneticModificationsSequence PatientSizeCodeSequence EthnicGroupCodeSequence
  InstitutionCodeSequence InstitutionalDepartmentTypeCodeSequence
  ReferringPhysicianIdentificationSequence ConsultingPhysicianIdentificationSequence
  PhysiciansOfRecordIdentificationSequence PerformingPhysicianIdentificationSequence
  PhysiciansReadingStudyIdentificationSequence OperatorIdentificationSequence RequestingPhysicianIdentificationSequence
  RequestingServiceCodeSequence PersonIdentificationCodeSequence AdmittingDiagnosesCodeSequence
  ReasonForVisitCodeSequence ReasonForRequestedProcedureCodeSequence ReasonForPerformedProcedureCodeSequence
  ReferencedPatientSequence ReferencedStudySequence ReferencedPerformedProcedureStepSequence ReferencedVisitSequence
  ReferencedPatientAliasSequence ReferencedPatientPhotoSequence RequestAttributesSequence AcquisitionContextSequence
  PerformedProtocolCodeSequence ScheduledProtocolCodeSequence
  OriginalAttributesSequence ModifiedAttributesSequence ContributingEquipmentSequence ContentSequence IconImageSequence
  GraphicAnnotationSequence DigitalSignaturesSequence MACParametersSequence EncryptedAttributesSequence
  ReferencedDigitalSignatureSequence UDISequence ClinicalTrialSponsorName
  ConfidentialityConstraintOnPatientDataDescription CustodialOrganizationSequence AuthorObserverSequence
  ParticipantSequence VerifyingObserverSequence ActualHumanPerformersSequence ScheduledHumanPerformersSequence
  PerformedStationNameCodeSequence ScheduledStationNameCodeSequence PerformedStationGeographicLocationCodeSequence
  ScheduledStationGeographicLocationCodeSequence RETIRED_InterpretationApproverSequence RETIRED_ResultsDistributionListSequence
  IntendedRecipientsOfResultsIdentificationSequence PatientTransportArrangements DataSetTrailingPadding
  ConsentForClinicalTrialUseSequence ClinicalTrialTimePointTypeCodeSequence AnnotationGroupSequence`)

/** Names and short texts that describe the picture or the device, not a person or a place. */
const describing =
  tagsOf(`Manufacturer ManufacturerModelName SoftwareVersions CodeValue LongCodeValue CodeMeaning
  CodingSchemeDesignator CodingSchemeVersion ConvolutionKernel FilterType RescaleType
  PixelSpacingCalibrationDescription WindowCenterWidthExplanation PositionReferenceIndicator SequenceName
  ReceiveCoilName TransmitCoilName PulseSequenceName PhosphorType LUTExplanation ModalityLUTType
  MappingResource FieldOfViewDescription`)

/** UIDs that name kinds of things, not single objects. */
const kindUids = tagsOf(`SOPClassUID ReferencedSOPClassUID CodingSchemeUID ContextUID MappingResourceUID
  RelatedGeneralSOPClassUID OriginalSpecializedSOPClassUID`)

/** Dates and times of the examination itself; every other one goes in any case. */
const examinationTimes = tagsOf(`StudyDate StudyTime SeriesDate SeriesTime AcquisitionDate AcquisitionTime
  AcquisitionDateTime ContentDate ContentTime InstanceCreationDate InstanceCreationTime FrameAcquisitionDateTime
  FrameReferenceDateTime StartAcquisitionDateTime EndAcquisitionDateTime DateOfSecondaryCapture
  TimeOfSecondaryCapture TimezoneOffsetFromUTC ContrastBolusStartTime ContrastBolusStopTime RadiopharmaceuticalStartTime
  RadiopharmaceuticalStartDateTime`)

/** Bulk data that belong to the picture: groups of pixels, tables and palettes. */
const pictureGroups = /^x(0028|7fe0|2050|3002|0018)/
const alwaysRemovedText = new Set(['PN', 'AE', 'LT', 'ST', 'UT', 'UC', 'UR', 'AS', 'DA', 'TM', 'DT'])
const bulk = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW'])

/**
 * What DICOM PS3.15 Annex E asks of an element, as rules that are stricter than its table: a text, name, date or
 * unknown value that is not known to describe the picture goes, so that a forgotten entry errs towards removal.
 * `vr` is the file's representation, `isSequence` whether its items can be looked through.
 */
export function confidentialityAction(
  tag: string,
  vr: string | undefined,
  isSequence: boolean,
  keepDates: boolean,
): ConfidentialityAction {
  if (tag === pixelDataTag) return 'keep'
  if (isPrivate(tag) || tag.endsWith('0000') || /^x(50|60)[01]/.test(tag) || removed.has(tag)) return 'remove'
  if (keepDates && examinationTimes.has(tag)) return 'keep'
  if (emptied.has(tag)) return 'empty'
  const known = vr === undefined || vr === 'UN' ? dictionaryEntry(tag)?.vr : vr
  if (isSequence) return 'look-inside'
  if (known === undefined || known === 'SQ' || known === 'UN' || alwaysRemovedText.has(known)) return 'remove'
  if (known === 'UI') return kindUids.has(tag) ? 'keep' : 'renew-uid'
  if (known === 'LO' || known === 'SH') return describing.has(tag) ? 'keep' : 'remove'
  return bulk.has(known) && !pictureGroups.test(tag) ? 'remove' : 'keep'
}

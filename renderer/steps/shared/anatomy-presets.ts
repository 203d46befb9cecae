/** Starting values for a part of the body. */
export interface AnatomyPreset {
  /** Kept around a structure when it is cropped. */
  readonly paddingMm: number
  /** Edge of isotropic voxels. */
  readonly spacingMm: number
}

export const anatomies = ['pelvis', 'femur', 'knee', 'skull', 'spine', 'wrist', 'chest'] as const
export type Anatomy = (typeof anatomies)[number]
export type AnatomyChoice = Anatomy | 'none'

/**
 * Voxels no larger than about the pixels of an X-ray at the patient (0.2 to 0.4 mm for hands, about 1 mm where a whole
 * trunk fills the detector), and not much finer than usual CTs are. Padding holds the soft tissue that shapes the
 * outline; where joints move against each other it stays small, so that little of the neighbour is cut along.
 */
export const anatomyPresets: Readonly<Record<Anatomy, AnatomyPreset>> = {
  pelvis: { paddingMm: 10, spacingMm: 1 },
  femur: { paddingMm: 5, spacingMm: 0.8 },
  knee: { paddingMm: 5, spacingMm: 0.5 },
  skull: { paddingMm: 10, spacingMm: 0.6 },
  spine: { paddingMm: 5, spacingMm: 0.8 },
  wrist: { paddingMm: 3, spacingMm: 0.3 },
  chest: { paddingMm: 15, spacingMm: 1.2 },
}

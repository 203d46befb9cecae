import type { RegistrationSettings } from '../../registration/settings.js'
import type { Anatomy } from './anatomies.js'

/** What an anatomy says of a registration: where a search looks, and what may disturb the comparison. */
export type RegistrationPreset = Pick<
  RegistrationSettings,
  | 'rangeTurnDeg'
  | 'rangeTiltDeg'
  | 'rangeRollDeg'
  | 'rangeInPlaneMm'
  | 'rangeDepthMm'
  | 'antipode'
  | 'capRays'
  | 'robust'
>

/** Starting values for a part of the body. */
export interface AnatomyPreset {
  /** Kept around a structure when it is cropped. */
  readonly paddingMm: number
  /** Edge of isotropic voxels. */
  readonly spacingMm: number
  readonly registration: RegistrationPreset
}

/**
 * Voxels no larger than about the pixels of an X-ray at the patient (0.2 to 0.4 mm for hands, about 1 mm where a whole
 * trunk fills the detector), and not much finer than usual CTs are. Padding holds the soft tissue that shapes the
 * outline; where joints move against each other it stays small, so that little of the neighbour is cut along.
 *
 * The search covers the views that are usual for the part, half on each side of AP or PA, with some room; a wider one
 * takes longer and meets more poses that look alike. The opposite view is tested everywhere, since a projection says
 * little about front and back. Rays through the ends of the CT are ignored wherever the body goes on beyond it.
 */
export const anatomyPresets: Readonly<Record<Anatomy, AnatomyPreset>> = {
  pelvis: {
    paddingMm: 10,
    spacingMm: 1,
    // Inlet and outlet views tilt, Judet views turn, both by up to 45°.
    registration: {
      rangeTurnDeg: 50,
      rangeTiltDeg: 50,
      rangeRollDeg: 20,
      rangeInPlaneMm: 100,
      rangeDepthMm: 120,
      antipode: true,
      capRays: true,
      robust: false,
    },
  },
  femur: {
    paddingMm: 5,
    spacingMm: 0.8,
    // From AP to lateral; along the shaft a long way looks alike.
    registration: {
      rangeTurnDeg: 95,
      rangeTiltDeg: 30,
      rangeRollDeg: 45,
      rangeInPlaneMm: 150,
      rangeDepthMm: 100,
      antipode: true,
      capRays: true,
      robust: false,
    },
  },
  knee: {
    paddingMm: 5,
    spacingMm: 0.5,
    // From AP to lateral; the joint lies near the middle of the picture.
    registration: {
      rangeTurnDeg: 95,
      rangeTiltDeg: 30,
      rangeRollDeg: 45,
      rangeInPlaneMm: 60,
      rangeDepthMm: 80,
      antipode: true,
      capRays: true,
      robust: false,
    },
  },
  skull: {
    paddingMm: 10,
    spacingMm: 0.6,
    // Towne, Caldwell and lateral views; coils, catheters and contrast are not in the CT.
    registration: {
      rangeTurnDeg: 95,
      rangeTiltDeg: 45,
      rangeRollDeg: 20,
      rangeInPlaneMm: 60,
      rangeDepthMm: 80,
      antipode: true,
      capRays: true,
      robust: true,
    },
  },
  spine: {
    paddingMm: 5,
    spacingMm: 0.8,
    // The next level looks alike: the range along the spine holds three of them. Screws and instruments come and go.
    registration: {
      rangeTurnDeg: 50,
      rangeTiltDeg: 30,
      rangeRollDeg: 20,
      rangeInPlaneMm: 120,
      rangeDepthMm: 100,
      antipode: true,
      capRays: true,
      robust: true,
    },
  },
  wrist: {
    paddingMm: 3,
    spacingMm: 0.3,
    // A hand lies on the detector in any direction, turned from AP to lateral.
    registration: {
      rangeTurnDeg: 95,
      rangeTiltDeg: 30,
      rangeRollDeg: 90,
      rangeInPlaneMm: 50,
      rangeDepthMm: 50,
      antipode: true,
      capRays: true,
      robust: false,
    },
  },
  chest: {
    paddingMm: 15,
    spacingMm: 1.2,
    // Standing before the detector: hardly turned, but from 1 to 1.8 m away. Arms and belly lie beyond the CT.
    registration: {
      rangeTurnDeg: 25,
      rangeTiltDeg: 25,
      rangeRollDeg: 15,
      rangeInPlaneMm: 100,
      rangeDepthMm: 200,
      antipode: true,
      capRays: true,
      robust: false,
    },
  },
}

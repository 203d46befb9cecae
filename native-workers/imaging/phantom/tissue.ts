/** CT numbers of the phantom's materials, HU. */
export const tissueHounsfield = {
  air: -1000,
  gas: -850,
  fat: -95,
  fluid: 12,
  muscle: 52,
  liver: 62,
  disc: 85,
  marrow: 220,
  cancellous: 330,
  cortical: 1250,
} as const

export type Tissue = keyof typeof tissueHounsfield

/**
 * Two photon energies stand for the tube's spectrum: attenuation of water and of cortical bone in 1/mm (NIST
 * XCOM at 50 and 80 keV) and the share of photons. Being two, they harden the beam as a real one does, which no
 * renderer with a single attenuation per voxel reproduces.
 */
export const beamEnergies = [
  { share: 0.45, waterPerMm: 0.0227, bonePerMm: 0.0814 },
  { share: 0.55, waterPerMm: 0.0184, bonePerMm: 0.0428 },
] as const

const corticalHounsfield = 1300

/** Linear attenuation in 1/mm: water scaled by density below 0 HU, a mixture of water and bone above. */
export function attenuationPerMm(
  hounsfield: number,
  { waterPerMm, bonePerMm }: { readonly waterPerMm: number; readonly bonePerMm: number },
): number {
  return hounsfield <= 0
    ? waterPerMm * (1 + hounsfield / 1000)
    : waterPerMm + (bonePerMm - waterPerMm) * (hounsfield / corticalHounsfield)
}

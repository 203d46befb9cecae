import type { VolumePresetName } from '../../views/three-d/volume-rendering/presets.js'

export const volumeRenderingText = {
  preset: 'Volume rendering',
  off: 'Volume: off',
  presets: {
    bone: 'Bone',
    soft: 'Soft tissue',
    lung: 'Lung',
    vessels: 'Vessels',
    mip: 'X-ray-like (maximum)',
  } satisfies Record<VolumePresetName, string>,
  shift: 'Opacity shift',
  shiftHelp: 'Shifts the values at which the tissue becomes opaque',
  shifted: (value: number) => `${value < 0 ? '' : '+'}${value}`,
  clip: 'Crop box only',
  failed: 'The volume could not be shown',
} as const

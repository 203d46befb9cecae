import type { Vector2 } from '../../../../native-workers/contract/matrix.js'

export const volumePresetNames = ['bone', 'soft', 'lung', 'vessels', 'mip'] as const
export type VolumePresetName = (typeof volumePresetNames)[number]

export const opacityLengthMm = 2

/** How values of a CT become colour and opacity. All values are the volume's own, Hounsfield units in a CT. */
export interface VolumePreset {
  /** `maximum`: the largest value along the line of sight, as grey; else what the light passes adds up. */
  readonly blend: 'composite' | 'maximum'
  /** Value and opacity 0..1 of {@link opacityLengthMm} of way, ascending. */
  readonly opacity: readonly Vector2[]
  /** Value and colour, ascending. */
  readonly colours: readonly (readonly [value: number, colour: string])[]
  readonly isShaded: boolean
}

export const volumePresets: Record<VolumePresetName, VolumePreset> = {
  bone: {
    blend: 'composite',
    opacity: [[130, 0], [250, 0.12], [450, 0.5], [1100, 0.85]], // prettier-ignore
    colours: [[130, '#8d5a3e'], [300, '#dcc09a'], [600, '#f1e6d0'], [1200, '#ffffff']], // prettier-ignore
    isShaded: true,
  },
  soft: {
    blend: 'composite',
    opacity: [[-180, 0], [-90, 0.02], [-20, 0.03], [40, 0.14], [120, 0.16], [250, 0.5]], // prettier-ignore
    colours: [[-120, '#d9b27a'], [-20, '#c98a5c'], [50, '#b3503f'], [140, '#d99a84'], [300, '#fff2e0']], // prettier-ignore
    isShaded: true,
  },
  lung: {
    blend: 'composite',
    opacity: [[-950, 0], [-880, 0.02], [-700, 0.05], [-500, 0.09], [-300, 0.03], [-100, 0], [200, 0.02]], // prettier-ignore
    colours: [[-950, '#2e5f8a'], [-700, '#7fb2d6'], [-450, '#e2b6a4'], [-100, '#e8d8cc']], // prettier-ignore
    isShaded: true,
  },
  vessels: {
    blend: 'composite',
    opacity: [[140, 0], [200, 0.15], [300, 0.55], [500, 0.8]], // prettier-ignore
    colours: [[140, '#8c1d18'], [280, '#d6452f'], [420, '#f0a77c'], [700, '#fff3e2']], // prettier-ignore
    isShaded: true,
  },
  mip: {
    blend: 'maximum',
    opacity: [[-200, 0], [1400, 1]], // prettier-ignore
    colours: [[-200, '#000000'], [1400, '#ffffff']], // prettier-ignore
    isShaded: false,
  },
}

/** How far the opacity can be shifted either way, in the volume's values. */
export const largestShift = 400

/** The values that a preset tells apart, wherever it is shifted to. */
export function presetRange({ opacity, colours }: VolumePreset): Vector2 {
  const values = [...opacity, ...colours].map(([value]) => value)
  return [Math.min(...values) - largestShift, Math.max(...values) + largestShift]
}

/** A value as the byte that stands for it in a copy over `range`, not rounded. */
export const byteOf = (value: number, [low, high]: Vector2): number => ((value - low) / (high - low)) * 255

import type { Vector3 } from '../../native-workers/contract/matrix.js'
import type { Brush } from './model/brush.js'
import type { Threshold } from './model/threshold.js'

/** What the left button does in the slice views; `none` leaves them their usual gestures. */
export const editTools = ['none', 'paint', 'erase', 'keep-island', 'remove-island'] as const
export type EditTool = (typeof editTools)[number]

export interface BrushSettings extends Brush {
  /** Paint takes empty voxels only; the eraser takes the active label only. */
  readonly sparesOthers: boolean
}

export const defaultBrush: BrushSettings = { shape: 'disc', diameterMm: 10, sparesOthers: true }

export type ScopeKind = 'everywhere' | 'label' | 'box'

export interface ThresholdSettings {
  readonly low: number
  readonly high: number
  readonly scope: ScopeKind
  readonly scopeLabel: number
  /** Edge of the box around the crosshair. */
  readonly boxMm: number
  readonly replacesOthers: boolean
}

/** Bone in Hounsfield units. */
export const defaultThreshold: ThresholdSettings = {
  low: 200,
  high: 3000,
  scope: 'everywhere',
  scopeLabel: 1,
  boxMm: 60,
  replacesOthers: false,
}

export function thresholdFrom(settings: ThresholdSettings, crosshairMm: Vector3): Threshold {
  const { low, high, scope, scopeLabel, boxMm, replacesOthers } = settings
  const corner = (sign: 1 | -1): Vector3 => [
    crosshairMm[0] + (sign * boxMm) / 2,
    crosshairMm[1] + (sign * boxMm) / 2,
    crosshairMm[2] + (sign * boxMm) / 2,
  ]
  const base = { low: Math.min(low, high), high: Math.max(low, high), replacesOthers }
  switch (scope) {
    case 'everywhere':
      return { ...base, scope: { kind: 'everywhere' } }
    case 'label':
      return { ...base, scope: { kind: 'label', label: scopeLabel } }
    case 'box':
      return { ...base, scope: { kind: 'box', minMm: corner(-1), maxMm: corner(1) } }
  }
}

/** The smallest number above 0 that no label has. */
export function freeLabel(present: readonly number[]): number {
  let label = 1
  while (present.includes(label)) label++
  return label
}

import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { dot } from '../geometry/math.js'
import type { PaintPlane, Brush } from './model/brush.js'
import { normalOf, type Scissors, type ScissorsAction } from './model/scissors.js'
import type { PlanePoint } from './model/polygon.js'
import type { Threshold } from './model/threshold.js'

/** What the left button does in the slice views; `none` leaves them their usual gestures. */
export const editTools = ['none', 'paint', 'erase', 'scissors', 'keep-island', 'remove-island'] as const
export type EditTool = (typeof editTools)[number]

export const defaultBrush: Brush = { shape: 'disc', diameterMm: 10 }

/** Which voxels brush, scissors and unions may change. */
export type EditArea =
  | { readonly kind: 'everywhere' }
  /** What is painted takes empty voxels only; what is erased is the active label only. */
  | { readonly kind: 'spare' }
  | { readonly kind: 'label'; readonly label: number }
export type AreaKind = EditArea['kind']

/** The one label that may change where an edit writes or erases; null for all. */
export function onlyOver(area: EditArea, activeLabel: number, erases: boolean): number | null {
  switch (area.kind) {
    case 'everywhere':
      return null
    case 'spare':
      return erases ? activeLabel : 0
    case 'label':
      return area.label
  }
}

export type ScissorsShape = 'freehand' | 'rectangle'

export interface ScissorsSettings {
  readonly shape: ScissorsShape
  readonly action: ScissorsAction
  readonly depth: 'all' | 'slab'
  /** Thickness of the slab about the shown slice. */
  readonly slabMm: number
}

export const defaultScissors: ScissorsSettings = {
  shape: 'freehand',
  action: 'erase-inside',
  depth: 'all',
  slabMm: 10,
}

/** An outline drawn in a slice, in patient's millimetres, as the edit that it makes. */
export function scissorsFrom(
  { action, depth, slabMm }: ScissorsSettings,
  plane: PaintPlane,
  pointsMm: readonly Vector3[],
  label: number,
  area: EditArea,
): Scissors {
  const outline = pointsMm.map((point): PlanePoint => [dot(plane.right, point), dot(plane.down, point)])
  const [first] = pointsMm
  const centreMm = first === undefined ? 0 : dot(normalOf(plane), first)
  const slab = depth === 'all' ? null : { fromMm: centreMm - slabMm / 2, toMm: centreMm + slabMm / 2 }
  return { plane, outline, slab, action, label, onlyOver: onlyOver(area, label, action !== 'fill-inside') }
}

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

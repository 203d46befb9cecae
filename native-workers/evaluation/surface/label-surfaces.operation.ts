import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type LabelSurfacesInput,
  type LabelSurfacesOutput,
  type LabelSurfacesReport,
  labelSurfacesReportSchema,
} from '../../contract/operations/surface.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { toLabels } from '../../imaging/labels.js'
import { measureLabels } from '../../imaging/open-labels/measure-labels.js'
import { findNames } from '../../imaging/open-labels/names-file.js'
import { type RecordedStep, runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { loadVolume } from '../../imaging/volume-cache.js'
import { labelSurface } from './label-surface.js'
import { meshFileBytes } from './mesh-file.js'
import { enclosedVolume, triangleCount } from './triangle-mesh.js'

/** A smooth surface that encloses this much less or more than its voxels is worth a word. */
const strangeVolume = 0.1

/**
 * Writes the surfaces of a label map's labels, one file each, closed and in millimetres. Errors: `labels-invalid` (no
 * label map, or a label that it does not hold), those of `loadVolume` and `runRecorded`, `cancelled`.
 */
export const labelSurfaces: Operation<LabelSurfacesInput, LabelSurfacesOutput> = async (input, context) => {
  const { labelsPath, folder, force, ...settings } = input
  const { file: namesFile } = await findNames(labelsPath)
  const inputs: RecordedStep['inputs'][number][] = [{ role: 'labels', path: labelsPath }]
  if (namesFile !== null) inputs.push({ role: 'names', path: namesFile })
  const step: RecordedStep = {
    operation: 'label-surfaces',
    settings,
    inputs,
    recordPath: join(folder, `${stemOf(labelsPath)}-surfaces.provenance.json`),
    force,
  }
  const { report, isUpToDate } = await runRecorded(
    step,
    labelSurfacesReportSchema,
    (stage) => writeSurfaces(input, stage, context),
    context.signal,
  )
  return { ...report, isUpToDate }
}

async function writeSurfaces(
  input: LabelSurfacesInput,
  stage: StageOutput,
  { signal, onProgress }: OperationContext,
): Promise<LabelSurfacesReport> {
  const { labelsPath, folder, format, space } = input
  const tell = (fraction: number, message: string): void =>
    onProgress({ phase: 'surface', fraction, message, elapsedMs: 0, remainingMs: null })
  tell(0, 'Reading the label map')
  const { volume } = await loadVolume({ path: labelsPath, acceptGeometry: false }, signal)
  throwIfCancelled(signal)
  const voxels = toLabels(volume.voxels, basename(labelsPath))
  const measured = measureLabels(voxels, volume.grid)
  const chosen = chosenLabels(input, measured)
  const { names } = await findNames(labelsPath)
  const voxelMl = volume.grid.spacingMm.reduce((product, side) => product * side, 1) / 1000
  const surfaces: LabelSurfacesReport['surfaces'] = []
  const notes: string[] = []
  for (const [index, { label, voxelCount, box }] of chosen.entries()) {
    // Surfaces are drawn without a pause, and cancelling has to get a word in.
    await setImmediate()
    throwIfCancelled(signal)
    const name = names.get(label) ?? null
    tell(0.1 + (0.9 * index) / chosen.length, `Drawing ${name ?? `label ${label}`}`)
    const file = join(folder, fileName(labelsPath, label, name, format))
    const path = await stage(file)
    const { mesh, spacingMm } = labelSurface(voxels, volume.grid, label, box, input, signal)
    await writeFile(path, meshFileBytes(mesh, format, space, name ?? `label ${label}`))
    const volumeMl = enclosedVolume(mesh) / 1000
    const voxelVolumeMl = voxelCount * voxelMl
    if (Math.abs(volumeMl / voxelVolumeMl - 1) > strangeVolume && input.parts === 'all') {
      notes.push(
        `${name ?? `Label ${label}`}: the surface encloses ${volumeMl.toFixed(1)} ml, its voxels fill ${voxelVolumeMl.toFixed(1)} ml; thin parts are lost at this smoothness or number of triangles.`,
      )
    }
    surfaces.push({ label, name, file, triangles: triangleCount(mesh), volumeMl, voxelVolumeMl, spacingMm })
  }
  return { surfaces, notes }
}

type Measured = ReturnType<typeof measureLabels>

function chosenLabels({ labels, labelsPath }: LabelSurfacesInput, measured: Measured): Measured {
  const name = basename(labelsPath)
  if (measured.length === 0) {
    throw new UserError('labels-invalid', `"${name}" holds no labels above 0.`, 'Choose another label map.')
  }
  const absent = labels.filter((label) => !measured.some((found) => found.label === label))
  if (absent.length > 0) {
    throw new UserError(
      'labels-invalid',
      `"${name}" holds no voxels of ${absent.length === 1 ? 'label' : 'labels'} ${absent.join(', ')}.`,
      `It holds the labels ${measured.map(({ label }) => label).join(', ')}.`,
    )
  }
  return labels.length === 0 ? measured : measured.filter(({ label }) => labels.includes(label))
}

const stemOf = (path: string): string => basename(path).replace(/(?:\.nii)?\.[^.]+$/, '')

/** "map_3_vertebra-L1.stl": safe on every file system. */
function fileName(labelsPath: string, label: number, name: string | null, format: string): string {
  const word = name?.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-').replaceAll(/^-+|-+$/g, '') ?? ''
  return `${stemOf(labelsPath)}_${label}${word === '' ? '' : `_${word}`}.${format}`
}

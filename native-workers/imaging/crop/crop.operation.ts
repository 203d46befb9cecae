import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type CropInput,
  type CropOutput,
  type CropReport,
  cropReportSchema,
  type CropStructure,
} from '../../contract/operations/crop.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { runRecorded, type StageOutput } from '../provenance/run-recorded.js'
import { inStoredType } from '../stored-type.js'
import { writeTransformFile } from '../transform-file/write-transform.js'
import { writeVolume } from '../write-volume.js'
import { boxSize, cutOut } from './cut-out.js'
import { boundingBox } from './label-boxes.js'
import { type LabelledVolume, loadLabelledVolume } from './labelled-volume.js'
import { leftRightAxis, reflectionOfGrid } from './mirror.js'
import { paddedBox } from './padded-box.js'
import { sideOfName } from './side-of-name.js'

/** Above this angle to the patient's left-right axis the mirror plane is worth a word. */
const obliqueMirrorDeg = 1

/**
 * Cuts structures out of a CT: per structure the padded box of its labels, CT and label map alike (all labels inside
 * the box stay), and a record beside them. Structures of the side to mirror are reversed along the voxel axis closest
 * to left-right, without resampling, and the reflection that undoes it is written too (specification §6, step 2).
 * Errors: `input-invalid` (names that don't tell the side, or are used twice), `labels-invalid`, `no-overlap`,
 * `output-exists`, `output-unwritable`, `cancelled`, and those of `readVolume`.
 */
export const crop: Operation<CropInput, CropOutput> = async (input, context) => {
  requireDistinctNames(input.structures)
  const plans = input.structures.map((structure) => planOf(structure, input))
  let loaded: Promise<LabelledVolume> | undefined
  const structures: CropOutput['structures'] = []
  for (const [index, plan] of plans.entries()) {
    const progress = (share: number, message: string) =>
      progressed(context, (index + share) / plans.length, message)
    await progress(0, `Checking ${plan.structure.name}`)
    const { report, isUpToDate } = await runRecorded(
      {
        operation: 'crop',
        settings: {
          ...plan.structure,
          isMirrored: plan.isMirrored,
          paddingMm: input.paddingMm,
          seriesUid: input.volume.seriesUid,
          spacingMm: input.volume.spacingMm,
        },
        inputs: [
          { role: 'volume', path: input.volume.path },
          { role: 'labels', path: input.labelsPath },
        ],
        recordPath: `${plan.base}.provenance.json`,
        force: input.force,
      },
      cropReportSchema,
      async (stage) => {
        const staged = await stageAll(plan, stage)
        await progress(0.1, `Reading ${basename(input.volume.path)}`)
        loaded ??= loadLabelledVolume(input, context.signal)
        return cropStructure(await loaded, plan, input.paddingMm, staged, progress)
      },
      context.signal,
    )
    structures.push({ ...report, ...filesOf(plan), isUpToDate })
  }
  return { structures, isUpToDate: structures.every(({ isUpToDate }) => isUpToDate) }
}

interface Plan {
  readonly structure: CropStructure
  readonly isMirrored: boolean
  /** Path of the outputs without their endings. */
  readonly base: string
}

interface OutputFiles {
  readonly volume: string
  readonly labels: string
  readonly transform: string | null
}

const filesOf = ({ base, isMirrored }: Plan): OutputFiles => ({
  volume: `${base}.nii.gz`,
  labels: `${base}_labels.nii.gz`,
  transform: isMirrored ? `${base}.tfm` : null,
})

function requireDistinctNames(structures: readonly CropStructure[]): void {
  const seen = new Set<string>()
  for (const { name } of structures) {
    // Some file systems don't tell upper from lower case.
    const key = name.toLowerCase()
    if (seen.has(key)) {
      throw new UserError(
        'input-invalid',
        `Two structures have the name "${name}".`,
        'Give each its own name.',
      )
    }
    seen.add(key)
  }
}

function planOf(structure: CropStructure, { mirror, folder, caseName }: CropInput): Plan {
  const side = mirror === 'none' ? undefined : sideOfName(structure.name)
  if (mirror !== 'none' && side === undefined) {
    throw new UserError(
      'input-invalid',
      `It can't be told from the name "${structure.name}" whether the structure is a left or a right one.`,
      'Name it so, for example right-femur=3 or L-tibia=2, or crop it without --mirror.',
    )
  }
  const isMirrored = side !== undefined && side === mirror
  return {
    structure,
    isMirrored,
    base: join(folder, `${caseName}_${structure.name}${isMirrored ? '_mirrored' : ''}`),
  }
}

async function stageAll(plan: Plan, stage: StageOutput): Promise<OutputFiles> {
  const { volume, labels, transform } = filesOf(plan)
  return {
    volume: await stage(volume),
    labels: await stage(labels),
    transform: transform === null ? null : await stage(transform),
  }
}

async function progressed(
  { signal, onProgress }: OperationContext,
  fraction: number,
  message: string,
): Promise<void> {
  onProgress({ phase: 'crop', fraction, message, elapsedMs: 0, remainingMs: null })
  // Lets a request to cancel come through between two steps.
  await setImmediate()
  throwIfCancelled(signal)
}

async function cropStructure(
  { volume, labels, boxes, storedType, warnings }: LabelledVolume,
  { structure, isMirrored }: Plan,
  paddingMm: number,
  files: OutputFiles,
  progress: (share: number, message: string) => Promise<void>,
): Promise<CropReport> {
  const found = boundingBox(structure.labels.flatMap((label) => boxes.get(label) ?? []))
  if (found === undefined) {
    throw new UserError(
      'no-overlap',
      `Nothing of "${structure.name}" (label ${structure.labels.join(' + ')}) lies inside the CT.`,
      'Check that segmentation and CT belong to the same scan.',
    )
  }
  const { box, cutPadding } = paddedBox(found, paddingMm, volume.grid)
  const { axis, angleDeg } = leftRightAxis(volume.grid)
  const mirrorAxis = isMirrored ? axis : undefined
  await progress(0.5, `Writing ${structure.name}`)
  const part = cutOut(volume, box, mirrorAxis)
  await writeVolume(files.volume, { ...part, voxels: inStoredType(part.voxels, storedType) })
  await progress(0.8, `Writing the labels of ${structure.name}`)
  await writeVolume(files.labels, cutOut({ grid: volume.grid, voxels: labels }, box, mirrorAxis))
  const originalFromMirrored = isMirrored ? reflectionOfGrid(part.grid, axis) : null
  if (files.transform !== null && originalFromMirrored !== null) {
    await writeTransformFile(files.transform, originalFromMirrored)
  }
  const obliqueWarning = `The mirror plane follows the voxel grid, which is turned by ${angleDeg.toFixed(1)}° against the patient's left-right axis.`
  return {
    structure: structure.name,
    size: boxSize(box),
    start: box.first,
    cutPadding,
    originalFromMirrored,
    warnings: [...warnings, ...(isMirrored && angleDeg > obliqueMirrorDeg ? [obliqueWarning] : [])],
  }
}

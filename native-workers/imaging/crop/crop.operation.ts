import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type CropBox,
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
import { givenBox } from './given-box.js'
import { boundingBox } from './label-boxes.js'
import { type LabelledVolume, loadLabelledVolume } from './labelled-volume.js'
import { leftRightAxis, reflectionOfGrid } from './mirror.js'
import { paddedBox } from './padded-box.js'
import { sideOfName } from './side-of-name.js'

/** Above this angle to the patient's left-right axis the mirror plane is worth a word. */
const obliqueMirrorDeg = 1

/**
 * Cuts parts out of a CT: per structure the padded box of its labels, and the box that was given, CT and label map
 * alike (all labels inside the box stay), with a record beside them. Parts of the side to mirror are reversed along the
 * voxel axis closest to left-right, without resampling, and the reflection that undoes it is written too
 * (specification §6, step 2).
 * Errors: `input-invalid` (names that don't tell the side, or are used twice; a box that holds nothing),
 * `labels-invalid`, `no-overlap`, `output-exists`, `output-unwritable`, `cancelled`, and those of `readVolume`.
 */
export const crop: Operation<CropInput, CropOutput> = async (input, context) => {
  const parts: readonly Part[] = [...input.structures, ...(input.box === undefined ? [] : [input.box])]
  requireDistinctNames(parts)
  const plans = parts.map((part) => planOf(part, input))
  let loaded: Promise<LabelledVolume> | undefined
  const structures: CropOutput['structures'] = []
  for (const [index, plan] of plans.entries()) {
    const progress = (share: number, message: string) =>
      progressed(context, (index + share) / plans.length, message)
    await progress(0, `Checking ${plan.part.name}`)
    const { report, isUpToDate } = await runRecorded(
      {
        operation: 'crop',
        settings: {
          ...plan.part,
          isMirrored: plan.isMirrored,
          paddingMm: isStructure(plan.part) ? input.paddingMm : undefined,
          seriesUid: input.volume.seriesUid,
          spacingMm: input.volume.spacingMm,
        },
        inputs: [
          { role: 'volume', path: input.volume.path },
          ...(input.labelsPath === undefined ? [] : [{ role: 'labels', path: input.labelsPath }]),
        ],
        recordPath: `${plan.base}.provenance.json`,
        force: input.force,
      },
      cropReportSchema,
      async (stage) => {
        const staged = await stageAll(plan, stage)
        await progress(0.1, `Reading ${basename(input.volume.path)}`)
        loaded ??= loadLabelledVolume(input, context.signal)
        return cropPart(await loaded, plan, input.paddingMm, staged, progress)
      },
      context.signal,
    )
    structures.push({ ...report, ...filesOf(plan), isUpToDate })
  }
  return { structures, isUpToDate: structures.every(({ isUpToDate }) => isUpToDate) }
}

type Part = CropStructure | CropBox

const isStructure = (part: Part): part is CropStructure => 'labels' in part

interface Plan {
  readonly part: Part
  readonly isMirrored: boolean
  /** Path of the outputs without their endings. */
  readonly base: string
  readonly hasLabels: boolean
}

interface OutputFiles {
  readonly volume: string
  readonly labels: string | null
  readonly transform: string | null
}

const filesOf = ({ base, isMirrored, hasLabels }: Plan): OutputFiles => ({
  volume: `${base}.nii.gz`,
  labels: hasLabels ? `${base}_labels.nii.gz` : null,
  transform: isMirrored ? `${base}.tfm` : null,
})

function requireDistinctNames(parts: readonly Part[]): void {
  const seen = new Set<string>()
  for (const { name } of parts) {
    // Some file systems don't tell upper from lower case.
    const key = name.toLowerCase()
    if (seen.has(key)) {
      throw new UserError('input-invalid', `Two parts have the name "${name}".`, 'Give each its own name.')
    }
    seen.add(key)
  }
}

function planOf(part: Part, { mirror, folder, caseName, labelsPath }: CropInput): Plan {
  const side = mirror === 'none' ? undefined : sideOfName(part.name)
  if (mirror !== 'none' && side === undefined) {
    throw new UserError(
      'input-invalid',
      `It can't be told from the name "${part.name}" whether the part is a left or a right one.`,
      'Name it so, for example right-femur=3 or L-tibia=2, or crop it without --mirror.',
    )
  }
  const isMirrored = side !== undefined && side === mirror
  return {
    part,
    isMirrored,
    base: join(folder, `${caseName}_${part.name}${isMirrored ? '_mirrored' : ''}`),
    hasLabels: labelsPath !== undefined,
  }
}

async function stageAll(plan: Plan, stage: StageOutput): Promise<OutputFiles> {
  const { volume, labels, transform } = filesOf(plan)
  return {
    volume: await stage(volume),
    labels: labels === null ? null : await stage(labels),
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

/** The voxels of a part, and what the volume's ends left of its padding or its box. */
function boxOf(part: Part, { volume, boxes }: LabelledVolume, paddingMm: number) {
  if (!isStructure(part)) return givenBox(part, volume.grid)
  const found = boundingBox(part.labels.flatMap((label) => boxes.get(label) ?? []))
  if (found !== undefined) return paddedBox(found, paddingMm, volume.grid)
  throw new UserError(
    'no-overlap',
    `Nothing of "${part.name}" (label ${part.labels.join(' + ')}) lies inside the CT.`,
    'Check that segmentation and CT belong to the same scan.',
  )
}

async function cropPart(
  loaded: LabelledVolume,
  { part, isMirrored }: Plan,
  paddingMm: number,
  files: OutputFiles,
  progress: (share: number, message: string) => Promise<void>,
): Promise<CropReport> {
  const { volume, labels, storedType, warnings } = loaded
  const { box, cutPadding } = boxOf(part, loaded, paddingMm)
  const { axis, angleDeg } = leftRightAxis(volume.grid)
  const mirrorAxis = isMirrored ? axis : undefined
  await progress(0.5, `Writing ${part.name}`)
  const piece = cutOut(volume, box, mirrorAxis)
  await writeVolume(files.volume, { ...piece, voxels: inStoredType(piece.voxels, storedType) })
  if (files.labels !== null && labels !== null) {
    await progress(0.8, `Writing the labels of ${part.name}`)
    await writeVolume(files.labels, cutOut({ grid: volume.grid, voxels: labels }, box, mirrorAxis))
  }
  const originalFromMirrored = isMirrored ? reflectionOfGrid(piece.grid, axis) : null
  if (files.transform !== null && originalFromMirrored !== null) {
    await writeTransformFile(files.transform, originalFromMirrored)
  }
  const obliqueWarning = `The mirror plane follows the voxel grid, which is turned by ${angleDeg.toFixed(1)}° against the patient's left-right axis.`
  return {
    structure: part.name,
    size: boxSize(box),
    start: box.first,
    cutPadding,
    originalFromMirrored,
    warnings: [...warnings, ...(isMirrored && angleDeg > obliqueMirrorDeg ? [obliqueWarning] : [])],
  }
}

import { writeFile } from 'node:fs/promises'
import {
  type HighQualityDrrReport,
  highQualityDrrReportSchema,
  type RenderHighQualityDrrInput,
  type RenderHighQualityDrrOutput,
} from '../../contract/operations/high-quality-drr.js'
import { type Operation, type OperationContext } from '../../contract/progress.js'
import { intrinsicNumbers, mirrorColumns } from '../../geometry/camera.js'
import { multiply4 } from '../../geometry/matrix.js'
import { drrFormat, writeDrr } from '../../imaging/drr-file.js'
import { reverseColumns } from '../../imaging/picture/reverse-columns.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { renderFineSiddon } from './fine-siddon.js'
import { type FineScene, fineScene, sceneInputs } from './fine-scene.js'
import { storedVolumeRenderer } from './stored-volume.js'

/**
 * Renders a DRR by exact voxel paths at the detector's full resolution, several rays per pixel (specification §6.8, with
 * the geometry of the result instead of constants), and writes it with its camera beside it (`drr.png.camera.json`: a DRR may stand there as picture and as DICOM). Errors: those of `fineScene`, `drrFormat` and `runRecorded`, `cancelled`.
 */
export const renderHighQualityDrr: Operation<RenderHighQualityDrrInput, RenderHighQualityDrrOutput> = async (
  input,
  context,
) => {
  const { outputPath, scene, attenuation, boneMultiplier, supersampling, force } = input
  drrFormat(outputPath)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'render-high-quality-drr',
      settings: { scene: sceneSettings(scene), attenuation, boneMultiplier, supersampling },
      inputs: await sceneInputs(input, context.signal),
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    highQualityDrrReportSchema,
    (stage) => renderAndWrite(input, stage, context),
    context.signal,
  )
  return { ...report, isUpToDate }
}

/** What shapes the picture, without where its inputs lie. */
function sceneSettings(scene: RenderHighQualityDrrInput['scene']): object {
  if (scene.kind === 'result') return { view: scene.viewIndex }
  const { camera, worldFromVolume, mirroredColumns, volume, labels } = scene
  const { spacingMm, seriesUid } = volume
  return { camera, worldFromVolume, mirroredColumns, spacingMm, seriesUid, structures: labels?.structures }
}

async function renderAndWrite(
  input: RenderHighQualityDrrInput,
  stage: StageOutput,
  context: OperationContext,
): Promise<HighQualityDrrReport> {
  const { outputPath, supersampling } = input
  const path = await stage(outputPath)
  const cameraPath = await stage(`${outputPath}.camera.json`)
  const scene = await fineScene(input, context)
  const { rendered, warnings } = await storedVolumeRenderer(scene.volume, context.signal)
  const { camera, worldFromVolume, mirroredColumns } = scene
  const started = performance.now()
  const pixels = await renderFineSiddon(
    {
      renderer: rendered.renderer,
      camera,
      cameraFromVolume: multiply4(camera.cameraFromWorld, worldFromVolume),
      supersampling,
    },
    context.signal,
    (fraction) => {
      const message = `Rendering ${camera.imageSize.width} x ${camera.imageSize.height} pixels`
      context.onProgress({ phase: 'render', fraction, message, elapsedMs: 0, remainingMs: null })
    },
  )
  const seconds = (performance.now() - started) / 1000
  const written = mirroredColumns ? mirrorColumns(camera) : camera
  const picture = {
    ...camera.imageSize,
    pixels: mirroredColumns ? reverseColumns(pixels, camera.imageSize.width) : pixels,
  }
  await writeDrr(path, drrFormat(outputPath), picture, written, derivationText(scene, supersampling))
  await writeFile(cameraPath, `${JSON.stringify(written, null, 2)}\n`)
  const [minimum, maximum] = pixels.reduce(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Infinity, -Infinity],
  )
  const empty = maximum > 0 ? [] : ['No ray of the picture meets anything that attenuates.']
  return { ...camera.imageSize, minimum, maximum, seconds, warnings: [...warnings, ...empty] }
}

/** How the picture was made, with the part of the geometry that no DICOM tag of its kind holds. */
function derivationText({ camera, volume }: FineScene, supersampling: number): string {
  const { cx, cy } = intrinsicNumbers(camera)
  const { attenuation, boneMultiplier } = volume
  return [
    `Line integrals of a CT by exact voxel paths (Siddon), ${supersampling} x ${supersampling} rays per pixel.`,
    `Attenuation model ${attenuation}, bone multiplier ${boneMultiplier}.`,
    `Principal point (${cx.toFixed(3)}, ${cy.toFixed(3)}) pixels from the centre of the top-left one, columns as the camera sees them.`,
  ].join(' ')
}

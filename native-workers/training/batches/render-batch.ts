import { networkFrame } from '../sampling/network-frame.js'
import { poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { diffdrrPose, samplePoseNumbers } from '../sampling/sample-pose.js'
import { extrinsicFromDiffdrr, targetsFromExtrinsic } from '../sampling/targets-from-pose.js'
import { keptSamples } from '../rendering/keep-filter.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type RandomStream } from '../random/random-stream.js'
import { drawIndex } from '../subjects/draw-subject.js'
import { joined } from './joined.js'
import { type BatchSettings, type RenderedBatch, type SamplePose } from './data-batch.js'

/** Draws a subject, a bone multiplier and poses, and renders them (specification §3.1). */
export function renderBatch(
  renderer: SubjectRenderer,
  settings: BatchSettings,
  random: RandomStream,
): RenderedBatch {
  const { sampling, detector } = settings
  const frame = networkFrame(settings)
  const subject = drawIndex(
    renderer.subjects.map(({ weight }) => weight),
    random,
  )
  const { isocentreMm, name } = renderer.subjects[subject]
  const boneMultiplier = random.uniform(...sampling.boneMultiplier)
  const poses = Array.from({ length: sampling.batchSize }, (): SamplePose => {
    const pose = diffdrrPose(samplePoseNumbers(sampling.range, random), frame.side)
    const extrinsic = extrinsicFromDiffdrr(pose)
    return { extrinsic, cameraFromVolume: poseFromExtrinsic(extrinsic, frame, isocentreMm).cameraFromVolume }
  })
  const cameras = poses.map(({ cameraFromVolume }) => cameraFromVolume)
  const pictures = renderer.render(subject, boneMultiplier, cameras)
  return {
    count: poses.length,
    height: detector.height,
    subject,
    subjectName: name,
    boneMultiplier,
    poses,
    targets: joined(poses.map(({ extrinsic }) => targetsFromExtrinsic(extrinsic, frame))),
    pictures: joined(pictures),
    kept: keptSamples(renderer, subject, boneMultiplier, cameras, pictures, sampling),
    silhouettes: settings.silhouettes ? silhouettesOf(renderer, subject, cameras) : null,
  }
}

function silhouettesOf(
  renderer: SubjectRenderer,
  subject: number,
  cameras: Parameters<SubjectRenderer['renderStructures']>[1],
): Float32Array {
  const structures = renderer.renderStructures(subject, cameras)
  return joined(cameras.flatMap((_, sample) => structures.map((pictures) => pictures[sample])))
}

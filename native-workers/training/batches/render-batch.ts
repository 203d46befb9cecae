import { type Matrix4 } from '../../contract/matrix.js'
import { networkFrame } from '../sampling/network-frame.js'
import { poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { diffdrrPose, samplePoseNumbers } from '../sampling/sample-pose.js'
import { extrinsicFromDiffdrr, targetsFromExtrinsic } from '../sampling/targets-from-pose.js'
import { keptSamples } from '../rendering/keep-filter.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type RandomStream } from '../random/random-stream.js'
import { drawIndex, drawSome } from '../subjects/draw-subject.js'
import { joined } from './joined.js'
import { type BatchSettings, type RenderedBatch, type SamplePose, type Silhouettes } from './data-batch.js'

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
    silhouettes: settings.silhouettes ? silhouettesOf(renderer, subject, cameras, random) : null,
  }
}

/** Structures of a batch's silhouette losses: each costs as much as a small picture, and label maps hold a hundred. */
const mostStructures = 8

function silhouettesOf(
  renderer: SubjectRenderer,
  subject: number,
  cameras: readonly Matrix4[],
  random: RandomStream,
): Silhouettes {
  const count = renderer.subjects[subject].labels?.structures.length ?? 0
  const structures = drawSome(count, mostStructures, random)
  const rendered = renderer.renderStructures(subject, structures, cameras)
  const pathsMm = joined(cameras.flatMap((_, sample) => rendered.map((pictures) => pictures[sample])))
  return { structures, pathsMm }
}

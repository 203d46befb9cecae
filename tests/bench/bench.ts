import { existsSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { readVolume } from '../../native-workers/imaging/read-volume.js'
import { type Volume } from '../../native-workers/imaging/volume.js'
import { toAttenuation } from '../../native-workers/rendering/attenuation.js'
import { attenuationPyramid, bodyCaps } from '../../native-workers/rendering/attenuation-pyramid.js'
import { DrrRenderer } from '../../native-workers/rendering/cpu/drr-renderer.js'
import { uniformGenerator } from '../support/random.js'
import { acceptanceCamera, apPose, XraySimulator } from '../support/simulated-scene.js'
import { testDataFolder } from '../support/test-data.js'
import { benchFileSession } from './cases/file-session.js'
import { benchPreparation } from './cases/preparation.js'
import { benchRefinement, benchSearch } from './cases/registration.js'
import { benchRendering } from './cases/rendering.js'
import { benchTraining } from './cases/training.js'
import { phantomCt, registeredSpacingMm, simulatedSpacingMm } from './support/phantom-ct.js'
import { randomPose } from './support/random-pose.js'
import { heading, line } from './support/report.js'
import { timed } from './support/timing.js'

/*
 * Speed and memory on two cores, all in one run: `npm run bench`; `npm run bench -- preparation` ends after that case,
 * `npm run bench -- training` is the training's alone. Figures are "median (least-most)"; ratios are taken
 * between measurements that took turns. Everything is made of the built-in phantom; with the test data present, the
 * registration is repeated on a chest CT.
 */

const renderedPoses = 9
const refinements = 20
const searches = 8
const threads = 2
/** Processes at work beside the bench, above which two threads do not have two cores. */
const busyLoad = 0.5
const camera = acceptanceCamera(256)

async function main(): Promise<void> {
  heading(`${cpus()[0].model}, ${String(cpus().length)} cores, Node ${process.version}, load ${load()}`)
  if (loadavg()[0] > busyLoad)
    line('note', 'other work is running on this machine: times and ratios are not its best')
  // First, since a process starts with the peak memory of the one that started it.
  if (process.argv[2] === 'training') return benchTraining()
  await benchPreparation()
  if (process.argv[2] === 'preparation') return
  await benchTraining()
  await benchFileSession(registeredSpacingMm, threads)

  const ct = await phantomCt(registeredSpacingMm, 1)
  const uniform = uniformGenerator(10)
  const range = { rotationDeg: 20, translationMm: 20 }
  const poses = Array.from({ length: renderedPoses }, () => randomPose(ct, apPose(ct), range, uniform))
  await benchRendering(toAttenuation(ct, { model: 'mu', boneMultiplier: 1 }), camera, poses)
  await benchCt('The phantom', ct, await phantomCt(simulatedSpacingMm, 2))

  const folder = testDataFolder()
  const chestPath = folder === null ? null : join(folder, 'ct-chest-lidc', 'ct.nii.gz')
  if (chestPath === null || !existsSync(chestPath)) {
    heading('The chest CT is left out: no test data (set XRAY_TEST_DATA to their folder)')
  } else {
    const { volume } = await readVolume({ path: chestPath, acceptGeometry: false })
    await benchCt('A chest CT (LIDC)', volume, volume)
  }
  heading(`load at the end ${load()}`)
}

/** Registration and search on one CT, against X-rays simulated from `source`. */
async function benchCt(name: string, volume: Volume, source: Volume): Promise<void> {
  const { result: levels, seconds: pyramidSeconds } = await timed(() => {
    const attenuation = toAttenuation(volume, { model: 'mu', boneMultiplier: 1 })
    return { pyramid: attenuationPyramid(attenuation), caps: bodyCaps(attenuation) }
  })
  const { result: renderer, seconds: uploadSeconds } = await timed(() =>
    DrrRenderer.create(
      levels.pyramid.map((level) => ({ volume: level })),
      { threads, caps: levels.caps },
    ),
  )
  const simulator = await XraySimulator.create(source)
  heading(
    `${name}: ${volume.grid.size.join(' x ')} voxels, registered at ${levels.pyramid[0].grid.size.join(' x ')}`,
  )
  line('attenuation and coarser levels', `${pyramidSeconds.toFixed(2)} s`)
  line('copy to the renderer', `${uploadSeconds.toFixed(2)} s`)
  const levelSpacingsMm = levels.pyramid.map(({ grid }) => Math.min(...grid.spacingMm))
  const bench = { volume, renderer, levelSpacingsMm, camera, simulator }
  await benchRefinement(bench, refinements)
  await benchSearch(bench, searches)
  renderer.dispose()
  simulator.dispose()
}

const load = () => loadavg()[0].toFixed(2)

await main()

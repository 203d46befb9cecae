import { type Matrix4 } from '../../contract/matrix.js'
import {
  cellBytes,
  cellGrid,
  comparisonBytes,
  windowSumsDoubles,
  writeComparison,
} from '../../rendering/cpu/comparison-layout.js'
import { jacobianJob } from '../../rendering/cpu/jacobian-job.js'
import { jobBytes, pixelFloats, writeJob } from '../../rendering/cpu/job-layout.js'
import { task } from '../../rendering/cpu/render-threads.js'
import { type Pointer } from '../../rendering/cpu/shared-arena.js'
import { equationsFromWindow, type NormalEquations } from '../normal-equations.js'
import { cameraFromVolume, twistFrame } from '../pose-problem.js'
import { type RegistrationScene } from '../registration-scene.js'
import { type StageView } from '../stage-view.js'

interface Slot {
  readonly out: Pointer
  readonly rowSums: Pointer
  readonly cells: Pointer
  readonly windowRows: Pointer
}

/**
 * Evaluates the global NCC of many poses at once on one view, one pose per work item, so that small pictures use all
 * threads. Holds its buffers until the caller releases the arena.
 */
export class BatchComparer {
  readonly #scene: RegistrationScene
  readonly #stageView: StageView
  readonly #target: Pointer
  readonly #valid: Pointer
  readonly #jobs: Pointer
  readonly #comparisons: Pointer
  readonly #slots: readonly Slot[]

  constructor(scene: RegistrationScene, stageView: StageView, capacity: number) {
    this.#scene = scene
    this.#stageView = stageView
    const { arena } = scene.renderer.threads
    const { width, height, pixels, valid } = stageView.view.picture
    this.#target = arena.allocate(pixels.length * 4)
    this.#valid = arena.allocate(valid.length)
    arena.floats(this.#target, pixels.length).set(pixels)
    arena.bytes(this.#valid, valid.length).set(valid)
    this.#jobs = arena.allocate(jobBytes * capacity)
    this.#comparisons = arena.allocate(comparisonBytes * capacity)
    this.#slots = Array.from({ length: capacity }, () => ({
      out: arena.allocate(width * height * pixelFloats * 4),
      rowSums: arena.allocate(height * 5 * 4),
      cells: arena.allocate(height * cellBytes),
      windowRows: arena.allocate(windowSumsDoubles * 8),
    }))
  }

  /** At most `capacity` poses; the results in their order. */
  evaluate(poses: readonly Matrix4[]): NormalEquations[] {
    const { threads } = this.#scene.renderer
    const { width, height } = this.#stageView.view.picture
    for (const [index, pose] of poses.entries()) this.#write(index, pose)
    threads.run(task.batch, this.#jobs, this.#comparisons, poses.length, 1)
    return poses.map((_, index) => {
      const sums = threads.arena.doubles(this.#slots[index].windowRows, windowSumsDoubles)
      const rows = threads.arena.floats(this.#slots[index].rowSums, height * 5)
      let count = 0
      for (let row = 0; row < height; row++) count += rows[5 * row]
      return equationsFromWindow(sums, count / (width * height))
    })
  }

  #write(index: number, worldFromVolume: Matrix4): void {
    const { renderer, problem } = this.#scene
    const { arena } = renderer.threads
    const { view, level } = this.#stageView
    const slot = this.#slots[index]
    const job = this.#jobs + index * jobBytes
    const { columns, rows } = cellGrid(view.picture.width, view.picture.height, 0)
    const request = {
      level,
      camera: view.camera,
      cameraFromVolume: cameraFromVolume(view.camera, worldFromVolume),
      twist: twistFrame(problem, worldFromVolume),
      stepVoxels: 1,
      valid: this.#valid,
      target: this.#target,
      out: slot.out,
      rowSums: slot.rowSums,
    }
    writeJob(arena, job, jacobianJob(renderer, request))
    writeComparison(arena, this.#comparisons + index * comparisonBytes, {
      job,
      filter: 'none',
      cellPixels: 0,
      columns,
      rows,
      cells: slot.cells,
      windowRows: slot.windowRows,
      target: this.#target,
      targetValid: this.#valid,
      meanTarget: 0,
      meanImage: 0,
      epsilonTarget: 1e-12,
      epsilonImage: 1e-12,
      robustScale: 0,
      minValidFraction: 0,
    })
  }
}

import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type Connectivity } from '../../contract/operations/clean-labels.js'
import { type LabelVoxels } from '../labels.js'
import { type Components, connectedComponents } from './connected-components.js'
import { presentLabels } from '../present-labels.js'

const connectivities = [6, 18, 26] as const

/** Noise in which neighbouring voxels often share a label; `Math.imul` keeps it the same in 32-bit arithmetic. */
function noiseLabels(size: Vector3, labels: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, n) => {
    const mixed = Math.imul((n + 1) ^ ((n + 1) >>> 3), 2654435761 + 2 * seed) >>> 0
    return (mixed >>> 20) % labels
  })
}

/** The component of every voxel, -1 for background: the plainest flood fill there is. */
function floodFilled(voxels: LabelVoxels, [nx, ny, nz]: Vector3, connectivity: Connectivity): Int32Array {
  const component = new Int32Array(voxels.length).fill(-1)
  const steps: Vector3[] = []
  const furthest = connectivity === 6 ? 1 : connectivity === 18 ? 2 : 3
  for (const di of [-1, 0, 1]) {
    for (const dj of [-1, 0, 1]) {
      for (const dk of [-1, 0, 1]) {
        const distance = Math.abs(di) + Math.abs(dj) + Math.abs(dk)
        if (distance > 0 && distance <= furthest) steps.push([di, dj, dk])
      }
    }
  }
  let count = 0
  for (let seed = 0; seed < voxels.length; seed++) {
    if (voxels[seed] === 0 || component[seed] >= 0) continue
    const open = [seed]
    component[seed] = count
    for (let voxel = open.pop(); voxel !== undefined; voxel = open.pop()) {
      const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))]
      for (const [di, dj, dk] of steps) {
        const [p, q, r] = [i + di, j + dj, k + dk]
        if (p < 0 || q < 0 || r < 0 || p >= nx || q >= ny || r >= nz) continue
        const neighbour = p + nx * (q + ny * r)
        if (voxels[neighbour] !== voxels[seed] || component[neighbour] >= 0) continue
        component[neighbour] = count
        open.push(neighbour)
      }
    }
    count++
  }
  return component
}

function componentOfVoxel({ runs, componentOfRun }: Components, length: number): Int32Array {
  const component = new Int32Array(length).fill(-1)
  for (let run = 0; run < runs.count; run++) {
    component.fill(componentOfRun[run], runs.start[run], runs.start[run] + runs.length[run])
  }
  return component
}

describe('connectedComponents', () => {
  it.each(connectivities)('equals a flood fill on random maps, with connectivity %i', (connectivity) => {
    const shapes: Vector3[] = [
      [17, 13, 11],
      [1, 9, 8],
      [30, 1, 5],
      [12, 12, 1],
      [5, 1, 1],
    ]
    for (const [index, size] of shapes.entries()) {
      for (const labels of [2, 3, 7]) {
        const voxels = noiseLabels(size, labels, 10 * index + labels)
        const components = connectedComponents(voxels, size, presentLabels(voxels), connectivity)
        expect(componentOfVoxel(components, voxels.length)).toEqual(floodFilled(voxels, size, connectivity))
      }
    }
  })

  // scipy.ndimage.label on the same map, 20 x 18 x 16 voxels of 4 labels, label by label with
  // generate_binary_structure(3, 1 | 2 | 3): number of components and the size of the largest one, labels 1, 2, 3.
  it.each([
    [
      6,
      [
        [362, 66],
        [363, 76],
        [355, 78],
      ],
    ],
    [
      18,
      [
        [31, 1382],
        [29, 1396],
        [30, 1375],
      ],
    ],
    [
      26,
      [
        [11, 1427],
        [8, 1424],
        [9, 1420],
      ],
    ],
  ] as const)('equals SciPy with connectivity %i', (connectivity, expected) => {
    const size: Vector3 = [20, 18, 16]
    const voxels = noiseLabels(size, 4, 5)
    const components = connectedComponents(voxels, size, presentLabels(voxels), connectivity)
    const figures = [1, 2, 3].map((label) => {
      const sizes = [...components.voxels].filter((_, component) => components.label[component] === label)
      return [sizes.length, Math.max(...sizes)]
    })
    expect(figures).toEqual(expected)
  })

  it('knows labels above 255, and leaves the ones that are not wanted alone', () => {
    const voxels = Uint16Array.from([300, 300, 0, 301, 300, 301])
    const isWanted = new Uint8Array(65536)
    isWanted[300] = 1
    const { count, label, voxels: sizes } = connectedComponents(voxels, [6, 1, 1], isWanted, 6)
    expect([count, [...label], [...sizes]]).toEqual([2, [300, 300], [2, 1]])
  })

  it('does not take the end of a row and the start of the next one for neighbours', () => {
    const voxels = Uint8Array.from([0, 0, 1, 1, 0, 0])
    expect(connectedComponents(voxels, [3, 2, 1], presentLabels(voxels), 26).count).toBe(2)
  })
})

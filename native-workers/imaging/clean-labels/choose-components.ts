import { type KeepRule } from '../../contract/operations/clean-labels.js'
import { type Components } from './connected-components.js'

/**
 * A flag per component: 1 where the rule keeps it. Of components of equal size the one whose first voxel comes first in
 * memory (least k, then j, then i) counts as larger, so that the choice never depends on chance.
 * @param voxelMm3 volume of one voxel
 */
export function chooseComponents(components: Components, rule: KeepRule, voxelMm3: number): Uint8Array {
  return rule.kind === 'largest'
    ? keepLargest(components, rule.count)
    : keepFromVolume(components, rule.minVolumeMm3 / voxelMm3)
}

function keepFromVolume({ count, voxels }: Components, minVoxels: number): Uint8Array {
  // The quotient of two volumes is rounded; a component of exactly the volume asked for must stay.
  const least = minVoxels * (1 - 1e-9)
  const isKept = new Uint8Array(count)
  for (let component = 0; component < count; component++)
    isKept[component] = Number(voxels[component] >= least)
  return isKept
}

function keepLargest({ count, label, voxels }: Components, number: number): Uint8Array {
  const largestByLabel = new Map<number, number[]>()
  for (let component = 0; component < count; component++) {
    const largest = largestByLabel.get(label[component]) ?? []
    largestByLabel.set(label[component], largest)
    let place = largest.length
    while (place > 0 && voxels[largest[place - 1]] < voxels[component]) place--
    if (place >= number) continue
    largest.splice(place, 0, component)
    if (largest.length > number) largest.pop()
  }
  const isKept = new Uint8Array(count)
  for (const largest of largestByLabel.values()) for (const component of largest) isKept[component] = 1
  return isKept
}

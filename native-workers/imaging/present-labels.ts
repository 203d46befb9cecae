/** A flag per possible label: 1 for those that occur above 0. */
export function presentLabels(voxels: Uint8Array | Uint16Array): Uint8Array {
  const isPresent = new Uint8Array(65536)
  let previous = 0
  for (let index = 0; index < voxels.length; index++) {
    const label = voxels[index]
    if (label === previous) continue
    isPresent[label] = 1
    previous = label
  }
  isPresent[0] = 0
  return isPresent
}

/** The labels that are flagged; ascending. */
export const labelNumbers = (flags: Uint8Array): number[] =>
  Array.from(flags.keys()).filter((label) => flags[label] === 1)

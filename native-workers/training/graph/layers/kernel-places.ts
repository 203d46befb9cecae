/** Offsets of all places in a kernel, row-major. */
export function kernelPlaces(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (places, size) => places.flatMap((place) => Array.from({ length: size }, (_, n) => [...place, n])),
    [[]],
  )
}

/** A point of a plane, in millimetres. */
export type PlanePoint = readonly [u: number, v: number]

interface Edge {
  readonly fromU: number
  readonly fromV: number
  readonly toV: number
  /** du per dv. */
  readonly slope: number
}

/** Bands across the polygon, so that a point is held against the few edges beside it. */
const bandCount = 512

/**
 * Whether points lie inside a closed outline, by the even-odd rule. Made once and asked millions of times: the edges
 * are sorted into bands of v. Fewer than three points enclose nothing.
 */
export function insideTest(outline: readonly PlanePoint[]): (u: number, v: number) => boolean {
  if (outline.length < 3) return () => false
  const us = outline.map(([u]) => u)
  const vs = outline.map(([, v]) => v)
  const [minU, maxU] = [Math.min(...us), Math.max(...us)]
  const [minV, maxV] = [Math.min(...vs), Math.max(...vs)]
  const bandHeight = (maxV - minV) / bandCount
  if (bandHeight === 0) return () => false
  const bandOf = (v: number): number => Math.min(bandCount - 1, Math.floor((v - minV) / bandHeight))
  const bands = Array.from({ length: bandCount }, (): Edge[] => [])
  for (const edge of edgesOf(outline)) {
    for (let band = bandOf(edge.fromV); band <= bandOf(edge.toV); band++) bands[band]?.push(edge)
  }
  return (u, v) => {
    if (u < minU || u > maxU || v < minV || v > maxV) return false
    let isInside = false
    for (const { fromU, fromV, toV, slope } of bands[bandOf(v)] ?? []) {
      // Half open, so that a corner between two edges counts once.
      if (v >= fromV && v < toV && u < fromU + (v - fromV) * slope) isInside = !isInside
    }
    return isInside
  }
}

/** Edges from smaller to larger v; level ones are never crossed. */
function edgesOf(outline: readonly PlanePoint[]): Edge[] {
  return outline.flatMap(([u1, v1], index) => {
    const [u2, v2] = outline[(index + 1) % outline.length] ?? [u1, v1]
    if (v1 === v2) return []
    const slope = (u2 - u1) / (v2 - v1)
    return [v1 < v2 ? { fromU: u1, fromV: v1, toV: v2, slope } : { fromU: u2, fromV: v2, toV: v1, slope }]
  })
}

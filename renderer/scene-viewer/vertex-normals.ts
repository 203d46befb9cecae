/** Unit normals of the points: the mean of the adjoining triangles' normals, weighted by area. */
export function vertexNormals(points: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(points.length)
  const at = (corner: number, axis: number): number => points[3 * corner + axis] ?? 0
  for (let n = 0; n < triangles.length; n += 3) {
    const corners = triangles.subarray(n, n + 3)
    const [a = 0, b = 0, c = 0] = corners
    const edge = (to: number, axis: number): number => at(to, axis) - at(a, axis)
    for (let axis = 0; axis < 3; axis++) {
      const [next, last] = [(axis + 1) % 3, (axis + 2) % 3]
      const component = edge(b, next) * edge(c, last) - edge(b, last) * edge(c, next)
      for (const corner of corners) normals[3 * corner + axis] = (normals[3 * corner + axis] ?? 0) + component
    }
  }
  for (let n = 0; n < normals.length; n += 3) {
    const normal = normals.subarray(n, n + 3)
    const length = Math.hypot(...normal)
    if (length > 0) normal.forEach((value, axis) => (normal[axis] = value / length))
  }
  return normals
}

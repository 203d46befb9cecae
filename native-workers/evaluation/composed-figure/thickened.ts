/** Marks also what lies within half of `width` pixels round a mark: lines one pixel thin come out that wide. */
export function thickened(marks: Uint8Array, columns: number, rows: number, width: number): Uint8Array {
  const radius = (width - 1) / 2
  if (radius < 0.5) return marks
  const reach = Math.floor(radius)
  const disk: (readonly [dx: number, dy: number])[] = []
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) if (Math.hypot(dx, dy) <= radius) disk.push([dx, dy])
  }
  // An even width can't lie evenly about a pixel: it reaches one further to the right and down.
  if (reach === 0) disk.push([1, 0], [0, 1], [1, 1])
  const thick = new Uint8Array(marks.length)
  for (let n = 0; n < marks.length; n++) {
    if (marks[n] === 0) continue
    const [x, y] = [n % columns, Math.floor(n / columns)]
    for (const [dx, dy] of disk) {
      if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
      thick[n + dx + dy * columns] = 1
    }
  }
  return thick
}

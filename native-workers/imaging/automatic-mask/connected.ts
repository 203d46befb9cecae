/** Cells of a raster that hang together with `seeds` through cells where `isOpen`, over the four neighbours; 1 = reached. */
export function flood(
  columns: number,
  rows: number,
  seeds: Iterable<number>,
  isOpen: (index: number) => boolean,
): Uint8Array {
  const reached = new Uint8Array(columns * rows)
  const stack: number[] = []
  const visit = (index: number) => {
    if (reached[index] === 0 && isOpen(index)) {
      reached[index] = 1
      stack.push(index)
    }
  }
  for (const seed of seeds) visit(seed)
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const column = index % columns
    if (column > 0) visit(index - 1)
    if (column < columns - 1) visit(index + 1)
    if (index >= columns) visit(index - columns)
    if (index < columns * (rows - 1)) visit(index + columns)
  }
  return reached
}

/** The connected components of the cells where `isOpen`, as lists of cell indices, largest first. */
export function components(columns: number, rows: number, isOpen: (index: number) => boolean): number[][] {
  const seen = new Uint8Array(columns * rows)
  const found: number[][] = []
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || !isOpen(start)) continue
    const component = [start]
    seen[start] = 1
    for (let next = 0; next < component.length; next++) {
      const index = component[next]
      const column = index % columns
      const neighbours = [
        column > 0 ? index - 1 : -1,
        column < columns - 1 ? index + 1 : -1,
        index - columns,
        index + columns < seen.length ? index + columns : -1,
      ]
      for (const neighbour of neighbours) {
        if (neighbour < 0 || seen[neighbour] === 1 || !isOpen(neighbour)) continue
        seen[neighbour] = 1
        component.push(neighbour)
      }
    }
    found.push(component)
  }
  return found.sort((a, b) => b.length - a.length)
}

/** Cells along the border of a raster, each once. */
export function* frameCells(columns: number, rows: number): Generator<number> {
  for (let column = 0; column < columns; column++) {
    yield column
    if (rows > 1) yield (rows - 1) * columns + column
  }
  for (let row = 1; row < rows - 1; row++) {
    yield row * columns
    if (columns > 1) yield row * columns + columns - 1
  }
}

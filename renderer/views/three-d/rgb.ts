/** "#rrggbb" as three shares 0..1. */
export function rgb(colour: string): [number, number, number] {
  const part = (start: number): number => parseInt(colour.slice(start, start + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

export interface Fact {
  readonly name: string
  readonly value: string
}

/** Two aligned columns, one fact per line. */
export function factsTable(facts: readonly Fact[]): string {
  const width = Math.max(0, ...facts.map(({ name }) => name.length))
  return facts.map(({ name, value }) => `${name.padEnd(width)}  ${value}\n`).join('')
}

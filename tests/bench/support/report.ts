import { type Spread } from './timing.js'

const labelWidth = 52

export function heading(text: string): void {
  console.log(`\n${text}`)
}

export function line(label: string, value: string): void {
  console.log(`  ${label.padEnd(labelWidth)} ${value}`)
}

/** "median (least-most) unit", and what is aimed at. */
export function figure(label: string, { median, min, max }: Spread, unit = '', aim?: string): void {
  const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
  const suffix = aim === undefined ? '' : `  [aim: ${aim}]`
  line(label, `${digits(median)} (${digits(min)}-${digits(max)}) ${unit}${suffix}`)
}

/** The command that does the same as a step, or why there is none. */
export type CommandLine =
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string }

/** Words that no shell changes need no quotes. */
const plainWord = /^[\w@%+=:,./-]+$/

/** A word as the shells of a platform read it back: single quotes, but double ones on Windows. */
export function quoted(word: string, platform: string): string {
  if (platform === 'win32') return /^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`
  return plainWord.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

export function commandText(words: readonly string[], platform: string): string {
  return words.map((word) => quoted(word, platform)).join(' ')
}

/** An option with its value, left out where the value is what the command line takes by itself. */
export function option(
  name: string,
  value: string | number | undefined,
  byDefault?: string | number,
): string[] {
  return value === undefined || value === byDefault ? [] : [name, String(value)]
}

/** An option without a value. */
export function flag(name: string, isSet: boolean | undefined): string[] {
  return isSet === true ? [name] : []
}

const pathMark = '<path>'
const quotedMark = '<name>'
const idMark = '<id>'

/** A stack frame's function stays; of the place in the program, line and column. */
const stackFrame = /^(\s*at )(?:(.*?) \()?([^()]*?)(:\d+:\d+)\)?$/
const url = /\b[a-z][a-z\d+.-]*:\/\/.*/i
/** From a drive, a share, a home or a root on. */
const absolutePath = /(?:(?<![\w.>])[A-Za-z]:[\\/]|\\\\|(?<![\w.)\]>])~?\/(?=\S)).*/
const relativePath = /[^\s"'“”:;,()=]+[\\/](?=[^\s\d]).*/
/**
 * From the last sign that can't belong to a name on, as a name may hold blanks. Any ending counts, not only those of
 * images.
 */
const fileName = /[^":;()=<>]*\S\.[A-Za-z][A-Za-z\d]{1,4}\b/g
/** UIDs, dates of birth, record numbers: long digits, also with points between them. */
const longNumber = /\d[\d.]{7,}/g
const dicomName = /[^\s"]*\^[^\s"]*/g
/** The supervisor's own words; the reason of a loss stands in a line of its own. */
const engineState = /^engine: \{"state":"([a-z]+)"/
const ownTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /

/**
 * A line without what may tell of a patient or a person: paths, file names, quoted text and long numbers. Nothing marks
 * the end of an unquoted path, as a name may hold blanks, so the rest of its line goes with it: too much is
 * taken rather than too little.
 */
export function withoutNames(line: string): string {
  return line.split('\n').map(oneLineWithoutNames).join('\n')
}

function oneLineWithoutNames(line: string): string {
  const time = ownTime.exec(line)?.[0] ?? ''
  const rest = line.slice(time.length)
  const state = engineState.exec(rest)
  if (state !== null) return `${time}engine: ${state[1] ?? ''}`
  const frame = stackFrame.exec(rest)
  if (frame !== null) {
    const [, at = '', name, , position = ''] = frame
    return `${time}${at}${name === undefined ? pathMark + position : `${withoutQuoted(name)} (${pathMark}${position})`}`
  }
  const bare = withoutQuoted(rest)
    .replace(url, pathMark)
    .replace(absolutePath, pathMark)
    .replace(relativePath, pathMark)
    .replace(fileName, ` ${pathMark}`)
    .replace(dicomName, quotedMark)
    .replace(longNumber, idMark)
  return time + bare
}

/**
 * A quoted text goes up to the last quote of its kind that ends a word, as names may hold quotes themselves
 * ("O'Brien"); an apostrophe within a word opens none.
 */
function withoutQuoted(text: string): string {
  return text
    .replace(/(?<!\w)"[^\n]*"(?!\w)|“[^\n]*”|«[^\n]*»/g, quotedMark)
    .replace(/(?<!\w)'[^\n]*'(?!\w)/g, quotedMark)
    .replace(/(?<!\w)`[^\n]*`(?!\w)/g, quotedMark)
}

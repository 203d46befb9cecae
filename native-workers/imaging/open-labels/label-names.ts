/** Names by label number. */
export type LabelNames = ReadonlyMap<number, string>

const none: LabelNames = new Map()

/** A name longer than this is no name of a structure. */
const longestName = 80

function namesOf(pairs: readonly (readonly [unknown, unknown])[]): LabelNames {
  const names = new Map<number, string>()
  for (const [key, value] of pairs) {
    const label = typeof key === 'string' && key.trim() !== '' ? Number(key) : key
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 1 || label > 65535) continue
    if (typeof value !== 'string' || value.trim() === '' || value.length > longestName) continue
    names.set(label, value.trim())
  }
  return names
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/**
 * Names in JSON: a list of `{ label, name }` (or `id`), an object of name by number or of number by name, any of
 * these also as the member `labels`, as nnU-Net's dataset.json has it. Other content holds no names.
 */
export function namesInJson(content: unknown): LabelNames {
  if (Array.isArray(content)) {
    const entries = content.filter(isObject)
    return namesOf(entries.map((entry) => [entry['label'] ?? entry['id'], entry['name']]))
  }
  if (!isObject(content)) return none
  if (isObject(content['labels'])) return namesInJson(content['labels'])
  const pairs = Object.entries(content)
  const byNumber = namesOf(pairs)
  return byNumber.size > 0 ? byNumber : namesOf(pairs.map(([name, label]) => [label, name]))
}

/** Which columns of a table hold numbers and names, by the words that tools use, the surest first. */
const labelColumns = ['label', 'id', 'index', 'value', 'labelvalue']
const nameColumns = ['name', 'structure', 'label_name', 'class', 'title']

/** Names in a table of comma, semicolon or tab separated columns with a header; none where it lacks them. */
export function namesInCsv(content: string): LabelNames {
  const [header, ...rows] = content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')))
  const columns = header?.map((cell) => cell.toLowerCase()) ?? []
  const find = (words: readonly string[]): number =>
    words.map((word) => columns.indexOf(word)).find((index) => index >= 0) ?? -1
  const [label, name] = [find(labelColumns), find(nameColumns)]
  return label < 0 || name < 0 ? none : namesOf(rows.map((cells) => [cells[label], cells[name]]))
}

/** `1  255 0 0  1 1 1  "name"`, a line of ITK-SNAP's label descriptions. */
const snapLine = /^\s*(\d+)\s+.*"([^"]+)"\s*$/
/** `1 name 255 0 0 255`, a line of a colour table of 3D Slicer. */
const slicerLine = /^\s*(\d+)\s+(\S+)(?:\s+\d+){3,4}\s*$/

/** Names in lines of a number and a name, as ITK-SNAP and 3D Slicer write them; lines after # are remarks. */
export function namesInLines(content: string): LabelNames {
  const lines = content.split(/\r?\n/).filter((line) => !line.startsWith('#'))
  return namesOf(
    lines.flatMap((line): [unknown, unknown][] => {
      const [, label, name] = snapLine.exec(line) ?? slicerLine.exec(line) ?? []
      return label === undefined ? [] : [[label, name]]
    }),
  )
}

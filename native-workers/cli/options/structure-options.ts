import { InvalidArgumentError } from 'commander'
import { type CropStructure, cropStructureSchema } from '../../contract/operations/crop.js'
import { parsePositiveCount } from './values.js'

/** `right-femur=3,pelvis=1+2` names structures and the labels they are made of; a label alone, `3`, is "label-3". */
export function parseStructures(text: string): readonly CropStructure[] {
  return text.split(',').map(parseStructure)
}

function parseStructure(text: string): CropStructure {
  const [name, labels, ...rest] = text.split('=')
  if (rest.length > 0) throw new InvalidArgumentError(`"${text}" holds more than one "=".`)
  const structure =
    labels === undefined
      ? { name: `label-${name.trim()}`, labels: [parsePositiveCount(name)] }
      : { name: name.trim(), labels: labels.split('+').map(parsePositiveCount) }
  const parsed = cropStructureSchema.safeParse(structure)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(
    `"${text}": ${parsed.error.issues.map(({ message }) => message).join('; ')}.`,
  )
}

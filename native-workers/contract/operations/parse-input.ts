import { type z } from 'zod'
import { UserError } from '../errors.js'
import { operationContracts, type OperationInput, type OperationName, type OperationOutput } from './index.js'

/** `operationContracts` with each schema tied to its name, so that generic code keeps the types. */
const contracts: {
  readonly [Name in OperationName]: {
    readonly input: z.ZodType<OperationInput<Name>>
    readonly output: z.ZodType<OperationOutput<Name>>
  }
} = operationContracts

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationContracts, name)
}

/** The operation's input with its defaults. Throws `UserError('input-invalid')` naming every wrong field. */
export function parseOperationInput<Name extends OperationName>(
  name: Name,
  value: unknown,
): OperationInput<Name> {
  const parsed = contracts[name].input.safeParse(value)
  if (parsed.success) return parsed.data
  throw new UserError('input-invalid', `The input of "${name}" is not valid: ${sentences(parsed.error)}`)
}

/** The operation's output. Throws a plain `Error`, since a wrong output is a defect and no person can mend it. */
export function parseOperationOutput<Name extends OperationName>(
  name: Name,
  value: unknown,
): OperationOutput<Name> {
  const parsed = contracts[name].output.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(`"${name}" gave an output outside of its contract: ${sentences(parsed.error)}`)
}

function sentences(error: z.ZodError): string {
  return error.issues.map((issue) => `${fieldName(issue.path)}: ${issue.message}`).join('; ')
}

/** `views[0].xray.path`, as a person would write it. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (text, step) =>
      text + (typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`),
    '',
  )
  return name === '' ? 'the whole input' : name
}

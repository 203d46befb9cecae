import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { type InputRecord } from '../../contract/files/input-record.js'
import { type Provenance, provenanceSchema } from '../../contract/files/provenance.js'
import { version } from '../../contract/version.js'

/** The record at `path`; undefined where there is none or it is not one, since then nothing is known. */
export async function readProvenance(path: string): Promise<Provenance | undefined> {
  try {
    const parsed = provenanceSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Whether a record is of the same operation, version, settings and input contents; inputs may have moved. */
export function isSameStep(
  record: Provenance,
  step: { readonly operation: string; readonly settings: unknown },
  inputs: readonly InputRecord[],
): boolean {
  const contents = (records: readonly InputRecord[]) => records.map(({ role, sha256 }) => [role, sha256])
  return (
    record.operation === step.operation &&
    record.version === version &&
    // Settings are compared as they are kept: JSON drops what is undefined.
    isDeepStrictEqual(record.settings, JSON.parse(JSON.stringify(step.settings))) &&
    isDeepStrictEqual(contents(record.inputs), contents(inputs))
  )
}

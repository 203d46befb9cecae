import { dirname, basename } from 'node:path'
import { type RegistrationResult } from '../../contract/files/registration-result.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { factsTable, type Fact } from '../terminal/facts-table.js'

/** What a person wants to know of a finished registration. */
export function registrationSummary(result: RegistrationResult, files: readonly string[]): string {
  const { verdict, confidence, warnings } = result
  const facts: Fact[] = [
    { name: 'verdict', value: verdict.level },
    ...verdict.reasons.map((reason) => ({ name: '', value: reason })),
    ...result.views.map(({ xray, similarity: { initial, final } }) => ({
      name: 'gmNCC',
      value: `${initial.gmncc.toFixed(3)} -> ${final.gmncc.toFixed(3)}  ${basename(xray)}`,
    })),
    ...expectedError(confidence),
    ...poseFacts(result.final.worldFromVolume),
    { name: 'work', value: `${result.renders} renders, ${totalSeconds(result).toFixed(1)} s` },
    ...(files[0] === undefined ? [] : [{ name: 'written to', value: dirname(files[0]) }]),
    ...files.map((path) => ({ name: '', value: basename(path) })),
  ]
  return factsTable(facts) + warnings.map((warning) => `warning: ${warning}\n`).join('')
}

function expectedError({
  expectedErrorMm,
  inPlaneUncertaintyMm,
  depthUncertaintyMm,
  weakestDirection,
}: RegistrationResult['confidence']): readonly Fact[] {
  if (expectedErrorMm === null) return []
  const parts = [
    ...(inPlaneUncertaintyMm === null ? [] : [`in plane ${inPlaneUncertaintyMm.toFixed(2)} mm`]),
    ...(depthUncertaintyMm === null ? [] : [`depth ${depthUncertaintyMm.toFixed(2)} mm`]),
    ...(weakestDirection === null ? [] : [`weakest: ${weakestDirection}`]),
  ]
  const detail = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  return [{ name: 'expected error', value: `${expectedErrorMm.toFixed(2)} mm${detail}` }]
}

function poseFacts(worldFromVolume: Matrix4): readonly Fact[] {
  return worldFromVolume.map((row, index) => ({
    name: index === 0 ? 'worldFromVolume' : '',
    value: row.map((value) => value.toFixed(5).padStart(12)).join(''),
  }))
}

function totalSeconds({ secondsPerPhase }: RegistrationResult): number {
  return Object.values(secondsPerPhase).reduce((sum, seconds) => sum + seconds, 0)
}

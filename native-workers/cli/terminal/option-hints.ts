import { type UserError, type UserErrorCode } from '../../contract/errors.js'

/** Operations serve the window too and seldom name options; these are the options that mend such an error. */
const optionsByError: Partial<Record<UserErrorCode, string>> = {
  'geometry-missing': '(--spacing for a volume, --sdd and --pixel-spacing for an X-ray)',
  'geometry-unconfirmed': '(--accept-geometry)',
}

/** The error's hint, with the options that it is about unless it names some itself. */
export function hintWithOptions({ code, hint }: UserError): string {
  const options = optionsByError[code]
  return options === undefined || hint.includes('--') ? hint : `${hint} ${options}`.trimStart()
}

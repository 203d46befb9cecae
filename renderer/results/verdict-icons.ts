import { mdiAlertOutline, mdiCheckCircleOutline, mdiCloseCircleOutline } from '@mdi/js'
import type { Verdict } from '../../native-workers/contract/files/registration-result.js'

export const verdictIcons: Readonly<Record<Verdict['level'], string>> = {
  good: mdiCheckCircleOutline,
  check: mdiAlertOutline,
  failed: mdiCloseCircleOutline,
}

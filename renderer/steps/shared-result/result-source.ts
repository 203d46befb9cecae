import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { SavedRegistrationResult } from '../../../native-workers/contract/files/registration-result.js'
import { useMessagesStore } from '../../stores/messages.js'
import { useOutputFolderStore } from '../../stores/output-folder.js'
import { useRegistrationStore } from '../../stores/registration.js'
import { joinPath } from '../shared/paths.js'
import { resultFolderName, resultName } from './result-name.js'

/** The registration that the later steps work on. */
export interface ResultSource {
  readonly kind: 'present' | 'file'
  readonly result: SavedRegistrationResult
  /** Its `result.json`; null while it is not saved. */
  readonly path: string | null
}

/** The present result, unless the person chose an earlier one. */
export const useResultSourceStore = defineStore('result-source', () => {
  const registration = useRegistrationStore()
  const folders = useOutputFolderStore()
  const messages = useMessagesStore()
  const chosen = shallowRef<ResultSource | null>(null)
  /** Counted from 0; shared by the steps, which show one X-ray of several. */
  const viewIndex = ref(0)

  const hasPresent = computed(() => registration.shownResult !== null)
  const source = computed<ResultSource | null>(() => {
    if (chosen.value !== null) return chosen.value
    const present = registration.shownResult
    return present === null ? null : { kind: 'present', result: present.result, path: present.savedFile }
  })
  /** The folder that the present result is saved into when a step needs it. */
  const saveFolder = computed(() =>
    folders.folder === null || source.value === null
      ? null
      : joinPath(folders.folder, resultFolderName(source.value.result.created)),
  )
  /** Where `result.json` lies, or will lie once a step has run. */
  const path = computed(() => {
    if (source.value === null) return null
    return source.value.path ?? (saveFolder.value === null ? null : joinPath(saveFolder.value, 'result.json'))
  })
  /** What outputs are called after: the result's folder, as the command line does it. */
  const caseName = computed(() => (path.value === null ? 'registration' : resultName(path.value)))
  /** Differs between results. */
  const identity = computed(() => `${source.value?.kind}:${source.value?.result.created}`)
  watch(identity, () => {
    viewIndex.value = 0
  })
  // A new registration, or one chosen from the list, is what the person wants to see next.
  watch(
    () => registration.result?.result,
    (result) => {
      if (result !== undefined) chosen.value = null
    },
  )

  /** Asks for an earlier result; keeps what there is when dismissed or refused. */
  async function choose(): Promise<void> {
    const [file] = await window.isocenter.openFiles('result')
    if (file === undefined) return
    const outcome = await window.isocenter.readJsonFile('result', file)
    if (outcome.ok) chosen.value = { kind: 'file', result: outcome.output, path: file }
    else messages.showError(outcome.error)
  }

  function usePresent(): void {
    chosen.value = null
  }

  /** The saved result's path; the present result is saved first where it is not. Null where that failed. */
  async function saved(): Promise<string | null> {
    const present = source.value
    if (present === null || present.path !== null) return present?.path ?? null
    return saveFolder.value === null ? null : registration.saveInto(saveFolder.value)
  }

  return { source, hasPresent, path, caseName, identity, viewIndex, choose, usePresent, saved }
})

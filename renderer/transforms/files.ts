import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import type { WireError } from '../../native-workers/contract/wire-error.js'
import { inverseAffine } from '../geometry/math.js'
import { caseNameOf, joinPath } from '../steps/shared/paths.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { originalFromMoved, type NamedTransform } from './model/transform.js'
import { useTransformsStore } from './store.js'

export type TransformFormat = keyof typeof text.transforms.saveFormats

export type SavingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly path: string }
  | { readonly kind: 'failed'; readonly error: WireError }

/** Transform files: loading into the list, and saving the active transform. */
export const useTransformFilesStore = defineStore('transform-files', () => {
  const transforms = useTransformsStore()
  const folders = useOutputFolderStore()
  const messages = useMessagesStore()
  const format = shallowRef<TransformFormat>('tfm')
  const state = shallowRef<SavingState>({ kind: 'idle' })
  /** By the transform as it was then: an edit makes it another one. */
  const files = shallowRef<ReadonlyMap<Matrix4, string>>(new Map())

  const outputPath = computed(() =>
    folders.folder === null || transforms.active === null
      ? null
      : joinPath(folders.folder, 'transforms', `${asFileName(transforms.active.name)}.${format.value}`),
  )
  watch(outputPath, () => (state.value = { kind: 'idle' }))

  /** The file that holds exactly this transform; null where there is none. */
  const fileOf = ({ movedFromVolume }: NamedTransform): string | null =>
    files.value.get(movedFromVolume) ?? null

  function remember(movedFromVolume: Matrix4, path: string): void {
    const others = [...files.value].filter(([, known]) => known !== path)
    files.value = new Map([...others, [movedFromVolume, path]])
  }

  async function load(): Promise<void> {
    for (const path of await window.isocenter.openFiles('transform')) await loadPath(path)
  }

  async function loadPath(path: string): Promise<void> {
    const outcome = await window.isocenter.run('read-transform', { path }).promise
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return
    }
    const movedFromVolume = inverseAffine(outcome.output.originalFromMoved)
    transforms.add(
      { name: caseNameOf(path), movedFromVolume, source: fileName(path) },
      text.transforms.history.load,
    )
    remember(movedFromVolume, path)
  }

  /** `force` replaces a file that something else wrote. */
  async function save(force = false): Promise<void> {
    const { active } = transforms
    const path = outputPath.value
    if (active === null || path === null || state.value.kind === 'running') return
    state.value = { kind: 'running' }
    const outcome = await window.isocenter.run('write-transform', {
      members: [{ kind: 'matrix', originalFromMoved: originalFromMoved(active) }],
      outputPath: path,
      force,
    }).promise
    if (outcome.ok) {
      state.value = { kind: 'done', path }
      remember(active.movedFromVolume, path)
    } else {
      state.value = { kind: 'failed', error: outcome.error }
      // The panel itself offers to replace; nothing has gone wrong yet.
      if (outcome.error.code !== 'output-exists') messages.showError(outcome.error)
    }
  }

  return { format, state, outputPath, fileOf, load, loadPath, save }
})

/** A name that every file system takes. */
const asFileName = (name: string): string =>
  name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').replace(/^[. ]+|[. ]+$/g, '') || 'transform'

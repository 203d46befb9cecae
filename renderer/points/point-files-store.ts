import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PointsContent, PointsHalf } from '../../native-workers/contract/operations/points.js'
import { joinPath } from '../steps/shared/paths.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { idle, type Task } from '../stores/task.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { stem } from './stem.js'
import { volumeFile, xrayFile } from './point-pairs.js'
import { usePointsStore } from './points-store.js'

export type PointFileFormat = 'own' | 'markups' | 'fcsv'

/** Loading and saving the halves of the pairs: the CT's, and that of the shown X-ray. */
export const usePointFilesStore = defineStore('point-files', () => {
  const points = usePointsStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const folders = useOutputFolderStore()
  const messages = useMessagesStore()
  const format = ref<PointFileFormat>('own')
  const saving = shallowRef<Task<string>>(idle)
  let latest: PointsContent | null = null

  const counts = computed<Readonly<Record<PointsHalf, number>>>(() => ({
    volume: volumeFile(points.pairs).points.length,
    xray: xrays.activeId === null ? 0 : xrayFile(points.pairs, xrays.activeId).points.length,
  }))

  async function load(half: PointsHalf): Promise<void> {
    const xrayId = xrays.activeId
    const [path] = await window.isocenter.openFiles(half === 'volume' ? 'points' : 'image-points')
    if (path === undefined) return
    const outcome = await window.isocenter.run('read-points', { path, half }).promise
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return
    }
    const { content, notes } = outcome.output
    if (content.half === 'volume') {
      const read = content.file.points.map(({ name, position }) => ({ name, at: position }))
      points.load('volume', read)
    } else if (xrayId !== null) {
      const read = content.file.points.map(({ name, pixel }) => ({ name, at: pixel }))
      points.load(xrayId, read)
    }
    for (const note of notes) messages.show('info', note)
  }

  function contentOf(half: PointsHalf): PointsContent | null {
    if (half === 'volume') return { half, file: volumeFile(points.pairs) }
    return xrays.activeId === null ? null : { half, file: xrayFile(points.pairs, xrays.activeId) }
  }

  async function save(half: PointsHalf): Promise<void> {
    const content = contentOf(half)
    if (content === null) return
    if (folders.folder === null) await folders.choose()
    await write(content, false)
  }

  /** Replaces the file that kept the last save from being written. */
  async function replace(): Promise<void> {
    if (latest !== null) await write(latest, true)
  }

  async function write(content: PointsContent, force: boolean): Promise<void> {
    if (folders.folder === null) return
    latest = content
    const outputPath = joinPath(folders.folder, 'points', fileNameOf(content.half))
    saving.value = { kind: 'running', startedAtMs: performance.now(), progress: null }
    const outcome = await window.isocenter.run('save-points', { outputPath, content, force }).promise
    if (outcome.ok) saving.value = { kind: 'done', output: outcome.output.path }
    else saving.value = { kind: 'failed', error: outcome.error }
  }

  function fileNameOf(half: PointsHalf): string {
    const of = half === 'volume' ? volumes.volume?.summary.name : xrays.active?.opened.name
    const ending = {
      own: half === 'volume' ? 'points.json' : 'image-points.json',
      markups: half === 'volume' ? 'mrk.json' : 'pixels.mrk.json',
      fcsv: half === 'volume' ? 'fcsv' : 'pixels.fcsv',
    }[format.value]
    return `${stem(of ?? 'points')}.${ending}`
  }

  return { format, saving, counts, load, save, replace }
})

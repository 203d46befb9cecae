import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useHistoryStore } from '../history/history-store.js'
import { mergeKeyOf } from '../history/merge-key.js'
import { sessionLabelsPath } from '../steps/shared/session-labels.js'
import { useEngineStore } from '../stores/engine.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { useVolumeStore } from '../stores/volume.js'
import { text } from '../text/en.js'
import { useCheckpointsStore } from './checkpoints-store.js'
import {
  defaultFinetuneForm,
  prepareFinetuning,
  type FinetuneForm,
  type FinetuneSituation,
} from './finetune-request.js'
import { stampOf } from './stamp.js'
import { finetuneCommand } from './train-command.js'
import { useTrainingStore } from './training-store.js'

/** What the step Fine-tune will do. */
export const useFinetuneStore = defineStore('finetune-step', () => {
  const [engine, volumes, folders] = [useEngineStore(), useVolumeStore(), useOutputFolderStore()]
  const [training, history, checkpoints] = [useTrainingStore(), useHistoryStore(), useCheckpointsStore()]
  const form = shallowRef<FinetuneForm>(defaultFinetuneForm)
  const stamp = shallowRef(stampOf(new Date()))

  const known = computed(() =>
    form.value.checkpoint === null ? null : checkpoints.of(form.value.checkpoint),
  )
  const checkpoint = computed(() => (known.value?.kind === 'read' ? known.value.output.checkpoint : null))
  watch(
    () => form.value.checkpoint,
    (path) => {
      if (path !== null) void checkpoints.read(path)
    },
  )

  const situation = computed<FinetuneSituation>(() => ({
    engineReady: engine.isReady,
    volume: volumes.volume?.source ?? null,
    labelsPath: sessionLabelsPath(),
    outputFolder: folders.folder,
    stamp: stamp.value,
    checkpoint: checkpoint.value,
    checkpointProblem: known.value?.kind === 'failed' ? known.value.error.message : null,
  }))
  const prepared = computed(() => prepareFinetuning(situation.value, form.value))
  const missing = computed(
    () => (prepared.value.kind === 'missing' ? prepared.value.what : null) ?? training.missing,
  )
  const command = computed(() =>
    prepared.value.kind === 'ready' ? finetuneCommand(prepared.value.request) : null,
  )

  /** Changes some settings, which can be undone. */
  function change(part: Partial<FinetuneForm>): void {
    const label = text.history.stepSettings(text.workflow.steps.finetune)
    const about = { scope: 'settings', label, mergeKey: mergeKeyOf('finetune', part) } as const
    history.assign(about, form.value, { ...form.value, ...part }, (next) => {
      form.value = next
    })
  }

  async function start(): Promise<void> {
    if (prepared.value.kind !== 'ready') return
    const { request } = prepared.value
    stamp.value = stampOf(new Date())
    await training.start('finetune', request)
  }

  return { form, situation, known, checkpoint, prepared, missing, command, change, start }
})

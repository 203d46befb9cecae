import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useHistoryStore } from '../history/history-store.js'
import { mergeKeyOf } from '../history/merge-key.js'
import { sessionLabelsPath } from '../steps/shared/session-labels.js'
import { useEngineStore } from '../stores/engine.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { useVolumeStore } from '../stores/volume.js'
import { text } from '../text/en.js'
import { stampOf } from './stamp.js'
import { trainCommand } from './train-command.js'
import { defaultTrainForm, type TrainForm } from './train-form.js'
import { prepareTraining, type TrainSituation } from './train-request.js'
import { formOfSettings, type TrainSettings } from './train-settings.js'
import { useTrainingStore } from './training-store.js'

/** What the step Train will do. */
export const useTrainStepStore = defineStore('train-step', () => {
  const [engine, volumes, folders] = [useEngineStore(), useVolumeStore(), useOutputFolderStore()]
  const [training, history] = [useTrainingStore(), useHistoryStore()]
  const form = shallowRef<TrainForm>(defaultTrainForm)
  const stamp = shallowRef(stampOf(new Date()))

  const situation = computed<TrainSituation>(() => ({
    engineReady: engine.isReady,
    volume: volumes.volume?.source ?? null,
    labelsPath: sessionLabelsPath(),
    outputFolder: folders.folder,
    stamp: stamp.value,
  }))
  const prepared = computed(() => prepareTraining(situation.value, form.value))
  const missing = computed(
    () => (prepared.value.kind === 'missing' ? prepared.value.what : null) ?? training.missing,
  )
  const command = computed(() =>
    prepared.value.kind === 'ready' ? trainCommand(prepared.value.request) : null,
  )

  /** Whether anything differs from what every training begins with. */
  const isChanged = computed(() => form.value !== defaultTrainForm)

  /** Changes some settings, which can be undone. */
  function change(part: Partial<TrainForm>): void {
    const label = text.history.stepSettings(text.workflow.steps.train)
    const about = { scope: 'settings', label, mergeKey: mergeKeyOf('train', part) } as const
    history.assign(about, form.value, { ...form.value, ...part }, (next) => {
      form.value = next
    })
  }

  /** The form as a project kept it; null is the usual one. */
  function restore(settings: TrainSettings | null): void {
    form.value = settings === null ? defaultTrainForm : { ...defaultTrainForm, ...formOfSettings(settings) }
  }

  async function start(): Promise<void> {
    if (prepared.value.kind !== 'ready') return
    const { request } = prepared.value
    // The next training gets a folder of its own.
    stamp.value = stampOf(new Date())
    await training.start('train', request)
  }

  return { form, isChanged, situation, prepared, missing, command, change, restore, start }
})

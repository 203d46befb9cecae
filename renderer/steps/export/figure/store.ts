import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { WindowRequest } from '../../../../native-workers/contract/window/bridge.js'
import type { PreviewFigureOutput } from '../../../../native-workers/contract/operations/figure.js'
import type { WireError } from '../../../../native-workers/contract/wire-error.js'
import { latestOnly } from '../../../composables/latest-only.js'
import { defaultColour } from '../../../labels/label-colours.js'
import { useLabelSavingStore } from '../../../segmentation/saving-store.js'
import { useEngineStore } from '../../../stores/engine.js'
import { useLabelsStore } from '../../../stores/labels.js'
import { useViewsStore } from '../../../stores/views.js'
import { text } from '../../../text/en.js'
import { resultStepSetup } from '../../shared-result/result-step.js'
import { useEnlargedStore } from '../../shared-result/enlarged.js'
import { useResultSourceStore } from '../../shared-result/result-source.js'
import { initialFigure } from './figure-form.js'
import { figureCommand, figureDesign, prepareFigure, type SliceSituation } from './figure-request.js'

/** Pixels across a preview: more than the view area of a usual window. */
const previewPixels = 1400

/** How the views show slices at the moment. */
function sliceSituation(): SliceSituation {
  const [labels, views, saving] = [useLabelsStore(), useViewsStore(), useLabelSavingStore()]
  const { map } = labels
  const structures = labels.visible.map(({ label }) => label)
  const colours = structures
    .map((label) => [label, labels.colourOf(label)] as const)
    .filter(([label, colour]) => colour !== defaultColour(label))
  return {
    windowLevel: views.windowLevel,
    labels:
      map === null
        ? null
        : {
            ...{ path: map.path, structures, opacity: labels.opacity, isEdited: saving.isDirty },
            colours: new Map(colours),
          },
  }
}

export const useFigureStore = defineStore(
  'figure-export',
  resultStepSetup({
    step: 'export',
    operation: 'compose-figure',
    title: text.exporting.figure.title,
    form: initialFigure,
    prepare: (situation, form) => prepareFigure(situation, form, sliceSituation()),
    command: figureCommand,
  }),
)

type PreviewRequest = WindowRequest<'preview-figure'>

/** The figure as it would be written, drawn anew whenever the form or the views change while it is open. */
export const useFigurePreviewStore = defineStore('figure-preview', () => {
  const [figure, source, engine, enlarged] = [
    useFigureStore(),
    useResultSourceStore(),
    useEngineStore(),
    useEnlargedStore(),
  ]
  const isOpen = shallowRef(false)
  const isDrawing = shallowRef(false)
  const shown = shallowRef<{ readonly url: string; readonly output: PreviewFigureOutput } | null>(null)
  const error = shallowRef<WireError | null>(null)

  const request = computed<PreviewRequest | null>(() => {
    if (!isOpen.value || !engine.isReady || source.source === null || source.source.path === null) return null
    const design = figureDesign(figure.form, sliceSituation())
    if (design.kind === 'missing') return null
    return { resultPath: source.source.path, design: design.request, widthPixels: previewPixels }
  })

  const draw = latestOnly(async (wanted: PreviewRequest) => {
    isDrawing.value = true
    const outcome = await window.isocenter.run('preview-figure', wanted).promise
    isDrawing.value = false
    if (!isOpen.value) return
    if (!outcome.ok) {
      error.value = outcome.error
      return
    }
    error.value = null
    show(outcome.output)
  })

  function show(output: PreviewFigureOutput): void {
    const before = shown.value?.url
    const url = URL.createObjectURL(new Blob([output.png], { type: 'image/png' }))
    shown.value = { url, output }
    enlarged.show({ kind: 'picture', url, name: text.exporting.figure.previewName })
    if (before !== undefined) URL.revokeObjectURL(before)
  }

  watch(
    () => JSON.stringify(request.value),
    () => {
      if (request.value !== null) draw(request.value)
    },
  )
  // Escape, or another step, closes the picture and with it the preview.
  watch(
    () => enlarged.media?.url,
    (url) => {
      if (isOpen.value && shown.value !== null && url !== shown.value.url) close()
    },
  )

  /** Opens the preview; the present result is saved first where it is not. */
  async function open(): Promise<void> {
    if ((await source.saved()) !== null) isOpen.value = true
  }

  function close(): void {
    isOpen.value = false
    error.value = null
    const media = shown.value
    shown.value = null
    if (media === null) return
    if (enlarged.media?.url === media.url) enlarged.close()
    URL.revokeObjectURL(media.url)
  }

  return { isOpen, isDrawing, shown, error, open, close }
})

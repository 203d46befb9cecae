import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useDrrStore } from '../../stores/drr.js'
import { useRegistrationStore } from '../../stores/registration.js'
import { useViewsStore } from '../../stores/views.js'
import { useXraysStore } from '../../stores/xrays.js'
import { useMaskStore } from '../../xray-mask/mask-store.js'
import {
  matchedTo,
  percentileRange,
  reducePicture,
  resizeByMeans,
  type FloatPicture,
  type GreyRange,
} from './float-picture.js'
import { edgeLayer, greyLayer, type Layer } from './layers.js'

/** Longest side of the X-ray as it is shown. */
const shownSide = 1024

export interface XrayLayers {
  readonly xray: ComputedRef<Layer | null>
  readonly drr: ComputedRef<Layer | null>
  /** The DRR in the X-ray's greys, turned to its negative: half of it over the X-ray is their difference. */
  readonly negativeDrr: ComputedRef<Layer | null>
  readonly edges: ComputedRef<Layer | null>
  /** Greys of the X-ray, 0..1, from black to white. */
  readonly range: ShallowRef<GreyRange>
}

/** The shown X-ray and its DRR as drawable layers; each is made only while it is looked at. */
export function useLayers(): XrayLayers {
  const xrays = useXraysStore()
  const drrs = useDrrStore()
  const registration = useRegistrationStore()
  const views = useViewsStore()
  const masks = useMaskStore()
  const isMaskPainted = computed(() => masks.shown !== null && (masks.isDirty || masks.tool !== 'none'))
  const range = shallowRef<GreyRange>({ low: 0, high: 1 })

  const xrayPicture = computed<FloatPicture | null>(() => {
    const picture = xrays.active?.opened.picture
    return picture === undefined ? null : reducePicture(picture, shownSide)
  })
  watch(
    xrayPicture,
    (picture) => {
      if (picture !== null) range.value = percentileRange(picture, 0.005, 0.995)
    },
    { immediate: true },
  )

  /** While a registration runs, its own newest DRR. */
  const drrPicture = computed<FloatPicture | null>(() => {
    const shown = registration.livePicture ?? drrs.drr
    if (shown === null) return null
    const pixels = shown.pixels instanceof Float32Array ? shown.pixels : Float32Array.from(shown.pixels)
    return { width: shown.width, height: shown.height, pixels, valid: null }
  })

  const xray = computed(() => {
    const picture = xrayPicture.value
    if (picture === null) return null
    // While a mask is painted its own tint shows what is left out.
    return greyLayer(isMaskPainted.value ? { ...picture, valid: null } : picture, range.value)
  })
  const drr = computed(() =>
    drrPicture.value === null
      ? null
      : greyLayer(drrPicture.value, percentileRange(drrPicture.value, 0.005, 0.997)),
  )
  const negativeDrr = computed(() => {
    if (views.overlayMode !== 'difference' || drrPicture.value === null || xrayPicture.value === null)
      return null
    const { width, height } = drrPicture.value
    const target = resizeByMeans(xrayPicture.value, width, height)
    return greyLayer(matchedTo(drrPicture.value, target), range.value, true)
  })
  const edges = computed(() =>
    views.overlayMode !== 'edges' || drrPicture.value === null ? null : edgeLayer(drrPicture.value),
  )
  return { xray, drr, negativeDrr, edges, range }
}

import { computed, type ComputedRef, type Ref } from 'vue'
import { paintThreshold } from '../../segmentation/paint-threshold.js'
import { previewBox } from '../../segmentation/preview-box.js'
import { useEditingStore } from '../../segmentation/store.js'
import { labelPaint } from '../../labels/label-colours.js'
import { useLabelsStore } from '../../stores/labels.js'
import { useViewsStore } from '../../stores/views.js'
import { useVolumeStore } from '../../stores/volume.js'
import { placedGrid } from '../../transforms/model/placed-grid.js'
import { useShownPlaceStore } from '../../transforms/shown-place.js'
import { paintGreys } from './grey-pixels.js'
import { paintLabels } from './label-layer.js'
import type { Plane, PlaneGrid } from './plane.js'
import { reslice } from './reslice.js'
import { resliceLabels } from './reslice-labels.js'

/** Memory of one view, kept from frame to frame: a drag through the slices allocates nothing. */
interface Buffers {
  readonly values: Int16Array
  readonly labels: Uint16Array
  readonly image: ImageData
  readonly pixels: Uint32Array
  readonly canvas: OffscreenCanvas
}

function makeBuffers({ width, height }: PlaneGrid): Buffers {
  const image = new ImageData(width, height)
  return {
    values: new Int16Array(width * height),
    labels: new Uint16Array(width * height),
    image,
    pixels: new Uint32Array(image.data.buffer),
    canvas: new OffscreenCanvas(width, height),
  }
}

/**
 * The plane's picture: grey values in the common window with the labels over it. Each part is computed again only when
 * what it shows has changed; every result is a new object around the same memory, so that what depends on it follows.
 */
export function useSlicePicture(
  plane: Readonly<Ref<Plane>>,
  grid: Readonly<Ref<PlaneGrid | null>>,
  positionMm: Readonly<Ref<number>>,
): ComputedRef<{ readonly canvas: OffscreenCanvas } | null> {
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const labels = useLabelsStore()
  const editing = useEditingStore()
  const place = useShownPlaceStore()

  const buffers = computed(() => (grid.value === null ? null : makeBuffers(grid.value)))

  const greys = computed(() => {
    if (volumes.volume === null || grid.value === null || buffers.value === null) return null
    const { values } = buffers.value
    const { display } = volumes.volume
    const placed = { ...display, grid: placedGrid(display.grid, place.ct) }
    reslice(placed, plane.value, grid.value, positionMm.value, values)
    return { values }
  })

  const labelled = computed(() => {
    const { map, revision } = labels
    if (map === null || grid.value === null || buffers.value === null) return null
    resliceLabels(
      map.voxels,
      placedGrid(map.grid, place.labels),
      plane.value,
      grid.value,
      positionMm.value,
      buffers.value.labels,
    )
    return { labels: buffers.value.labels, revision }
  })

  return computed(() => {
    if (greys.value === null || buffers.value === null) return null
    const { pixels, image, canvas } = buffers.value
    paintGreys(pixels, greys.value.values, views.windowLevel)
    if (labelled.value !== null) paintLabels(pixels, labelled.value.labels, image.width, labels.look)
    const { preview } = editing
    if (labelled.value !== null && preview !== null && grid.value !== null) {
      const box = previewBox(preview, plane.value, grid.value, positionMm.value)
      const paint = labelPaint(labels.colourOf(editing.activeLabel))
      if (box !== null) {
        paintThreshold(pixels, greys.value.values, labelled.value.labels, image.width, preview, paint, box)
      }
    }
    canvas.getContext('2d')?.putImageData(image, 0, 0)
    return { canvas }
  })
}

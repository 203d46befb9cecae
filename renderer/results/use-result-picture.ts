import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import type { RegisterOutput } from '../../native-workers/contract/operations/register.js'
import { folderOf, joinPath } from '../steps/shared/paths.js'
import type { ResultEntry } from './result-entry.js'

export type ResultPictureName = 'overlay' | 'drr-final' | 'xray'
type ResultPicture = RegisterOutput['pictures'][number]

/** The file name of a view's picture, which carries a number where there are several X-rays. */
export function pictureFile(name: ResultPictureName, viewIndex: number, viewCount: number): string {
  return viewCount > 1 ? `${name}-${viewIndex + 1}.png` : `${name}.png`
}

/** The address of a result's picture: from its folder, or made of the pixels while it is not saved. */
export function useResultPicture(
  entry: MaybeRefOrGetter<ResultEntry | null>,
  name: ResultPictureName,
  viewIndex: MaybeRefOrGetter<number>,
): Readonly<ShallowRef<string | null>> {
  const url = shallowRef<string | null>(null)
  watch(
    () => [toValue(entry)?.finished ?? null, toValue(viewIndex)] as const,
    async ([finished, index], _, onCleanup) => {
      let isCurrent = true
      onCleanup(() => (isCurrent = false))
      if (finished === null) {
        url.value = null
        return
      }
      const file = pictureFile(name, index, finished.result.views.length)
      const made = finished.output?.pictures.find((picture) => picture.name === file)
      if (made !== undefined) {
        const next = await pictureUrl(made)
        if (isCurrent) url.value = next
      } else if (finished.savedFile !== null) {
        const version = Date.parse(finished.result.created)
        url.value = window.isocenter.mediaUrl(joinPath(folderOf(finished.savedFile), file), version || 0)
      }
    },
    { immediate: true },
  )
  return url
}

async function pictureUrl({ width, height, channels, pixels }: ResultPicture): Promise<string> {
  const image = new ImageData(width, height)
  for (let n = 0; n < width * height; n++) {
    for (let c = 0; c < 3; c++) image.data[4 * n + c] = pixels[channels * n + (channels === 3 ? c : 0)] ?? 0
    image.data[4 * n + 3] = 255
  }
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  const bytes = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '')
    reader.readAsDataURL(bytes)
  })
}

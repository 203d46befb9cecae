import { onScopeDispose, shallowRef, watch } from 'vue'
import { fileName } from '../../text/format.js'
import { defaultPreprocessing } from '../../stores/xrays.js'
import type { Media } from '../shared-result/enlarged.js'
import type { Written } from '../shared-result/step-run.js'
import { pictureUrl } from './picture-url.js'

/**
 * The written DRR as a picture: PNG as it is, other formats as they are read for an X-ray; null where the format
 * can't be read so.
 */
export function useDrrPicture(written: () => Written<'render-high-quality-drr'> | null) {
  const media = shallowRef<Media | null>(null)
  let made: string | null = null

  function forget(): void {
    if (made !== null) URL.revokeObjectURL(made)
    made = null
  }

  watch(
    written,
    async (now) => {
      forget()
      media.value = null
      if (now === null) return
      const path = now.request.outputPath
      const name = fileName(path)
      if (path.endsWith('.png')) {
        media.value = { kind: 'picture', url: window.isocenter.mediaUrl(path, now.version), name }
        return
      }
      const xray = { path, preprocessing: { ...defaultPreprocessing, autoMask: false } }
      const outcome = await window.isocenter.run('open-xray', { xray }).promise
      if (!outcome.ok) return
      const { pixels, width, height } = outcome.output.picture
      const url = await pictureUrl(pixels, width, height)
      if (written() !== now) {
        URL.revokeObjectURL(url)
        return
      }
      made = url
      media.value = { kind: 'picture', url, name }
    },
    { immediate: true },
  )
  onScopeDispose(forget)
  return media
}

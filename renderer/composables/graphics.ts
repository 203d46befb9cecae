/** What draws the 3D view. */
export type Graphics =
  | {
      readonly kind: 'hardware' | 'software'
      readonly renderer: string
      /** Voxels along the longest side of a volume that it takes. */
      readonly longestVolumeSide: number
    }
  | { readonly kind: 'none' }

function probe(): Graphics {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (context === null) return { kind: 'none' }
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info === null ? '' : context.getParameter(info.UNMASKED_RENDERER_WEBGL)
  const side: unknown = context.getParameter(context.MAX_3D_TEXTURE_SIZE)
  // Browsers allow few contexts at a time; the probe's must not take one from the views.
  context.getExtension('WEBGL_lose_context')?.loseContext()
  const renderer = typeof name === 'string' ? name : ''
  return {
    kind: /swiftshader|llvmpipe|software|basic render/i.test(renderer) ? 'software' : 'hardware',
    renderer,
    // WebGL 2 promises 256.
    longestVolumeSide: typeof side === 'number' ? side : 256,
  }
}

export const graphics: Graphics = probe()

/** What draws the 3D view. */
export type Graphics =
  | { readonly kind: 'hardware'; readonly renderer: string }
  | { readonly kind: 'software'; readonly renderer: string }
  | { readonly kind: 'none' }

function probe(): Graphics {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (context === null) return { kind: 'none' }
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info === null ? '' : context.getParameter(info.UNMASKED_RENDERER_WEBGL)
  // Browsers allow few contexts at a time; the probe's must not take one from the views.
  context.getExtension('WEBGL_lose_context')?.loseContext()
  const renderer = typeof name === 'string' ? name : ''
  return {
    kind: /swiftshader|llvmpipe|software|basic render/i.test(renderer) ? 'software' : 'hardware',
    renderer,
  }
}

export const graphics: Graphics = probe()

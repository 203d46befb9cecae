/** Greys of 0..1 as an opaque picture. */
export function greyPixels(pixels: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * pixels.length)
  pixels.forEach((value, index) => rgba.set([255 * value, 255 * value, 255 * value, 255], 4 * index))
  return rgba
}

/** A URL that `<img>` shows; whoever asked for it revokes it. */
export async function pictureUrl(pixels: Float32Array, width: number, height: number): Promise<string> {
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(new ImageData(greyPixels(pixels), width, height), 0, 0)
  return URL.createObjectURL(await canvas.convertToBlob())
}

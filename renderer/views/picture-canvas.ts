/** An off-screen canvas that holds the pixels, for drawing at any scale. */
export function pictureCanvas(picture: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
  return canvas
}

/** How long the window's thread may be held at a stretch before hands and keys get their turn, milliseconds. */
const stretchMs = 12

const waiting = new Set<() => void>()
const { port1: bell, port2: ringer } = new MessageChannel()

/**
 * Draws soon, once, however often it is asked for. What waits is drawn one after the other, and input comes in between:
 * one change, such as a new crosshair, concerns every view, and all of them at once would hold the window.
 */
export function drawSoon(draw: () => void): void {
  if (waiting.size === 0) ringer.postMessage(null)
  waiting.add(draw)
}

/** Draws no more what has not been drawn yet. */
export function forgetDrawing(draw: () => void): void {
  waiting.delete(draw)
}

bell.addEventListener('message', () => {
  try {
    drawForAWhile()
  } finally {
    if (waiting.size > 0) ringer.postMessage(null)
  }
})
bell.start()

function drawForAWhile(): void {
  const endMs = performance.now() + stretchMs
  for (const draw of waiting) {
    waiting.delete(draw)
    draw()
    if (performance.now() > endMs) return
  }
}

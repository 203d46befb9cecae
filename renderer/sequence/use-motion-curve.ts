import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { onMounted, onScopeDispose, useTemplateRef, watch, type Ref } from 'vue'
import { useSettingsStore } from '../settings/settings-store.js'
import { motionColours } from './motion-colours.js'
import type { MotionColumns } from './motion.js'

/** A colour of the style sheet, read when it is drawn: it follows the theme. */
function styleColour(name: '--line' | '--text-muted' | '--accent') {
  return (plot: uPlot): string => getComputedStyle(plot.root).getPropertyValue(name)
}

/** Never empty, so that no motion is a flat line and not noise blown up to the whole height. */
function wideRange(_: uPlot, low: number, high: number): [number, number] {
  const half = Math.max((high - low) / 2, 0.5) * 1.1
  const middle = (low + high) / 2
  return [middle - half, middle + half]
}

/** A uPlot of the motion with a line at the shown frame (counted from 0), in a template reference's element. */
export function useMotionCurve(
  templateRef: string,
  columns: Readonly<Ref<MotionColumns>>,
  shown: Readonly<Ref<number | null>>,
): void {
  const host = useTemplateRef<HTMLElement>(templateRef)
  const settings = useSettingsStore()
  let plot: uPlot | null = null

  const axis = {
    stroke: styleColour('--text-muted'),
    font: '11px Roboto, sans-serif',
    grid: { stroke: styleColour('--line'), width: 1 },
    ticks: { show: false },
  }
  const series = (scale: 'mm' | 'deg'): uPlot.Series[] =>
    motionColours.map((stroke) => ({
      scale,
      stroke,
      width: 1.5,
      ...(scale === 'deg' && { dash: [5, 3] }),
      points: { size: 4, fill: stroke },
    }))

  function drawShown(drawn: uPlot): void {
    if (shown.value === null) return
    const { ctx, bbox, root } = drawn
    const x = Math.round(drawn.valToPos(shown.value + 1, 'x', true)) + 0.5
    ctx.save()
    ctx.strokeStyle = getComputedStyle(root).getPropertyValue('--accent')
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.restore()
  }

  const options: uPlot.Options = {
    width: 100,
    height: 100,
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { time: false }, mm: { range: wideRange }, deg: { range: wideRange } },
    axes: [
      { ...axis, size: 24, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, scale: 'mm', size: 34 },
      {
        ...axis,
        scale: 'deg',
        size: 38,
        grid: { show: false },
        values: (_, values) => values.map((value) => `${value}°`),
      },
    ],
    series: [{}, ...series('mm'), ...series('deg')],
    hooks: { draw: [drawShown] },
  }
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined)
      plot?.setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
  })

  onMounted(() => {
    if (host.value === null) return
    plot = new uPlot(options, columns.value, host.value)
    observer.observe(host.value)
  })
  watch(columns, (next) => plot?.setData(next))
  // `post`: the style sheet has its new colours by then.
  watch([shown, () => settings.theme], () => plot?.redraw(false, true), { flush: 'post' })
  onScopeDispose(() => {
    observer.disconnect()
    plot?.destroy()
  })
}

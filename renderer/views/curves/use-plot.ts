import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { onMounted, onScopeDispose, useTemplateRef, watch } from 'vue'
import { useSettingsStore } from '../../settings/settings-store.js'

/** A colour of the style sheet, read when it is drawn: it follows the theme. */
export function styleColour(name: '--line' | '--line-strong' | '--text-muted' | '--accent') {
  return (plot: uPlot): string => getComputedStyle(plot.root).getPropertyValue(name)
}

/** Axes as all plots of the window have them. */
export const plotAxis: uPlot.Axis = {
  stroke: styleColour('--text-muted'),
  font: '11px Roboto, sans-serif',
  grid: { stroke: styleColour('--line'), width: 1 },
  ticks: { show: false },
}

// uPlot's enums exist for the compiler alone: their numbers are written into objects of their types.

/** A second ordinate, at the right. */
export const rightAxis: uPlot.Axis = Object.assign<uPlot.Axis, { readonly side: number }>(
  { ...plotAxis, scale: 'right', grid: { show: false } },
  { side: 1 },
)

/** A scale by powers of ten. */
export const logarithmicScale: uPlot.Scale = Object.assign<uPlot.Scale, { readonly distr: number }>(
  { log: 10 },
  { distr: 3 },
)

/** Between ticks: renders, iterations and the like are whole. */
export const wholeSteps = [1, 2, 5]
  .flatMap((digit) => [digit, digit * 10, digit * 100, digit * 1000])
  .concat([10_000, 20_000, 50_000, 100_000, 200_000, 500_000])
  .toSorted((a, b) => a - b)

/** A uPlot in the element of a template reference, at the element's size; drawn anew when `data` changes. */
export function usePlot(
  templateRef: string,
  options: Omit<uPlot.Options, 'width' | 'height'>,
  data: () => uPlot.AlignedData,
): void {
  const host = useTemplateRef<HTMLElement>(templateRef)
  const settings = useSettingsStore()
  let plot: uPlot | null = null

  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined)
      plot?.setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
  })
  onMounted(() => {
    if (host.value === null) return
    plot = new uPlot({ ...options, width: 100, height: 100 }, data(), host.value)
    observer.observe(host.value)
  })
  watch(data, (next) => plot?.setData(next))
  // `post`: the style sheet has its new colours by then.
  watch(
    () => settings.theme,
    () => plot?.redraw(false, true),
    { flush: 'post' },
  )
  onScopeDispose(() => {
    observer.disconnect()
    plot?.destroy()
  })
}

import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { onMounted, onScopeDispose, useTemplateRef, watch, type Ref } from 'vue'
import { traceColumns, type SimilarityTrace } from '../../registration/trace.js'
import { text } from '../../text/en.js'
import { useSettingsStore } from '../../settings/settings-store.js'

/** A colour of the style sheet, read when it is drawn: it follows the theme. */
function styleColour(name: '--line' | '--line-strong' | '--text-muted' | '--accent') {
  return (plot: uPlot): string => getComputedStyle(plot.root).getPropertyValue(name)
}
const font = '11px Roboto, sans-serif'

/** Dashed lines where stages begin, with their names. */
function drawStages(plot: uPlot, stages: SimilarityTrace['stages']): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.font = `${10 * uPlot.pxRatio}px Roboto, sans-serif`
  ctx.textAlign = 'left'
  ctx.fillStyle = styleColour('--text-muted')(plot)
  ctx.strokeStyle = styleColour('--line-strong')(plot)
  ctx.setLineDash([3, 3])
  let nameEnds = -Infinity
  for (const stage of stages) {
    const x = Math.round(plot.valToPos(stage.render, 'x', true)) + 0.5
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    const name = text.curve.stage(stage.name)
    // Names of short stages would lie over one another.
    if (x > nameEnds) {
      ctx.fillText(name, x + 4, bbox.top + 11 * uPlot.pxRatio)
      nameEnds = x + 10 + ctx.measureText(name).width
    }
  }
  ctx.restore()
}

/** Between ticks: renders are whole. */
const renderSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

/** The values with room above them, where the stages' names stand; never empty. */
function similarityRange(_: uPlot, low: number, high: number): [number, number] {
  const span = Math.max(high - low, 0.01)
  return [low - 0.1 * span, high + 0.4 * span]
}

/** A uPlot of the trace in the element of a template reference, at the element's size. */
export function useCurve(templateRef: string, trace: Readonly<Ref<SimilarityTrace>>): void {
  const host = useTemplateRef<HTMLElement>(templateRef)
  const settings = useSettingsStore()
  let plot: uPlot | null = null

  const axis = {
    stroke: styleColour('--text-muted'),
    font,
    grid: { stroke: styleColour('--line'), width: 1 },
    ticks: { show: false },
  }
  const options: uPlot.Options = {
    width: 100,
    height: 100,
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { time: false }, y: { range: similarityRange } },
    axes: [
      { ...axis, size: 24, incrs: renderSteps },
      { ...axis, size: 44 },
    ],
    series: [
      {},
      { stroke: styleColour('--accent'), width: 1.5, points: { size: 4, fill: styleColour('--accent') } },
    ],
    hooks: {
      draw: [
        (drawn) => {
          drawStages(drawn, trace.value.stages)
        },
      ],
    },
  }

  const data = (): uPlot.AlignedData => traceColumns(trace.value)
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined)
      plot?.setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
  })

  onMounted(() => {
    if (host.value === null) return
    plot = new uPlot(options, data(), host.value)
    observer.observe(host.value)
  })
  watch(trace, () => plot?.setData(data()))
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

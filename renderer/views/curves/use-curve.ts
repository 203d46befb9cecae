import uPlot from 'uplot'
import { computed, type Ref } from 'vue'
import { traceColumns, type SimilarityTrace } from '../../registration/trace.js'
import { text } from '../../text/en.js'
import { plotAxis, styleColour, usePlot, wholeSteps } from './use-plot.js'

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

/** The values with room above them, where the stages' names stand; never empty. */
function similarityRange(_: uPlot, low: number, high: number): [number, number] {
  const span = Math.max(high - low, 0.01)
  return [low - 0.1 * span, high + 0.4 * span]
}

/** The similarity of a registration per render, with its stages. */
export function useCurve(templateRef: string, trace: Readonly<Ref<SimilarityTrace>>): void {
  const columns = computed(() => traceColumns(trace.value))
  const accent = styleColour('--accent')
  usePlot(
    templateRef,
    {
      legend: { show: false },
      cursor: { y: false },
      scales: { x: { time: false }, y: { range: similarityRange } },
      axes: [
        { ...plotAxis, size: 24, incrs: wholeSteps },
        { ...plotAxis, size: 44 },
      ],
      series: [{}, { stroke: accent, width: 1.5, points: { size: 4, fill: accent } }],
      hooks: {
        draw: [
          (drawn) => {
            drawStages(drawn, trace.value.stages)
          },
        ],
      },
    },
    () => columns.value,
  )
}
